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
 * The table of a scan, a CSV file with a picture beside it. Comments at its beginning say what all
 * trainings have in common, because only losses of the same data and settings can be compared. Not
 * thread-safe.
 */
final class ScanTable {
  private static final String ENDING = ".csv";
  private static final long MAX_BYTES = 1 << 26;
  private static final String COMMENT = "# ";
  private static final String ADVICE = ": name another output with -o, or replace it with -f";

  private final String name;
  private final Map<String, String> common = new LinkedHashMap<>();
  private final Map<ScanTraining, ScanTraining.Result> results = new LinkedHashMap<>();

  private ScanTable(String name) {
    this.name = name;
  }

  /**
   * Reads a table, if it exists.
   *
   * @param overwrite whether an existing table is ignored
   */
  static ScanTable open(String name, boolean overwrite) throws IOException {
    ScanTable table = new ScanTable(name);
    Path file = FileNames.path(name);
    if (!overwrite && Files.exists(file)) {
      table.read(lines(file));
    }
    return table;
  }

  /**
   * The lines of any file. Bytes that are not text become replacement characters, and a file that
   * is too large for a table has no lines.
   */
  private static List<String> lines(Path file) throws IOException {
    return Files.size(file) > MAX_BYTES
        ? List.of()
        : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * The name of the picture: that of the table, with another ending.
   *
   * @throws CommandFailure where the table's name has another ending
   */
  static String picture(String table) {
    if (!table.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      throw CommandFailure.usage("-o must end in .csv, was %s".formatted(table));
    }
    return table.substring(0, table.length() - ENDING.length()) + ".svg";
  }

  private void read(List<String> all) {
    int head = all.indexOf(ScanTraining.HEAD);
    if (head < 0) {
      throw CommandFailure.usage(name + ": exists, and is not the table of a scan" + ADVICE);
    }
    for (String line : all.subList(0, head)) {
      String[] parts = line.split(": ", 2);
      if (!line.startsWith(COMMENT) || parts.length < 2) {
        throw invalid(line);
      }
      common.put(parts[0].substring(COMMENT.length()), parts[1]);
    }
    if (common.isEmpty()) {
      throw CommandFailure.usage(name + ": does not say which data its trainings had" + ADVICE);
    }
    for (String line : all.subList(head + 1, all.size())) {
      try {
        ScanTraining.Line read = ScanTraining.Line.parse(line);
        results.put(read.training(), read.result());
      } catch (NumberFormatException _) {
        throw invalid(line);
      }
    }
  }

  private CommandFailure invalid(String line) {
    return CommandFailure.usage(
        "%s: has an invalid line (%s): delete it".formatted(name, Streams.printable(line)));
  }

  /**
   * Sets what the next trainings have in common.
   *
   * @throws CommandFailure where it differs from that of the table
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
          "%s: has trainings with other data or settings (%s)%s"
              .formatted(name, String.join("; ", differences), ADVICE));
    }
    common.putAll(now);
  }

  boolean has(ScanTraining training) {
    return results.containsKey(training);
  }

  /** How many of some trainings the table has. */
  int count(Collection<ScanTraining> trainings) {
    return (int) trainings.stream().filter(this::has).count();
  }

  void add(ScanTraining training, ScanTraining.Result result) {
    results.put(training, result);
  }

  /** Writes the table and its picture. */
  void write(Streams streams) throws IOException {
    StringBuilder text = new StringBuilder();
    common.forEach((about, what) -> text.append(COMMENT + about + ": " + what + "\n"));
    text.append(ScanTraining.HEAD).append('\n');
    results.forEach(
        (training, result) -> text.append(new ScanTraining.Line(training, result)).append('\n'));
    replace(name, text.toString(), streams);
    replace(picture(name), ScanPicture.of(results), streams);
  }

  private static void replace(String file, String text, Streams streams) throws IOException {
    try (OutputFile out = OutputFile.create(file, /* overwrite= */ true, streams)) {
      out.stream().write(text.getBytes(StandardCharsets.UTF_8));
      out.commit();
    }
  }
}
