package org.jetfold.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jetfold.codec.precision.NamePattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table as a user writes it: a file, and behind a colon the tree in it where it is a
 * ROOT file ({@code events.root:CollectionTree}, {@code events.root:folder/tree}). A ROOT file's
 * name may be a glob ({@code run*.root}): all files that fit, one behind the other in the order of
 * their names.
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

  /** Whether the file's name is a glob, and no file that is there. */
  public boolean isGlob() {
    return (file.indexOf('*') >= 0 || file.indexOf('?') >= 0) && !exists(file);
  }

  /** The files that a glob stands for, in the order of their names; maybe none. */
  List<Path> matches() throws IOException {
    Path glob = Path.of(file);
    Path last = glob.getFileName();
    Path parent = glob.getParent();
    NamePattern pattern = NamePattern.parse(last == null ? file : last.toString());
    try (Stream<Path> files = Files.list(parent == null ? Path.of("") : parent)) {
      return files
          .filter(found -> fits(pattern, found) && Files.isRegularFile(found))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static boolean fits(NamePattern pattern, Path file) {
    Path last = file.getFileName();
    return last != null && pattern.fits(last.toString());
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
