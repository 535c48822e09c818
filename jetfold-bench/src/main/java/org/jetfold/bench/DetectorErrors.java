package org.jetfold.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.QuantizationDetector;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.quantization.QuantizedLevels;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;

/**
 * How often the detector of earlier rounding is wrong: on random values of the float32 columns of
 * some tables, as they are, truncated to every number of bits, and rounded to grids. Columns that
 * were rounded when they came are left out.
 */
public final class DetectorErrors {
  private static final int[] SIZES = {5, 10, 20, 50, 100, 1000};
  private static final int TRIALS = 20;
  private static final double[] STEPS = {1, 0.25, 0.1, 0.01};

  private DetectorErrors() {}

  /** Writes a CSV table for the tables named. */
  public static void main(String[] tables) throws IOException {
    List<float[]> columns = new ArrayList<>();
    for (String table : tables) {
      columns.addAll(columns(table));
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("values,what,trials,right,missed,wrong");
    SplittableRandom random = new SplittableRandom(1);
    for (int size : SIZES) {
      Counts none = new Counts();
      Counts few = new Counts();
      Counts some = new Counts();
      Counts many = new Counts();
      Counts grids = new Counts();
      for (float[] column : columns) {
        for (int trial = 0; trial < TRIALS; trial++) {
          ColumnValues.Floats drawn = drawn(column, size, random);
          none.add(new Quantization.None(), finding(drawn));
          for (int bits = 1; bits <= 22; bits++) {
            QuantizedLevels levels =
                new QuantizedLevels(new Precision.Bits(bits), ValueType.FLOAT32);
            (bits <= 8 ? few : bits <= 16 ? some : many)
                .add(new Quantization.Truncated(bits), finding(levels.quantized(drawn)));
          }
          for (double step : STEPS) {
            grids.add(new Quantization.Grid(step, 0), finding(rounded(drawn, step)));
          }
        }
      }
      none.print(out, size, "not rounded");
      few.print(out, size, "1 to 8 bits");
      some.print(out, size, "9 to 16 bits");
      many.print(out, size, "17 to 22 bits");
      grids.print(out, size, "grids");
    }
  }

  private static List<float[]> columns(String table) throws IOException {
    List<float[]> columns = new ArrayList<>();
    try (TableSource source = TableFiles.open(table, null, new SourceOptions(null, line -> {}))) {
      List<Table> pieces = new ArrayList<>();
      for (Table piece = source.next(1 << 15); piece != null; piece = source.next(1 << 15)) {
        pieces.add(piece);
      }
      Table whole = Table.joined(pieces);
      for (int number = 0; number < whole.schema().columns().size(); number++) {
        Column column = whole.schema().columns().get(number);
        if (column.mayLoseBits()
            && whole.values(number) instanceof ColumnValues.Floats values
            && finding(values) instanceof Quantization.None) {
          columns.add(values.values());
        }
      }
    }
    return columns;
  }

  private static Quantization finding(ColumnValues values) {
    QuantizationDetector detector = new QuantizationDetector(true);
    detector.add(values);
    return detector.finding();
  }

  /** Zeros, which say nothing, are not drawn. */
  private static ColumnValues.Floats drawn(float[] column, int size, SplittableRandom random) {
    float[] drawn = new float[size];
    for (int i = 0; i < size; i++) {
      int tries = 0;
      do {
        drawn[i] = column[random.nextInt(column.length)];
      } while (drawn[i] == 0 && tries++ < 1000);
    }
    return new ColumnValues.Floats(drawn);
  }

  private static ColumnValues.Floats rounded(ColumnValues.Floats values, double step) {
    float[] rounded = values.values().clone();
    // Brought to a spread of some thousand steps, whatever the column's unit.
    double largest = 0;
    for (float value : rounded) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < rounded.length; i++) {
      double scaled = rounded[i] / largest * 3000;
      rounded[i] =
          (float)
              (step == 0.1 || step == 0.01
                  ? Math.rint(scaled) / Math.rint(1 / step)
                  : Math.rint(scaled) * step);
    }
    return new ColumnValues.Floats(rounded);
  }

  /** How often it was right, saw nothing, or saw something else. */
  private static final class Counts {
    private long right;
    private long missed;
    private long wrong;

    void add(Quantization truth, Quantization found) {
      if (found.equals(truth)) {
        right++;
      } else if (found instanceof Quantization.None) {
        missed++;
      } else {
        wrong++;
      }
    }

    void print(PrintStream out, int size, String what) {
      out.printf("%d,%s,%d,%d,%d,%d%n", size, what, right + missed + wrong, right, missed, wrong);
    }
  }
}
