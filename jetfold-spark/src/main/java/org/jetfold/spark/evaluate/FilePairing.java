package org.jetfold.spark.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.jetfold.spark.file.InputFile;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.format.TableUsageException;

/**
 * Finds what was restored of each file: {@code run1.jetf} of {@code run1.root}, or {@code
 * run1-00000.jetf}, {@code run1-00001.jetf} … of its parts. One file each are a pair whatever their
 * names.
 */
final class FilePairing {
  private static final String PART = "-\\d{5,}";

  private FilePairing() {}

  /** A restored file, and how many events it has; negative where that is not known. */
  record Restored(InputFile file, long events) {}

  /**
   * Pairs files, in the order of the originals.
   *
   * @throws TableUsageException where a file has no partner, which the message names
   */
  static List<FilePair> of(List<InputFile> originals, List<Restored> restored) {
    if (originals.size() == 1 && restored.size() == 1) {
      return List.of(new FilePair(originals.getFirst(), null, restored.getFirst().file()));
    }
    List<Restored> left = new ArrayList<>(restored);
    List<FilePair> pairs = new ArrayList<>();
    for (InputFile original : originals) {
      String stem = stem(original);
      List<Restored> own = taken(left, stem);
      if (own.isEmpty()) {
        throw new TableUsageException(
            "%s: no restored file is called %s or %s-00000".formatted(original.path(), stem, stem));
      }
      pairs.addAll(pairs(original, own));
    }
    if (!left.isEmpty()) {
      throw new TableUsageException(
          "%s: no original is called %s"
              .formatted(left.getFirst().file().path(), stem(left.getFirst().file())));
    }
    return pairs;
  }

  private static List<FilePair> pairs(InputFile original, List<Restored> parts) {
    if (parts.size() == 1) {
      return List.of(new FilePair(original, null, parts.getFirst().file()));
    }
    List<FilePair> pairs = new ArrayList<>();
    long first = 0;
    for (Restored part : parts) {
      if (part.events() < 0) {
        throw new TableUsageException(
            "%s: only compressed files can be compared with parts of a file"
                .formatted(part.file().path()));
      }
      if (part.events() > 0) {
        EntryRange range = new EntryRange(first, first + part.events());
        pairs.add(new FilePair(original, range, part.file()));
        first = range.end();
      }
    }
    return pairs;
  }

  /** Takes the files that were made of one. */
  private static List<Restored> taken(List<Restored> left, String stem) {
    List<Restored> own = left.stream().filter(one -> stem(one.file()).equals(stem)).toList();
    if (own.isEmpty()) {
      own =
          left.stream()
              .filter(one -> isPart(stem(one.file()), stem))
              .sorted((a, b) -> a.file().path().compareTo(b.file().path()))
              .toList();
    } else if (own.size() > 1) {
      throw new TableUsageException(
          "%s and %s: which of them was made of %s is not clear"
              .formatted(own.get(0).file().path(), own.get(1).file().path(), stem));
    }
    left.removeAll(own);
    return own;
  }

  private static boolean isPart(String name, String stem) {
    return name.startsWith(stem) && name.substring(stem.length()).matches(PART);
  }

  private static String stem(InputFile file) {
    String name = new Path(file.path()).getName();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
