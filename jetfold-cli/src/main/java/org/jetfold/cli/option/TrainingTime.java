package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Quantities;
import org.jspecify.annotations.Nullable;

/** How long a user may ask training to take, in minutes. */
public final class TrainingTime {
  static final double DEFAULT_MINUTES = 5;
  private static final double LONGEST_MINUTES = 60 * 24 * 7;

  private TrainingTime() {}

  /**
   * The minutes asked for.
   *
   * @throws CommandFailure where they make no sense
   */
  public static double checked(@Nullable Double minutes) {
    if (minutes == null) {
      return DEFAULT_MINUTES;
    }
    if (!(minutes > 0 && minutes <= LONGEST_MINUTES)) {
      throw CommandFailure.usage(
          "--minutes %s makes no sense: a model needs some time to learn, say 5"
              .formatted(Quantities.significant(minutes, 4)));
    }
    return minutes;
  }
}
