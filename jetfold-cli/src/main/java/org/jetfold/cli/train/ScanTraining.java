package org.jetfold.cli.train;

import java.util.List;
import java.util.Locale;

/**
 * A training of a scan: what tells it apart from the others of the same table.
 *
 * @param network the widths of its hidden layers, or its preset
 * @param latents the number of latents
 * @param rate the largest learning rate, as given; "default" where none was
 * @param decay weight decay, as given; "default" where none was
 * @param minutes the longest duration; "default" where none was given
 * @param seed of all random numbers
 */
record ScanTraining(
    String network, int latents, String rate, String decay, String minutes, long seed) {
  /** What stands for a value that the user did not give. */
  static final String DEFAULT = "default";

  /** Names of the cells of a training and of its result, in a table. */
  static final String HEAD = "layers,latents,lr,weight_decay,minutes,seed,epochs,seconds,mse";

  private static final int CELLS = 9;

  /**
   * What came of a training.
   *
   * @param epochs "" where it diverged
   * @param seconds "" where it diverged
   * @param loss the mean squared error of the test set; NaN where it diverged
   */
  record Result(String epochs, String seconds, double loss) {
    static final Result DIVERGED = new Result("", "", Double.NaN);

    static Result of(double epochs, double seconds, double loss) {
      return new Result(
          String.format(Locale.ROOT, "%.1f", epochs),
          String.format(Locale.ROOT, "%.1f", seconds),
          loss);
    }
  }

  /** A line of a table. */
  record Line(ScanTraining training, Result result) {
    /**
     * Reads a line.
     *
     * @throws NumberFormatException where it is not a line of a scan's table
     */
    static Line parse(String line) {
      List<String> cells = List.of(line.split(",", -1));
      if (cells.size() != CELLS) {
        throw new NumberFormatException(line);
      }
      return new Line(
          new ScanTraining(
              cells.get(0),
              Integer.parseInt(cells.get(1)),
              cells.get(2),
              cells.get(3),
              cells.get(4),
              Long.parseLong(cells.get(5))),
          new Result(cells.get(6), cells.get(7), Double.parseDouble(cells.get(8))));
    }

    @Override
    public String toString() {
      String loss =
          Double.isNaN(result.loss) ? "NaN" : String.format(Locale.ROOT, "%.6e", result.loss);
      return String.join(",", training.toString(), result.epochs, result.seconds, loss);
    }
  }

  /** What it has in common with others that differ in the number of latents. */
  String series() {
    return "%s, lr %s, wd %s".formatted(network, rate, decay);
  }

  /** The first cells of its line. */
  @Override
  public String toString() {
    return String.join(
        ",", network, Integer.toString(latents), rate, decay, minutes, Long.toString(seed));
  }
}
