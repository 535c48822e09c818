package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** Events with jets, and tables made of them. */
public final class TestTables {
  private TestTables() {}

  /**
   * Jets with pt, eta, phi, m and so many more columns as to be {@code columns}; a weight an event.
   */
  public static Table jets(int events, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] offsets = new int[events + 1];
    double[] weights = new double[events];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = offsets[event] + random.nextInt(6);
      weights[event] = 0.5 + random.nextDouble();
    }
    int jets = offsets[events];
    float[][] values = new float[columns][jets];
    for (int jet = 0; jet < jets; jet++) {
      values[0][jet] = (float) (20_000 / (1e-2 + random.nextDouble()));
      values[1][jet] = (float) random.nextDouble(-4.4, 4.4);
      values[2][jet] = (float) random.nextDouble(-Math.PI, Math.PI);
      values[3][jet] = (float) (values[0][jet] * random.nextDouble(0.05, 0.2));
      for (int column = 4; column < columns; column++) {
        values[column][jet] = (float) random.nextGaussian();
      }
    }
    List<Column> described = new ArrayList<>();
    List<ColumnValues> all = new ArrayList<>();
    all.add(new ColumnValues.Doubles(weights));
    String[] names = {"pt", "eta", "phi", "m"};
    for (int column = 0; column < columns; column++) {
      String name = column < names.length ? names[column] : "variable" + column;
      String unit = column % 3 == 0 ? "MeV" : "";
      described.add(new Column(name, ValueType.FLOAT32, unit, false, false));
      all.add(new ColumnValues.Floats(values[column]));
    }
    Schema schema =
        Schema.events(List.of(new Column("weight", ValueType.FLOAT64)), "jets", described);
    return new Table(schema, events, List.of(offsets), all);
  }

  /** The same table with one column changed. */
  public static Table changed(Table table, int column, UnaryOperator<float[]> change) {
    List<ColumnValues> columns = new ArrayList<>();
    for (int number = 0; number < table.schema().columns().size(); number++) {
      ColumnValues values = table.values(number);
      columns.add(
          number == column && values instanceof ColumnValues.Floats(float[] floats)
              ? new ColumnValues.Floats(change.apply(floats.clone()))
              : values);
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < table.schema().groups().size(); group++) {
      offsets.add(table.offsets(group));
    }
    return new Table(table.schema(), table.rootEntries(), offsets, columns);
  }

  /** A source of a table in pieces of so many events. */
  public static TableSource source(Table table, int events) {
    return new TableSource() {
      private int next;

      @Override
      public Schema schema() {
        return table.schema();
      }

      @Override
      public @Nullable Table next(int rows) {
        int from = next;
        next = Math.min(from + events, table.rootEntries());
        return from == next ? null : table.slice(from, next);
      }

      @Override
      public void close() {
        // Holds nothing but memory.
      }
    };
  }
}
