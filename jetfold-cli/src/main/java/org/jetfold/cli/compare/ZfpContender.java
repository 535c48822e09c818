package org.jetfold.cli.compare;

import com.github.luben.zstd.Zstd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/**
 * zfp with a fixed accuracy, each column a one-dimensional array. What zfp cannot take (integers,
 * columns with NaN or infinities) is compressed without loss by zstd.
 *
 * @param tolerances for each column the largest absolute error; 0 for no loss
 * @param note what a reader must know of the tolerances; may be empty
 */
record ZfpContender(ZfpLibrary library, String setting, List<Double> tolerances, String note)
    implements Contender {
  /** More than from the largest float to the smallest. */
  private static final int MAX_HALVINGS = 320;

  /**
   * zfp with the largest tolerances that keep every value of a column within its setting. An
   * absolute bound is the tolerance. For the others it is looked for: zfp rounds tolerances down to
   * powers of two, so these are all. Where a setting allows no loss of some value, as a relative
   * one of zeros, none may be small enough; such a column is compressed without loss.
   *
   * @param asked a setting for each column
   */
  static ZfpContender matching(
      ZfpLibrary library, String setting, Table table, List<Precision> asked) {
    List<Double> tolerances = new ArrayList<>();
    int unmatched = 0;
    for (int column = 0; column < asked.size(); column++) {
      ColumnValues values = table.values(column);
      ValueType type = table.schema().columns().get(column).type();
      double found = 0;
      if (asked.get(column).isLossy() && values.size() > 0 && isFinite(values)) {
        found = tolerance(library, values, type, asked.get(column));
        unmatched += found == 0 ? 1 : 0;
      }
      tolerances.add(found);
    }
    return new ZfpContender(
        library,
        setting,
        tolerances,
        unmatched == 0
            ? ""
            : "%d columns by zstd: no tolerance keeps their setting".formatted(unmatched));
  }

  private static double tolerance(
      ZfpLibrary library, ColumnValues values, ValueType type, Precision asked) {
    if (asked.promise() instanceof Precision.Absolute(double bound)
        && keeps(values, restored(library, values, type, bound).values(), bound)) {
      return bound;
    }
    double bound =
        switch (asked.promise()) {
          case Precision.Bits(int bits) -> Math.scalb(1.0, -bits - 1);
          case Precision.Relative(double relative) -> relative;
          default -> Double.NaN;
        };
    double largest = 0;
    for (double value : Doubles.of(values)) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (Double.isNaN(bound) || largest == 0) {
      return 0;
    }
    double tolerance = Math.scalb(1.0, Math.getExponent(bound * largest) + 1);
    for (int halved = 0; halved < MAX_HALVINGS && tolerance > Double.MIN_NORMAL; halved++) {
      if (keepsRelative(values, restored(library, values, type, tolerance).values(), bound)) {
        return tolerance;
      }
      tolerance /= 2;
    }
    return 0;
  }

  private static boolean keeps(ColumnValues original, ColumnValues restored, double bound) {
    double[] before = Doubles.of(original);
    double[] after = Doubles.of(restored);
    for (int i = 0; i < before.length; i++) {
      double error = after[i] - before[i];
      if (!(Math.abs(error) <= bound)) {
        return false;
      }
    }
    return true;
  }

  private static boolean keepsRelative(ColumnValues original, ColumnValues restored, double bound) {
    double[] before = Doubles.of(original);
    double[] after = Doubles.of(restored);
    for (int i = 0; i < before.length; i++) {
      double was = before[i];
      if (!(Math.abs(after[i] - was) <= bound * Math.abs(was))) {
        return false;
      }
    }
    return true;
  }

  /** A column after zfp, and what it takes. */
  private record Restored(ColumnValues values, long bytes) {}

  private static Restored restored(
      ZfpLibrary library, ColumnValues values, ValueType type, double tolerance) {
    return restored(library, values, type, tolerance, new ProcessorTime(0), new ProcessorTime(0));
  }

  private static Restored restored(
      ZfpLibrary library,
      ColumnValues values,
      ValueType type,
      double tolerance,
      ProcessorTime encoding,
      ProcessorTime decoding) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = copied(values, arena);
      boolean single = type == ValueType.FLOAT32;
      ZfpLibrary.Type own = single ? ZfpLibrary.Type.FLOAT32 : ZfpLibrary.Type.FLOAT64;
      long bytes = library.roundTrip(memory, own, values.size(), tolerance, encoding, decoding);
      return new Restored(
          single
              ? new ColumnValues.Floats(memory.toArray(ValueLayout.JAVA_FLOAT))
              : new ColumnValues.Doubles(memory.toArray(ValueLayout.JAVA_DOUBLE)),
          bytes);
    }
  }

  @Override
  public String codec() {
    return "zfp";
  }

  @Override
  public Coded run(Table table, double enough) {
    long size = 0;
    long timed = 0;
    int skipped = 0;
    List<ColumnValues> restored = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    for (int column = 0; column < tolerances.size(); column++) {
      ValueType type = table.schema().columns().get(column).type();
      ColumnValues values = table.values(column);
      double tolerance = tolerances.get(column);
      restored.add(values);
      if (tolerance > 0 && values.size() > 0 && isFinite(values)) {
        taken.add(column);
        timed += (long) values.size() * type.bytes();
      } else {
        skipped += tolerance > 0 ? 1 : 0;
        size += ZstdBaseline.size(values, type);
      }
    }
    ProcessorTime encoding = new ProcessorTime(enough);
    ProcessorTime decoding = new ProcessorTime(enough);
    long own;
    boolean more;
    do {
      own = 0;
      for (int column : taken) {
        ValueType type = table.schema().columns().get(column).type();
        Restored coded =
            restored(
                library, table.values(column), type, tolerances.get(column), encoding, decoding);
        own += coded.bytes();
        restored.set(column, coded.values());
      }
      more = encoding.another();
      more |= decoding.another();
    } while (more);
    size += own;
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < table.schema().groups().size(); group++) {
      offsets.add(table.offsets(group));
      size +=
          Zstd.compress(GeneralContender.lengths(table.offsets(group)), ZstdBaseline.LEVEL).length;
    }
    return new Coded(
        size,
        new Table(table.schema(), table.rootEntries(), offsets, restored),
        timed,
        encoding.seconds(),
        decoding.seconds(),
        skipped == 0 ? note : "%d columns with NaN or infinities by zstd".formatted(skipped));
  }

  private static MemorySegment copied(ColumnValues values, Arena arena) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) ->
          arena.allocateFrom(ValueLayout.JAVA_FLOAT, floats);
      case ColumnValues.Doubles(double[] doubles) ->
          arena.allocateFrom(ValueLayout.JAVA_DOUBLE, doubles);
      case ColumnValues.Integers _ -> throw new IllegalArgumentException("zfp is for floats");
    };
  }

  private static boolean isFinite(ColumnValues values) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (float value : floats) {
          if (!Float.isFinite(value)) {
            yield false;
          }
        }
        yield true;
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (double value : doubles) {
          if (!Double.isFinite(value)) {
            yield false;
          }
        }
        yield true;
      }
      case ColumnValues.Integers _ -> false;
    };
  }
}
