package org.jetfold.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.density.SampleReader;
import org.jetfold.train.density.TrainingSample;
import org.jspecify.annotations.Nullable;

/** Small tables to train on. */
public final class ToyTables {
  private static final long MANY = 1 << 24;

  private ToyTables() {}

  /** A flat table of float columns called a, b, c, …. */
  public static Table flat(int rows, IntToDoubleFunction... columns) {
    List<Column> described = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (IntToDoubleFunction column : columns) {
      described.add(new Column(String.valueOf((char) ('a' + values.size())), ValueType.FLOAT32));
      float[] floats = new float[rows];
      for (int row = 0; row < rows; row++) {
        floats[row] = (float) column.applyAsDouble(row);
      }
      values.add(new ColumnValues.Floats(floats));
    }
    return new Table(Schema.flat(described), rows, List.of(), values);
  }

  /**
   * Events of 0 to 5 jets with falling pt, an m that follows pt, and a phi that is near that of the
   * jet before.
   */
  public static Table jets(int events, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] offsets = new int[events + 1];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = offsets[event] + random.nextInt(6);
    }
    int rows = offsets[events];
    float[] pt = new float[rows];
    float[] m = new float[rows];
    float[] phi = new float[rows];
    for (int event = 0; event < events; event++) {
      double largest = 100 * Math.exp(random.nextGaussian());
      double angle = random.nextDouble(-3, 3);
      for (int row = offsets[event]; row < offsets[event + 1]; row++) {
        largest *= random.nextDouble(0.5, 1);
        angle += 0.1 * random.nextGaussian();
        pt[row] = (float) largest;
        m[row] = (float) (largest * (0.1 + 0.01 * random.nextGaussian()));
        phi[row] = (float) angle;
      }
    }
    List<Column> columns =
        List.of(
            new Column("pt", ValueType.FLOAT32),
            new Column("m", ValueType.FLOAT32),
            new Column("phi", ValueType.FLOAT32));
    return new Table(
        Schema.events(List.of(), "jets", columns),
        events,
        List.of(offsets),
        List.of(
            new ColumnValues.Floats(pt), new ColumnValues.Floats(m), new ColumnValues.Floats(phi)));
  }

  /** The table with the columns of its events in another order. */
  public static Table turned(Table table, int... columns) {
    List<Column> described = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int column : columns) {
      described.add(table.schema().columns().get(column));
      values.add(table.values(column));
    }
    return new Table(
        Schema.events(List.of(), "jets", described),
        table.rootEntries(),
        List.of(table.offsets(1)),
        values);
  }

  public static TrainingSample sample(Table table, String precision, String... order) {
    return sample(table, precision, MANY, order);
  }

  public static TrainingSample sample(
      Table table, String precision, long maxValues, String... order) {
    SampleReader reader = new SampleReader(List.of(order), maxValues);
    try (TableSource source = source(table)) {
      reader.read(source, PrecisionRules.parse(precision).resolve(table.schema()).columns());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return reader.sample();
  }

  /** The weights of a table's events by their numbers, for one reading. */
  public static RowWeights weights(int column, IntToDoubleFunction ofEvent) {
    return new RowWeights() {
      private int before;

      @Override
      public int column() {
        return column;
      }

      @Override
      public double[] ofEvents(Table piece) {
        double[] values = new double[piece.rootEntries()];
        for (int event = 0; event < values.length; event++) {
          values[event] = ofEvent.applyAsDouble(before + event);
        }
        before += values.length;
        return values;
      }
    };
  }

  public static TableSource source(Table table) {
    return new TableSource() {
      private int next;

      @Override
      public Schema schema() {
        return table.schema();
      }

      @Override
      public @Nullable Table next(int rows) {
        if (next == table.rootEntries()) {
          return null;
        }
        int from = next;
        next = Math.min(table.rootEntries(), from + Math.max(1, rows / 2));
        return table.slice(from, next);
      }

      @Override
      public void close() {}
    };
  }
}
