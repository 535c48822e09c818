package org.jetfold.cli.file;

import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/**
 * What tells the shape of a restored table from that of its original, in words. Names of
 * collections, units and marks do not count: another format may not have kept them. An RNTuple
 * cannot have dots in names, so these count as underscores.
 */
final class SchemaDifference {
  private SchemaDifference() {}

  /**
   * Compares two shapes.
   *
   * @throws CommandFailure where values cannot be compared, with a message that names the first
   *     difference
   */
  static void refuse(Schema original, Schema restored) {
    if (original.hasEvents() != restored.hasEvents()) {
      throw different(
          restored.hasEvents()
              ? "it has events, and the original has none; name the column that marks them with"
                  + " --event-column"
              : "it has no events, but the original has");
    }
    if (original.groups().size() != restored.groups().size()) {
      throw different(
          "it has %d lists, and the original has %d"
              .formatted(restored.groups().size() - 1, original.groups().size() - 1));
    }
    List<QualifiedColumn> after = QualifiedColumn.all(restored);
    List<QualifiedColumn> before = QualifiedColumn.all(original);
    for (int column = 0; column < Math.max(after.size(), before.size()); column++) {
      if (column >= after.size()) {
        throw different("it lacks the original's column " + before.get(column).path());
      }
      if (column >= before.size()) {
        throw different("the original lacks column " + after.get(column).path());
      }
      if (!after.get(column).isCalledAs(before.get(column))
          || original.groupOf(column) != restored.groupOf(column)) {
        throw different(
            "its column %d is %s, that of the original is %s"
                .formatted(column + 1, after.get(column).path(), before.get(column).path()));
      }
      ValueType type = after.get(column).column().type();
      ValueType was = before.get(column).column().type();
      if (type != was) {
        throw different(
            "column %s has type %s, in the original %s"
                .formatted(
                    after.get(column).path(),
                    type.name().toLowerCase(Locale.ROOT),
                    was.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private static CommandFailure different(String difference) {
    return new CommandFailure(ExitCode.DIFFERENT, "the file holds another table: " + difference);
  }
}
