package org.jetfold.train.density;

import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.train.KnownUnit;

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
