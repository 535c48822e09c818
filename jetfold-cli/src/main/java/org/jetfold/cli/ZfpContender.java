package org.jetfold.cli;

import com.github.luben.zstd.Zstd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/**
 * zfp with a fixed accuracy, each column a one-dimensional array. What zfp cannot take (integers,
 * columns with NaN or infinities) is compressed without loss by zstd.
 *
 * @param tolerances for each column the largest absolute error; 0 for no loss
 */
record ZfpContender(ZfpLibrary library, String setting, List<Double> tolerances)
    implements Contender {
  @Override
  public String codec() {
    return "zfp";
  }

  @Override
  public Coded run(Table table) {
    long size = 0;
    double[] seconds = new double[2];
    int skipped = 0;
    List<ColumnValues> restored = new ArrayList<>();
    for (int column = 0; column < tolerances.size(); column++) {
      ValueType type = table.schema().columns().get(column).type();
      ColumnValues values = table.values(column);
      double tolerance = tolerances.get(column);
      if (tolerance > 0 && values.size() > 0 && isFinite(values)) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment memory = copied(values, arena);
          ZfpLibrary.Type own =
              type == ValueType.FLOAT32 ? ZfpLibrary.Type.FLOAT32 : ZfpLibrary.Type.FLOAT64;
          size += library.roundTrip(memory, own, values.size(), tolerance, seconds);
          restored.add(
              type == ValueType.FLOAT32
                  ? new ColumnValues.Floats(memory.toArray(ValueLayout.JAVA_FLOAT))
                  : new ColumnValues.Doubles(memory.toArray(ValueLayout.JAVA_DOUBLE)));
        }
      } else {
        skipped += tolerance > 0 ? 1 : 0;
        size += ZstdBaseline.size(values, type);
        restored.add(values);
      }
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < table.schema().groups().size(); group++) {
      offsets.add(table.offsets(group));
      size +=
          Zstd.compress(GeneralContender.lengths(table.offsets(group)), ZstdBaseline.LEVEL).length;
    }
    return new Coded(
        size,
        new Table(table.schema(), table.rootEntries(), offsets, restored),
        seconds[0],
        seconds[1],
        skipped == 0 ? "" : "%d columns with NaN or infinities by zstd".formatted(skipped));
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
