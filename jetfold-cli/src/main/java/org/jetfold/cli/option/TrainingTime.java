package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/** The time limit of a training, in minutes. */
public final class TrainingTime {
  static final double DEFAULT_MINUTES = 5;
  private static final double MAX_MINUTES = 60 * 24 * 7;

  private TrainingTime() {}

  /**
   * The minutes of the option, or the default where it is not given.
   *
   * @throws CommandFailure where they are not above 0, or more than a week
   */
  public static double checked(@Nullable Double minutes) {
    if (minutes == null) {
      return DEFAULT_MINUTES;
    }
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      throw CommandFailure.usage(
          "--minutes must be above 0 and at most %.0f, was %s"
              .formatted(MAX_MINUTES, Quantities.significant(minutes, 4)));
    }
    return minutes;
  }
}
