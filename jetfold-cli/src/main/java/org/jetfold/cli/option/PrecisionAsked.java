package org.jetfold.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
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
   * @param text the rules, or @ and the name of a file that has them: rules in lines or separated
   *     by commas, and comments from # on; null where the option is not given
   * @param otherwise the rules for that case
   * @throws CommandFailure where the text is not a list of rules
   */
  public static PrecisionAsked of(@Nullable String text, PrecisionRules otherwise) {
    try {
      PrecisionRules rules = text == null ? otherwise : PrecisionRules.parse(rules(text));
      return new PrecisionAsked(rules, rules.hasPreset());
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, "--precision: " + e.getMessage(), e);
    }
  }

  private static String rules(String text) {
    if (!text.startsWith("@")) {
      return text;
    }
    String name = text.substring(1);
    try {
      return Files.readAllLines(Path.of(name)).stream()
          .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.joining(","));
    } catch (IOException | InvalidPathException e) {
      throw Failures.about(name, e);
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
