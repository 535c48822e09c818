package org.jetfold.train.density;

import java.util.List;
import org.jetfold.codec.density.DensityModel;

/**
 * A model, and what it takes for events that training never saw.
 *
 * @param model the model
 * @param columns its columns, in its order
 * @param heldOutRows the number of rows that the figures are from
 * @param secondsTrained how long the optimizer worked, by the clock
 * @param steps how many steps it took
 */
public record TrainedModel(
    DensityModel model,
    List<ColumnCost> columns,
    int heldOutRows,
    double secondsTrained,
    int steps) {
  /** Copies the list. */
  public TrainedModel {
    columns = List.copyOf(columns);
  }

  /**
   * What a column takes.
   *
   * @param name its name
   * @param staticBits bits a value with the column's own distribution
   * @param learnedBits bits a value as the model codes it, stream for stream
   */
  public record ColumnCost(String name, double staticBits, double learnedBits) {}

  /** Bits a row with the columns' own distributions. */
  public double staticBits() {
    return columns.stream().mapToDouble(ColumnCost::staticBits).sum();
  }

  /** Bits a row as the model codes them. */
  public double learnedBits() {
    return columns.stream().mapToDouble(ColumnCost::learnedBits).sum();
  }
}
