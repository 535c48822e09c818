package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.KnownUnit;
import org.jspecify.annotations.Nullable;

/** The data for a training and its validation, read by a {@link SampleReader}. Immutable. */
public final class TrainingSample {
  private final TrainingData data;
  private final boolean complete;
  private final List<String> movedUp;
  private final List<String> others;
  private final KnownUnit unit;

  TrainingSample(
      TrainingData data,
      boolean complete,
      List<String> movedUp,
      List<String> others,
      KnownUnit unit) {
    this.data = data;
    this.complete = complete;
    this.movedUp = List.copyOf(movedUp);
    this.others = List.copyOf(others);
    this.unit = unit;
  }

  /**
   * The latents of an autoencoder, as columns without spikes, in their order.
   *
   * @param latents for each a value a row, not to be changed
   * @param offsets where in the rows each event starts, and last the number of rows; null where
   *     rows are in no events
   * @param precision of all latents
   * @param weights of rows, 1 in the mean; null for 1 each
   */
  public static TrainingSample ofLatents(
      float[][] latents,
      int @Nullable [] offsets,
      Precision precision,
      double @Nullable [] weights) {
    int rows = latents[0].length;
    int[] each = new int[rows + 1];
    Arrays.setAll(each, row -> row);
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    List<Column> columns = new ArrayList<>();
    long[][] symbols = new long[latents.length][rows];
    for (int latent = 0; latent < latents.length; latent++) {
      columns.add(new Column("latent_" + (latent + 1), ValueType.FLOAT32));
      quantizer.quantize(new ColumnValues.Floats(latents[latent]), 0, rows, symbols[latent]);
    }
    return new TrainingSample(
        new TrainingData(
            columns,
            Collections.nCopies(latents.length, precision),
            Collections.nCopies(latents.length, SegmentScale.PLAIN),
            offsets == null ? "" : "rows",
            symbols,
            offsets == null ? each : offsets,
            RowContexts.NONE,
            offsets == null ? 0 : GroupSample.MIN_PLACES,
            new byte[rows],
            weights),
        true,
        List.of(),
        List.of(),
        KnownUnit.NONE);
  }

  TrainingData data() {
    return data;
  }

  /** Whether it has all rows of the tables. */
  public boolean isComplete() {
    return complete;
  }

  /** Names of columns that are coded earlier than in the table, for their order within events. */
  public List<String> movedUp() {
    return movedUp;
  }

  /** Names of the collection's columns that the model does not code. */
  public List<String> others() {
    return others;
  }

  /** What a model knows before it codes a row: of what the row belongs to, and of its lists. */
  public List<String> contexts() {
    return data.contexts().names();
  }

  /** The unit of energies; none where the tables have no energies, or nothing tells it. */
  public KnownUnit unit() {
    return unit;
  }

  /** The number of rows. */
  public int rows() {
    return data.rows();
  }

  /** The number of events; without events, the number of rows. */
  public int events() {
    return data.events();
  }

  /** The path of the collection that the rows are in; empty where there are no events. */
  public String collection() {
    return data.collection();
  }

  /** The columns in the order in which they are coded. */
  public List<Column> columns() {
    return data.columns();
  }
}
