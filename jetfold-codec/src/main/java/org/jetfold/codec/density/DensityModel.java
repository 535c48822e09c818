package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * A learned model: what it codes, and the network that it codes with. Immutable and safe to share.
 */
public final class DensityModel implements LearnedModel {
  /** The most cells of all columns together. */
  private static final int MAX_CELLS = 1 << 22;

  /** The number of this kind of model in a file's header. */
  public static final int KIND = 1;

  private final ModelDescription description;
  private final QuantizedWeights weights;
  private final @Nullable TrainingRecord training;
  private final byte[] bytes;
  private volatile @Nullable AutoregressiveNetwork network;
  private final List<Alphabet> alphabets;
  private final List<Alphabet> contextAlphabets;

  DensityModel(
      ModelDescription description,
      QuantizedWeights weights,
      @Nullable TrainingRecord training,
      byte[] bytes) {
    this.description = description;
    this.weights = weights;
    this.training = training;
    this.bytes = bytes;
    List<Alphabet> made = new ArrayList<>();
    List<Alphabet> ofContexts = new ArrayList<>();
    long cells = 0;
    for (ModelColumn column : description.columns()) {
      made.add(column.alphabet());
      cells = withCells(cells, made.getLast());
    }
    for (ContextColumn column : description.contexts()) {
      ofContexts.add(column.alphabet());
      cells = withCells(cells, ofContexts.getLast());
    }
    this.alphabets = List.copyOf(made);
    this.contextAlphabets = List.copyOf(ofContexts);
  }

  private static long withCells(long before, Alphabet alphabet) {
    long cells = before + alphabet.cells();
    if (cells > MAX_CELLS) {
      throw new IllegalArgumentException(
          "the columns have more than %d cells together".formatted(MAX_CELLS));
    }
    return cells;
  }

  /**
   * A new model, without a record of its training.
   *
   * @param description whose distributions {@link ModelDescription} has fitted
   */
  public static DensityModel of(ModelDescription description, QuantizedWeights weights) {
    return of(description, weights, null);
  }

  private static DensityModel of(
      ModelDescription description, QuantizedWeights weights, @Nullable TrainingRecord training) {
    return new DensityModel(
        description, weights, training, DensityModelFile.write(description, weights, training));
  }

  /** This model with a record of its training, which its file holds. */
  public DensityModel withTraining(TrainingRecord record) {
    if (record.columns().size() != description.columns().size()) {
      throw new IllegalArgumentException(
          "%d columns have %d records"
              .formatted(description.columns().size(), record.columns().size()));
    }
    return of(description, weights, record);
  }

  /** What was found when it was trained; empty where its file does not say. */
  public Optional<TrainingRecord> training() {
    return Optional.ofNullable(training);
  }

  /** What is modelled, and how. */
  public ModelDescription description() {
    return description;
  }

  /** One per column. */
  public List<Alphabet> alphabets() {
    return alphabets;
  }

  /** One per context column. */
  public List<Alphabet> contextAlphabets() {
    return contextAlphabets;
  }

  /** The wiring of the network. */
  public AutoregressiveShape shape() {
    return description.shape();
  }

  /** The weights, as they are stored. */
  public QuantizedWeights weights() {
    return weights;
  }

  /** The network, ready to run; for the best kernel here it is made once. */
  public AutoregressiveNetwork network(Kernel kernel) {
    if (!kernel.equals(Kernels.best())) {
      return new AutoregressiveNetwork(shape(), weights.weights(), kernel);
    }
    AutoregressiveNetwork made = network;
    if (made == null) {
      made = new AutoregressiveNetwork(shape(), weights.weights(), kernel);
      network = made;
    }
    return made;
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
