package org.jetfold.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/** Tables that tests write and read. */
final class Tables {
  private Tables() {}

  /** A flat table of float32 columns pt, eta and phi, like jets. */
  static Table flat(int rows, long seed) {
    Schema schema =
        Schema.flat(
            List.of(
                new Column("pt", ValueType.FLOAT32),
                new Column("eta", ValueType.FLOAT32),
                new Column("phi", ValueType.FLOAT32)));
    return new Table(schema, rows, List.of(), jetColumns(rows, new SplittableRandom(seed)));
  }

  /** Events with a number, a weight, and jets with pt, eta and phi. */
  static Table events(int events, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] offsets = new int[events + 1];
    long[] numbers = new long[events];
    double[] weights = new double[events];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = offsets[event] + random.nextInt(6);
      numbers[event] = 4_000_000_000L + event;
      weights[event] = random.nextDouble();
    }
    Schema schema =
        Schema.events(
            List.of(new Column("number", ValueType.INT64), new Column("weight", ValueType.FLOAT64)),
            "jets",
            flat(0, 0).schema().columns());
    List<ColumnValues> columns = new ArrayList<>();
    columns.add(new ColumnValues.Integers(numbers));
    columns.add(new ColumnValues.Doubles(weights));
    columns.addAll(jetColumns(offsets[events], random));
    return new Table(schema, events, List.of(offsets), columns);
  }

  private static List<ColumnValues> jetColumns(int rows, SplittableRandom random) {
    float[] pt = new float[rows];
    float[] eta = new float[rows];
    float[] phi = new float[rows];
    for (int row = 0; row < rows; row++) {
      pt[row] = (float) (20_000 / (1e-3 + random.nextDouble()));
      eta[row] = (float) (9 * random.nextDouble() - 4.5);
      phi[row] = (float) (Math.PI * (2 * random.nextDouble() - 1));
    }
    return List.of(
        new ColumnValues.Floats(pt), new ColumnValues.Floats(eta), new ColumnValues.Floats(phi));
  }

  /** Writes a table in the format that the name's ending says. */
  static Path write(Table table, Path file) throws IOException {
    try (TableSink sink =
        TableFiles.create(file.toString(), null, table.schema(), new SinkOptions(true, _ -> {}))) {
      sink.write(table);
      sink.finish();
    }
    return file;
  }

  /** Reads a whole table. */
  static Table read(Path file, @Nullable String eventColumn) throws IOException {
    try (TableSource source =
        TableFiles.open(file.toString(), null, new SourceOptions(eventColumn, _ -> {}))) {
      List<Table> pieces = new ArrayList<>();
      for (Table piece = source.next(1 << 15); piece != null; piece = source.next(1 << 15)) {
        pieces.add(piece);
      }
      return Table.joined(pieces);
    }
  }

  /** A source of a table in pieces of a fixed number of root entries. */
  static TableSource inPieces(Table table, int entries) {
    return new TableSource() {
      private int next;

      @Override
      public Schema schema() {
        return table.schema();
      }

      @Override
      public @Nullable Table next(int rows) {
        int from = next;
        next = Math.min(from + entries, table.rootEntries());
        return from == next ? null : table.slice(from, next);
      }

      @Override
      public void close() {
        // Holds nothing but memory.
      }
    };
  }
}
