package org.jetfold.tables.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as DuckDB may be asked for it. DuckDB takes {@code *}, {@code ?} and {@code [} in a name
 * for a pattern and has no way to escape them ({@code a[b].parquet} would read {@code ab.parquet}),
 * so a file with such a name gets a link with a harmless one.
 */
final class LiteralPath implements Closeable {
  private final String shown;
  private final @Nullable Path link;

  private LiteralPath(String shown, @Nullable Path link) {
    this.shown = shown;
    this.link = link;
  }

  /** The path to a file that exists. */
  static LiteralPath of(Path file) throws IOException {
    String absolute = file.toAbsolutePath().toString();
    if (absolute.chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0) || absolute.indexOf(':') == 1) {
      return new LiteralPath(absolute, null);
    }
    Path folder = ProcessFiles.folder();
    try {
      Path link = Files.createSymbolicLink(folder.resolve("linked.parquet"), file.toAbsolutePath());
      return new LiteralPath(link.toString(), link);
    } catch (IOException | UnsupportedOperationException e) {
      Files.deleteIfExists(folder);
      throw new IOException(
          "its name holds one of * ? [ {, and this system makes no links: rename it", e);
    }
  }

  /** The path as DuckDB's messages show it. */
  String shown() {
    return shown;
  }

  /** The path as an SQL literal. */
  String literal() {
    return DuckDb.quoted(shown);
  }

  /** The file as an SQL table; folders called {@code year=2026} are no columns. */
  String table() {
    return "read_parquet(" + literal() + ", hive_partitioning = false)";
  }

  @Override
  public void close() throws IOException {
    if (link != null) {
      ProcessFiles.remove(Objects.requireNonNull(link.getParent()));
    }
  }
}
