package org.jetfold.cli.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;

/**
 * The table of a scan, with a picture beside it: a line a training, and before them, as comments,
 * what all the trainings have in common, without which losses could not be compared. Not
 * thread-safe.
 */
final class ScanTable {
  private static final String HEAD =
      "layers,latents,lr,weight_decay,minutes,seed,epochs,seconds,mse";
  private static final String ENDING = ".csv";
  private static final int CELLS = 9;
  private static final int KEY_CELLS = 6;
  private static final long MOST_BYTES = 1 << 26;
  private static final String COMMENT = "# ";
  private static final String ADVICE = ": name another output with -o, or replace it with -f";

  private final String name;
  private final Map<String, String> common = new LinkedHashMap<>();
  private final Map<String, String> lines = new LinkedHashMap<>();

  private ScanTable(String name) {
    this.name = name;
  }

  /**
   * Reads a table, where there is one.
   *
   * @param anew whether what is there does not matter
   */
  static ScanTable open(String name, boolean anew) throws IOException {
    ScanTable table = new ScanTable(name);
    Path file = FileNames.path(name);
    if (!anew && Files.exists(file)) {
      table.read(lines(file));
    }
    return table;
  }

  /**
   * The lines of a file, which may be anything: what is no text becomes replacement characters, and
   * of what is too large for a table there are none.
   */
  private static List<String> lines(Path file) throws IOException {
    return Files.size(file) > MOST_BYTES
        ? List.of()
        : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /** The picture's name: the table's, with another ending. */
  static String picture(String table) {
    requireEnding(table);
    return table.substring(0, table.length() - ENDING.length()) + ".svg";
  }

  /** Refuses names that do not say CSV: nobody looks for a table in a picture's name. */
  private static void requireEnding(String table) {
    if (!table.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      throw CommandFailure.usage(
          "%s: a scan's table is CSV, and its picture gets its name: write an output that ends in .csv"
              .formatted(table));
    }
  }

  private void read(List<String> all) {
    int head = all.indexOf(HEAD);
    if (head < 0) {
      throw CommandFailure.usage(name + ": is there and is no table of a scan" + ADVICE);
    }
    for (String line : all.subList(0, head)) {
      String[] parts = line.split(": ", 2);
      if (!line.startsWith(COMMENT) || parts.length < 2) {
        throw damaged(line);
      }
      common.put(parts[0].substring(COMMENT.length()), parts[1]);
    }
    if (common.isEmpty()) {
      throw CommandFailure.usage(name + ": does not say what its trainings learned from" + ADVICE);
    }
    for (String line : all.subList(head + 1, all.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length != CELLS) {
        throw damaged(line);
      }
      try {
        point(cells);
      } catch (NumberFormatException _) {
        throw damaged(line);
      }
      lines.put(String.join(",", List.of(cells).subList(0, KEY_CELLS)), line);
    }
  }

  private CommandFailure damaged(String line) {
    return CommandFailure.usage(
        "%s: a line is damaged (%s): take it out".formatted(name, Streams.printable(line)));
  }

  /**
   * Says what the trainings to come have in common.
   *
   * @throws CommandFailure where those of the table have not
   */
  void begin(Map<String, String> now) {
    if (!common.isEmpty() && !common.equals(now)) {
      TreeSet<String> names = new TreeSet<>(common.keySet());
      names.addAll(now.keySet());
      List<String> differences = new ArrayList<>();
      for (String about : names) {
        String old = common.getOrDefault(about, "unknown");
        String other = now.getOrDefault(about, "unknown");
        if (!old.equals(other)) {
          differences.add("%s %s, now %s".formatted(about, old, other));
        }
      }
      throw CommandFailure.usage(
          "%s: is of other trainings (%s)%s"
              .formatted(name, String.join("; ", differences), ADVICE));
    }
    common.putAll(now);
  }

  boolean has(String key) {
    return lines.containsKey(key);
  }

  /** How many of some trainings the table has. */
  int count(Collection<String> keys) {
    return (int) keys.stream().filter(this::has).count();
  }

  /**
   * Adds a training.
   *
   * @param key its first cells
   * @param result the others
   */
  void add(String key, String result) {
    lines.put(key, key + "," + result);
  }

  /** Writes the table and its picture. */
  void write(Streams streams) throws IOException {
    StringBuilder text = new StringBuilder();
    common.forEach((about, what) -> text.append(COMMENT + about + ": " + what + "\n"));
    text.append(HEAD).append('\n');
    List<ScanPicture.Point> points = new ArrayList<>();
    for (String line : lines.values()) {
      text.append(line).append('\n');
      points.add(point(line.split(",", -1)));
    }
    replace(name, text.toString(), streams);
    replace(picture(name), ScanPicture.of(points), streams);
  }

  private static ScanPicture.Point point(String[] cells) {
    return new ScanPicture.Point(
        "%s, lr %s, wd %s".formatted(cells[0], cells[2], cells[3]),
        Integer.parseInt(cells[1]),
        Double.parseDouble(cells[CELLS - 1]));
  }

  private static void replace(String file, String text, Streams streams) throws IOException {
    try (OutputFile out = OutputFile.create(file, /* overwrite= */ true, streams)) {
      out.stream().write(text.getBytes(StandardCharsets.UTF_8));
      out.commit();
    }
  }
}
