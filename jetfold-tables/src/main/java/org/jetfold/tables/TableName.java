package org.jetfold.tables;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table as a user writes it: a file, and behind a colon the tree in it where it is a
 * ROOT file ({@code events.root:CollectionTree}, {@code events.root:folder/tree}).
 *
 * @param file the file's name, or {@code -}
 * @param tree the tree; null where none is named
 */
public record TableName(String file, @Nullable String tree) {
  private static final String ROOT = TableFormat.ROOT.ending() + ":";

  /**
   * Takes a name apart. A file that has the whole name goes before.
   *
   * @param from the format that the user named; null to go by the ending
   */
  public static TableName parse(String name, @Nullable TableFormat from) {
    int colon = -1;
    if (from == TableFormat.ROOT) {
      colon = name.lastIndexOf(':');
    } else if (from == null) {
      int ending = name.toLowerCase(Locale.ROOT).lastIndexOf(ROOT);
      colon = ending < 0 ? -1 : ending + ROOT.length() - 1;
    }
    if (colon <= 0 || exists(name)) {
      return new TableName(name, null);
    }
    String tree = name.substring(colon + 1);
    return new TableName(name.substring(0, colon), tree.isEmpty() ? null : tree);
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
