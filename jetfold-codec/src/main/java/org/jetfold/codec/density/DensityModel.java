package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.Kernel;

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
  private final byte[] bytes;
  private final List<Alphabet> alphabets;

  DensityModel(ModelDescription description, QuantizedWeights weights, byte[] bytes) {
    this.description = description;
    this.weights = weights;
    this.bytes = bytes;
    List<Alphabet> made = new ArrayList<>();
    long cells = 0;
    for (ModelColumn column : description.columns()) {
      made.add(column.alphabet());
      cells += made.getLast().cells();
      if (cells > MAX_CELLS) {
        throw new IllegalArgumentException(
            "the columns have more than %d cells together".formatted(MAX_CELLS));
      }
    }
    this.alphabets = List.copyOf(made);
  }

  /**
   * A new model.
   *
   * @param description whose distributions {@link ModelDescription} has fitted
   */
  public static DensityModel of(ModelDescription description, QuantizedWeights weights) {
    return new DensityModel(description, weights, DensityModelFile.write(description, weights));
  }

  /** What is modelled, and how. */
  public ModelDescription description() {
    return description;
  }

  /** One per column. */
  public List<Alphabet> alphabets() {
    return alphabets;
  }

  /** The wiring of the network. */
  public AutoregressiveShape shape() {
    return description.shape();
  }

  /** The weights, as they are stored. */
  public QuantizedWeights weights() {
    return weights;
  }

  /** The network, ready to run. */
  public AutoregressiveNetwork network(Kernel kernel) {
    return new AutoregressiveNetwork(shape(), weights.weights(), kernel);
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
