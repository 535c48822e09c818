package org.jetfold.cli.file;

import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;

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
    List<String> names = paths(restored);
    List<String> originalNames = paths(original);
    for (int column = 0; column < Math.max(names.size(), originalNames.size()); column++) {
      if (column >= names.size()) {
        throw different("it lacks the original's column " + originalNames.get(column));
      }
      if (column >= originalNames.size()) {
        throw different("the original lacks column " + names.get(column));
      }
      refuse(column, original, restored, names);
    }
  }

  private static void refuse(int number, Schema original, Schema restored, List<String> names) {
    Column before = original.columns().get(number);
    Column after = restored.columns().get(number);
    List<String> originalNames = paths(original);
    boolean sameName =
        before.name().equals(after.name())
            || withoutDots(names.get(number)).equals(withoutDots(originalNames.get(number)));
    if (!sameName || original.groupOf(number) != restored.groupOf(number)) {
      throw different(
          "its column %d is %s, that of the original is %s"
              .formatted(number + 1, names.get(number), originalNames.get(number)));
    }
    if (before.type() != after.type()) {
      throw different(
          "column %s has type %s, in the original %s"
              .formatted(
                  names.get(number),
                  after.type().name().toLowerCase(Locale.ROOT),
                  before.type().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static String withoutDots(String path) {
    return path.replace('.', '_');
  }

  private static List<String> paths(Schema schema) {
    return QualifiedColumn.all(schema).stream().map(QualifiedColumn::path).toList();
  }

  private static CommandFailure different(String difference) {
    return new CommandFailure(ExitCode.DIFFERENT, "the file holds another table: " + difference);
  }
}
