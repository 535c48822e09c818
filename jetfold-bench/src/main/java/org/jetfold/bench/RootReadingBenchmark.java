package org.jetfold.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading ROOT files, which the system keeps in memory, on one thread:
 *
 * <ul>
 *   <li>{@code column}: one branch from compressed baskets to arrays of values and offsets. Setup
 *       prints the branch's uncompressed bytes; those over the time are its speed;
 *   <li>{@code open}: a file's directories and the description of all its trees, no values;
 *   <li>{@code collection}: opening the file and reading one collection as a table.
 * </ul>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class RootReadingBenchmark {
  /** The file. */
  @Param("../shared/data/root/uproot-HZZ-uncompressed.root")
  public String file = "";

  /** The tree in it. */
  @Param("events")
  public String tree = "";

  /** The branch to read. */
  @Param("Jet_Px")
  public String column = "";

  /** The collection to read. */
  @Param("Jet")
  public String collection = "";

  private @Nullable RootFile root;
  private @Nullable RootTree opened;
  private @Nullable RootColumn branch;

  /** Opens the file. */
  @Setup
  public void openFile() throws IOException {
    RootFile found = RootFile.open(Path.of(file));
    root = found;
    RootTree named = found.tree(tree).orElseThrow();
    opened = named;
    RootColumn chosen = named.column(column).orElseThrow();
    branch = chosen;
    System.out.printf(
        "%n%s: %d uncompressed bytes, %d entries%n",
        column, chosen.uncompressedBytes(), named.entries());
  }

  /** Closes it. */
  @TearDown
  public void closeFile() throws IOException {
    Objects.requireNonNull(root).close();
  }

  @Benchmark
  public Object column() throws IOException {
    RootTree named = Objects.requireNonNull(opened);
    return named.read(Objects.requireNonNull(branch), 0, named.entries());
  }

  @Benchmark
  public Object open(Blackhole hole) throws IOException {
    try (RootFile found = RootFile.open(Path.of(file))) {
      hole.consume(found);
      return found.trees();
    }
  }

  @Benchmark
  public void collection(Blackhole hole) throws IOException {
    SourceOptions options =
        new SourceOptions(
            null, new ColumnRequest(List.of(collection), List.of()), 1, System.err::println);
    try (TableSource source = TableFiles.open(file + ":" + tree, null, options)) {
      for (Table piece = source.next(1 << 15); piece != null; piece = source.next(1 << 15)) {
        hole.consume(piece);
      }
    }
  }
}
