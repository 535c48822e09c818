package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The time limit of a training. */
public final class TrainingTime {
  static final double DEFAULT_MINUTES = 5;
  private static final double MAX_MINUTES = 60 * 24 * 7;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long a training may take, in minutes. Default: 5.")
  public @Nullable Double minutes;

  /**
   * The minutes of the option, or the default where it is not given.
   *
   * @throws CommandFailure where they are not above 0, or more than a week
   */
  public double checked() {
    return checked(minutes);
  }

  /** As {@link #checked()}, of another command's option. */
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
