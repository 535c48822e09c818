package org.jetfold.tables.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;

/** Reads any bytes as a file of arrays: a table comes of them, or one line that names the file. */
final class ArrayFileReading {
  private static final int ROWS = 4096;

  /** A forged file may claim a million rows of fill values: so many are enough. */
  private static final int MAX_PIECES = 64;

  private ArrayFileReading() {}

  /**
   * Reads bytes, all columns at once and then without some.
   *
   * @param ending the file's, which names the format
   * @return the message of the failure; empty where there was none
   */
  static String read(byte[] bytes, String ending) throws IOException {
    return read(bytes, ending, true);
  }

  /**
   * Reads bytes, all columns at once.
   *
   * @param ending the file's, which names the format
   * @param again whether to read the file a second time then, without some of its columns
   * @return the message of the failure; empty where there was none
   */
  static String read(byte[] bytes, String ending, boolean again) throws IOException {
    Path file = Files.createTempFile("fuzz", ending);
    try {
      Files.write(file, bytes);
      List<String> columns = new ArrayList<>();
      String all = read(file, ColumnRequest.ALL, columns, new ArrayList<>());
      if (again && !columns.isEmpty()) {
        ColumnRequest some = new ColumnRequest(List.of(), List.of("*x*"));
        read(file, some, new ArrayList<>(), new ArrayList<>());
      }
      return all;
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Reads the values of all columns, without their names.
   *
   * @param values receives an array of bits for each column of each piece, and for its offsets
   * @return as {@link #read}
   */
  static String values(byte[] bytes, String ending, List<long[]> values) throws IOException {
    Path file = Files.createTempFile("fuzz", ending);
    try {
      Files.write(file, bytes);
      return read(file, ColumnRequest.ALL, new ArrayList<>(), values);
    } finally {
      Files.delete(file);
    }
  }

  /** Whether columns have the same values, in whatever order the columns are. */
  static boolean areSame(List<long[]> one, List<long[]> other) {
    return sorted(one).equals(sorted(other));
  }

  private static List<String> sorted(List<long[]> values) {
    return values.stream().map(Arrays::toString).sorted().toList();
  }

  private static void add(Table piece, List<long[]> values) {
    for (int column = 0; column < piece.schema().columns().size(); column++) {
      ColumnValues of = piece.values(column);
      long[] bits = new long[of.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] =
            switch (of) {
              case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[i]);
              case ColumnValues.Doubles(double[] doubles) -> Double.doubleToRawLongBits(doubles[i]);
              case ColumnValues.Integers(long[] integers) -> integers[i];
            };
      }
      values.add(bits);
    }
    for (int group = 1; group < piece.schema().groups().size(); group++) {
      values.add(Arrays.stream(piece.offsets(group)).asLongStream().toArray());
    }
  }

  private static String read(
      Path file, ColumnRequest request, List<String> columns, List<long[]> values)
      throws IOException {
    List<String> lines = new ArrayList<>();
    SourceOptions options = new SourceOptions(null, request, 1, lines::add);
    try (TableSource source = TableFiles.open(file.toString(), null, options)) {
      source.schema().columns().forEach(column -> columns.add(column.name()));
      Table piece = source.next(ROWS);
      for (int i = 0; piece != null && i < MAX_PIECES; i++) {
        add(piece, values);
        piece = source.next(ROWS);
      }
    } catch (IOException | JetfoldException e) {
      lines.add(e.getMessage());
      check(file, lines);
      return e.getMessage();
    }
    check(file, lines);
    return "";
  }

  private static void check(Path file, List<String> lines) {
    for (String line : lines) {
      if (!line.startsWith(file.toString())
          || line.contains("\n")
          || line.matches(".*(\\bnull\\b|should not happen|Exception|Index \\d+ out).*")) {
        throw new AssertionError("not what a user can read: " + line);
      }
    }
  }
}
