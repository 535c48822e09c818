package org.jetfold.tables.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.error.JetfoldException;
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
   * Reads bytes, all columns at once and then only the first.
   *
   * @param ending the file's, which names the format
   * @return the message of the failure; empty where there was none
   */
  static String read(byte[] bytes, String ending) throws IOException {
    Path file = Files.createTempFile("fuzz", ending);
    try {
      Files.write(file, bytes);
      List<String> columns = new ArrayList<>();
      String all = read(file, ColumnRequest.ALL, columns);
      if (!columns.isEmpty()) {
        read(file, new ColumnRequest(List.of(), List.of("*x*")), new ArrayList<>());
      }
      return all;
    } finally {
      Files.delete(file);
    }
  }

  private static String read(Path file, ColumnRequest request, List<String> columns)
      throws IOException {
    List<String> lines = new ArrayList<>();
    SourceOptions options = new SourceOptions(null, request, 1, lines::add);
    try (TableSource source = TableFiles.open(file.toString(), null, options)) {
      source.schema().columns().forEach(column -> columns.add(column.name()));
      Table piece = source.next(ROWS);
      for (int i = 0; piece != null && i < MAX_PIECES; i++) {
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
