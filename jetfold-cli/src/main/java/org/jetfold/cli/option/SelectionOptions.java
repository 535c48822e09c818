package org.jetfold.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.derived.EventCondition;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events of a table are meant, or which rows of a flat one. */
public final class SelectionOptions {
  private static final Pattern RANGE = Pattern.compile("(\\d{0,18}):(\\d{0,18})");

  @Option(
      names = "--events",
      paramLabel = "FROM:TO",
      description =
          "Only the events (rows of a flat table) from number FROM on, to before TO, counted from"
              + " 0; either may be left out.")
  @Nullable String events;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Only events for which this holds, or that have an object for which it does: 'pt > 50e3"
              + " and abs(eta) < 2.5'.")
  @Nullable String where;

  /** Whether not every event is meant. */
  public boolean isGiven() {
    return events != null || where != null;
  }

  /**
   * The events that are meant.
   *
   * @throws CommandFailure where an option is not written as it must be
   */
  public Selection selection() {
    Selection range = range();
    if (where == null) {
      return range;
    }
    try {
      return range.where(where);
    } catch (JetfoldException e) {
      throw new CommandFailure(ExitCode.USAGE, "--where: " + e.getMessage(), e);
    }
  }

  private Selection range() {
    if (events == null) {
      return Selection.ALL;
    }
    Matcher range = RANGE.matcher(events.strip());
    if (!range.matches()) {
      throw CommandFailure.usage(
          "--events must be FROM:TO, such as 100:200, 100: or :200, was '%s'".formatted(events));
    }
    long from = range.group(1).isEmpty() ? 0 : Long.parseLong(range.group(1));
    long to = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (to < from) {
      throw CommandFailure.usage("--events %s ends before it begins".formatted(events));
    }
    return Selection.events(from, to);
  }

  /**
   * Checks that a table has the columns of the condition.
   *
   * @param shown the table's name
   */
  public void check(String shown, Schema schema) {
    if (where != null) {
      try {
        EventCondition.of(where, schema);
      } catch (JetfoldException e) {
        throw new CommandFailure(
            ExitCode.USAGE, "%s: --where: %s".formatted(shown, e.getMessage()), e);
      }
    }
  }
}
