package org.jetfold.train.density;

import java.util.List;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.precision.Precision;

/**
 * A density model, and the bits that it takes for the test set, which neither trained it nor chose
 * its weights. Immutable.
 *
 * @param model the model
 * @param columns its columns, in its order
 * @param testRows rows of the test set
 * @param secondsTrained duration of the training by the clock
 * @param steps of the optimizer
 */
public record TrainedModel(
    LearnedModel model, List<ColumnCost> columns, int testRows, double secondsTrained, int steps) {
  /** Copies the list. */
  public TrainedModel {
    columns = List.copyOf(columns);
  }

  /**
   * The bits of a column.
   *
   * @param name its name
   * @param precision that the model was trained for
   * @param staticBits bits per value with the column's own distribution
   * @param learnedBits bits per value with the model
   */
  public record ColumnCost(
      String name, Precision precision, double staticBits, double learnedBits) {}

  /** Bits per row with the columns' own distributions. */
  public double staticBits() {
    return columns.stream().mapToDouble(ColumnCost::staticBits).sum();
  }

  /** Bits per row with the model. */
  public double learnedBits() {
    return columns.stream().mapToDouble(ColumnCost::learnedBits).sum();
  }
}
