package org.jetfold.tables;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table as a user writes it: a file, and behind a colon the tree in it where it is a
 * ROOT file ({@code events.root:CollectionTree}, {@code events.root:folder/tree}). A file's name
 * may be a glob ({@code run*.root}, {@code period?/jets.npz}): all files that match, one behind the
 * other in the order of their names.
 *
 * @param file the file's name, or {@code -}
 * @param tree the tree; null where none is named
 */
public record TableName(String file, @Nullable String tree) {
  /**
   * Takes a name apart. A file that has the whole name goes before.
   *
   * @param from the format that the user named; null to go by the ending
   */
  public static TableName parse(String name, @Nullable TableFormat from) {
    int colon = -1;
    if (from == null) {
      String lower = name.toLowerCase(Locale.ROOT);
      for (TableFormat format : TableFormats.all()) {
        int ending = format.holdsTrees() ? lower.lastIndexOf(format.ending() + ":") : -1;
        colon = ending < 0 ? colon : ending + format.ending().length();
      }
    } else if (from.holdsTrees()) {
      colon = name.lastIndexOf(':');
    }
    if (colon <= 0 || exists(name)) {
      return new TableName(name, null);
    }
    String tree = name.substring(colon + 1);
    return new TableName(name.substring(0, colon), tree.isEmpty() ? null : tree);
  }

  /** What messages call the table. */
  String shown() {
    String named = file.equals(TableFiles.STANDARD) ? "standard input" : file;
    return tree == null ? named : named + ":" + tree;
  }

  /** Whether the file's name is a glob, and no file that is there. */
  public boolean isGlob() {
    return isPattern(file) && !exists(file);
  }

  private static boolean isPattern(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  /**
   * This name; of a glob, those of the files that it stands for, in the order of their whole names,
   * character by character, as ROOT's {@code TChain} has them. A name that begins with a dot fits
   * only a pattern that does.
   *
   * @return none where no file fits
   */
  public List<TableName> expanded() throws IOException {
    if (!isGlob()) {
      return List.of(this);
    }
    Path glob = Path.of(file);
    Path root = glob.getRoot();
    List<Path> fitting = List.of(root == null ? Path.of("") : root);
    for (Path part : glob) {
      List<Path> within = new ArrayList<>();
      for (Path folder : fitting) {
        within.addAll(fitting(folder, part.toString()));
      }
      fitting = within;
    }
    return fitting.stream()
        .filter(Files::isRegularFile)
        .map(Path::toString)
        .sorted(Comparator.naturalOrder())
        .map(found -> new TableName(found, tree))
        .toList();
  }

  /** What of a folder fits one part of a glob. */
  private static List<Path> fitting(Path folder, String part) throws IOException {
    if (!isPattern(part)) {
      return List.of(folder.resolve(part));
    }
    NamePattern pattern = NamePattern.parse(part);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (pattern.fits(name) && (part.startsWith(".") || !name.startsWith("."))) {
          found.add(folder.resolve(name));
        }
      }
    } catch (NotDirectoryException | NoSuchFileException e) {
      return List.of();
    }
    return found;
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
