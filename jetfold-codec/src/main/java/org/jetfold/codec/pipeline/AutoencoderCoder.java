package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Codes the columns that an autoencoder restores. It sees all of its variables; those that are kept
 * are stored without it.
 *
 * @param model the model
 * @param number its number in the file's header
 * @param group the group that its variables are in
 * @param seenColumns for each variable of the model, its column's number in the table
 * @param columns those of them that it restores
 * @param latents how latents are stored
 * @param inputs what is done to values before the network sees them; null where nothing is encoded
 */
record AutoencoderCoder(
    Autoencoder model,
    int number,
    int group,
    List<Integer> seenColumns,
    List<Integer> columns,
    LatentCoding latents,
    @Nullable Inputs inputs)
    implements ColumnCoder {
  /**
   * Finds a model's variables in a table.
   *
   * @param kept columns of the table that are stored without the model, beside those that the model
   *     keeps anyway; columns that the model does not see are ignored
   * @throws ModelException where a variable is missing, its column is of a type or unit that the
   *     model cannot take, or nothing is left to code
   */
  static AutoencoderCoder of(
      Schema schema,
      Autoencoder model,
      int number,
      Set<Integer> kept,
      LatentCoding latents,
      @Nullable Inputs inputs) {
    List<AutoencoderVariable> variables = model.description().variables();
    ModelColumns found =
        ModelColumns.find(schema, variables.stream().map(AutoencoderVariable::name).toList());
    List<Integer> restored = new ArrayList<>();
    for (int v = 0; v < variables.size(); v++) {
      int column = found.columns().get(v);
      requireFits(schema.columns().get(column), variables.get(v), model.description().unit());
      if (!variables.get(v).kept() && !kept.contains(column)) {
        restored.add(column);
      }
    }
    if (restored.isEmpty()) {
      throw new ModelException("all columns that the model sees are kept: nothing is left to code");
    }
    if (model.description().needsEvents() && found.group() == 0) {
      throw new ModelException(
          model.description().jets() > 1
              ? "the model takes %d jets of an event together, but the table has no events"
                  .formatted(model.description().jets())
              : "the model remembers the jets of an event, but the table has no events");
    }
    return new AutoencoderCoder(
        model, number, found.group(), found.columns(), List.copyOf(restored), latents, inputs);
  }

  private static void requireFits(
      Column column, AutoencoderVariable variable, @Nullable EnergyUnit unit) {
    if (!column.type().isFloat()) {
      throw new ModelException(
          "column %s is of type %s, and an autoencoder takes floats: leave it out of the model"
              .formatted(column.name(), column.type()));
    }
    EnergyUnitCheck.requireStated(column, variable.energy(), unit);
  }

  /** The columns of the table that the decoder is given beside the latents. */
  @Override
  public List<Integer> decodedBefore(int column) {
    return givenToDecoder();
  }

  List<Integer> givenToDecoder() {
    return model.description().kept().stream().map(seenColumns::get).toList();
  }

  /** For each variable, whether it is restored and among some columns of the table. */
  boolean[] restoredOf(List<Integer> wanted) {
    Set<Integer> restored = new HashSet<>(columns);
    boolean[] of = new boolean[seenColumns.size()];
    for (int v = 0; v < of.length; v++) {
      of[v] = restored.contains(seenColumns.get(v)) && wanted.contains(seenColumns.get(v));
    }
    return of;
  }

  /** What may code the latents; null where only distributions of their own can. */
  @Nullable LatentPrior prior() {
    LatentPrior prior = model.prior();
    return prior == null
            || !prior.precision().equals(latents.precision())
            || (prior.events() && group == 0)
        ? null
        : prior;
  }

  @Override
  public SegmentEncoder encoder(EncodingContext context) {
    if (inputs == null) {
      throw new IllegalStateException("fitted to a file that is decoded");
    }
    return new AutoencoderSegmentEncoder(this, inputs, context);
  }

  @Override
  public BlockDecoder decoder(ContainerReader container, List<Integer> wanted) {
    return new AutoencoderBlockDecoder(this, container.header(), wanted);
  }

  /**
   * The jets of a block that go through the networks together.
   *
   * @param offsets where the lists of the group's parent entries start; not looked at where jets go
   *     through one by one
   */
  InputRows rows(int[] offsets, int jets) {
    return model.description().rows(offsets, jets);
  }

  /**
   * What the network is given.
   *
   * @param precisions for each column of the table, what is done to its values before the network
   *     sees them
   * @param unit the unit of energies in the table, as somebody said; null where the table tells
   */
  record Inputs(List<Precision> precisions, @Nullable EnergyUnit unit) {}
}
