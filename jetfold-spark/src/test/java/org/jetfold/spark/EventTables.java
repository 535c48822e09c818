package org.jetfold.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;

/** Tables of events with values of all types, lists, and lists within objects. */
public final class EventTables {
  /** Events with a number, a weight, jets with constituents, and muons. */
  public static final Schema SCHEMA =
      new Schema(
          new Group(
              "",
              List.of(
                  new Column("number", ValueType.UINT64),
                  new Column("weight", ValueType.FLOAT64),
                  new Column("passed", ValueType.BOOL)),
              List.of(
                  new Group(
                      "jets",
                      List.of(
                          new Column("pt", ValueType.FLOAT32, "GeV", false, false),
                          new Column("eta", ValueType.FLOAT32),
                          new Column("flags", ValueType.UINT8)),
                      List.of(
                          new Group(
                              "constituents",
                              List.of(new Column("e", ValueType.FLOAT32)),
                              List.of()))),
                  new Group("muons", List.of(new Column("pt", ValueType.FLOAT32)), List.of()))));

  private EventTables() {}

  /**
   * Some events.
   *
   * @param first the number of the first
   */
  public static Table table(long seed, long first, int events) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] jets = offsets(random, events, 6);
    int[] constituents = offsets(random, jets[events], 3);
    int[] muons = offsets(random, events, 2);
    long[] numbers = new long[events];
    long[] passed = new long[events];
    double[] weights = new double[events];
    for (int event = 0; event < events; event++) {
      numbers[event] = first + event;
      passed[event] = random.nextInt(2);
      weights[event] = random.nextGaussian();
    }
    long[] flags = new long[jets[events]];
    for (int jet = 0; jet < flags.length; jet++) {
      flags[jet] = random.nextInt(256);
    }
    List<ColumnValues> columns = new ArrayList<>();
    columns.add(new ColumnValues.Integers(numbers));
    columns.add(new ColumnValues.Doubles(weights));
    columns.add(new ColumnValues.Integers(passed));
    columns.add(floats(random, jets[events], 20));
    columns.add(floats(random, jets[events], 0));
    columns.add(new ColumnValues.Integers(flags));
    columns.add(floats(random, constituents[jets[events]], 1));
    columns.add(floats(random, muons[events], 5));
    return new Table(SCHEMA, events, List.of(jets, constituents, muons), columns);
  }

  private static int[] offsets(RandomGenerator random, int lists, int longest) {
    int[] offsets = new int[lists + 1];
    for (int i = 0; i < lists; i++) {
      offsets[i + 1] = offsets[i] + random.nextInt(longest + 1);
    }
    return offsets;
  }

  private static ColumnValues floats(RandomGenerator random, int count, float least) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] =
          random.nextInt(500) == 0
              ? Float.NaN
              : least > 0
                  ? (float) (least * Math.exp(random.nextExponential()))
                  : (float) random.nextGaussian();
    }
    return new ColumnValues.Floats(floats);
  }

  /** Compresses a table to a file. */
  public static Path write(Table table, String precision, Path file) throws IOException {
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(
          TableSource.of(table),
          Compression.of(table.schema(), PrecisionRules.parse(precision)),
          file);
    }
    return file;
  }
}
