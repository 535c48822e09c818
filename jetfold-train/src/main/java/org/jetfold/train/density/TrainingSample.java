package org.jetfold.train.density;

import java.util.List;
import org.jetfold.codec.table.Column;

/** What a model is trained and judged with, read by a {@link SampleReader}. Immutable. */
public final class TrainingSample {
  private final TrainingData data;
  private final boolean complete;
  private final List<String> movedUp;
  private final List<String> others;

  TrainingSample(TrainingData data, boolean complete, List<String> movedUp, List<String> others) {
    this.data = data;
    this.complete = complete;
    this.movedUp = List.copyOf(movedUp);
    this.others = List.copyOf(others);
  }

  TrainingData data() {
    return data;
  }

  /** Whether it holds all rows of its tables. */
  public boolean isComplete() {
    return complete;
  }

  /** Names of columns that are coded earlier than they stand, for their order within events. */
  public List<String> movedUp() {
    return movedUp;
  }

  /** Names of the tables' columns that a model leaves as they are: those that are no floats. */
  public List<String> others() {
    return others;
  }

  /** The number of rows. */
  public int rows() {
    return data.rows();
  }

  /** The number of events; without events, that of rows. */
  public int events() {
    return data.events();
  }

  /** The name of the collection that the rows are of; empty where there are no events. */
  public String collection() {
    return data.collection();
  }

  /** The columns in the order in which they are coded. */
  public List<Column> columns() {
    return data.columns();
  }
}
