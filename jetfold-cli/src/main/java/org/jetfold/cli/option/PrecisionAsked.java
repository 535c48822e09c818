package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jspecify.annotations.Nullable;

/**
 * The precision rules that a user asked for.
 *
 * @param rules the precision of each column
 * @param preset whether they are the preset {@code jets}; what it chooses is printed, since the
 *     user cannot know it
 */
public record PrecisionAsked(PrecisionRules rules, boolean preset) {
  /**
   * Reads rules.
   *
   * @param text null where the option is not given
   * @param otherwise the rules for that case
   * @throws CommandFailure where the text is not a list of rules
   */
  public static PrecisionAsked of(@Nullable String text, PrecisionRules otherwise) {
    try {
      PrecisionRules rules = text == null ? otherwise : PrecisionRules.parse(text);
      return new PrecisionAsked(rules, rules.hasPreset());
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, "--precision: " + e.getMessage(), e);
    }
  }

  /**
   * Prints the warnings of a choice, and what the preset chose.
   *
   * @param shown the table's name
   */
  public void announce(String shown, PrecisionChoice choice, Streams streams, boolean quiet) {
    choice.warnings().forEach(warning -> streams.warn(shown + ": " + warning));
    if (preset && !quiet) {
      list(shown + ": the preset chose", choice, streams);
    }
  }

  /** Prints a line, and below it the setting of each column. */
  public static void list(String line, PrecisionChoice choice, Streams streams) {
    streams.say(line);
    choice
        .describe()
        .lines()
        .forEach(column -> streams.err().println("  " + Streams.printable(column)));
  }
}
