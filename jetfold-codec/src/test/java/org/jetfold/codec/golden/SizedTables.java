package org.jetfold.codec.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Tables that never change, whose compressed sizes are kept. */
final class SizedTables {
  private static final int ROWS = 100_000;

  private SizedTables() {}

  static Map<String, Sample> all() {
    Map<String, Sample> all = new LinkedHashMap<>();
    Numbers numbers = new Numbers(2026);
    for (String setting :
        List.of(
            "exact",
            "bits:7",
            "bits:12",
            "bits:20",
            "rel:0.004",
            "rel:1e-6",
            "abs:0.001",
            "rel:0.004:dither",
            "abs:0.001:dither")) {
      String name = setting.replace(':', '-');
      Numbers falling = new Numbers(1);
      all.put("falling-" + name, floats(setting, i -> 20 + 40 * falling.exponential()));
      Numbers round = new Numbers(2);
      all.put("round-" + name, floats(setting, i -> 1.5 * round.bell()));
      Numbers spiky = new Numbers(3);
      all.put(
          "spiky-" + name,
          floats(setting, i -> spiky.below(3) == 0 ? -99 : spiky.unit() * spiky.unit()));
    }
    all.put("digits", integers(i -> numbers.below(10)));
    all.put("bytes-of-noise", integers(i -> numbers.below(256)));
    all.put("powers", integers(i -> 1L << numbers.below(30)));
    all.put("constant", integers(i -> 42));
    all.put("counter", integers(i -> 1_000_000 + i));
    all.put("event-numbers", integers(i -> 5L * i + numbers.below(5)));
    all.put("noise-of-64-bits", integers(i -> numbers.longBits()));
    all.put("events", events());
    return all;
  }

  private static Sample floats(String setting, IntToDoubleFunction value) {
    float[] values = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    Schema schema = Schema.flat(List.of(new Column("x", ValueType.FLOAT32)));
    return new Sample(
        new Table(schema, ROWS, List.of(), List.of(new ColumnValues.Floats(values))),
        List.of(Precision.parse(setting)));
  }

  private static Sample integers(IntToLongFunction value) {
    long[] values = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = value.applyAsLong(i);
    }
    Schema schema = Schema.flat(List.of(new Column("n", ValueType.INT64)));
    return new Sample(
        new Table(schema, ROWS, List.of(), List.of(new ColumnValues.Integers(values))),
        List.of(new Precision.Exact()));
  }

  /** Jets of events, four floats each, as a trigger keeps them. */
  private static Sample events() {
    Numbers numbers = new Numbers(7);
    int events = ROWS / 2;
    int[] offsets = new int[events + 1];
    for (int i = 0; i < events; i++) {
      offsets[i + 1] = offsets[i] + (int) (2.5 * numbers.exponential());
    }
    int jets = offsets[events];
    float[][] columns = new float[4][jets];
    for (int i = 0; i < jets; i++) {
      double pt = 20 + 40 * numbers.exponential();
      columns[0][i] = (float) pt;
      columns[1][i] = (float) (1.5 * numbers.bell());
      columns[2][i] = (float) (6.283185307 * (numbers.unit() - 0.5));
      columns[3][i] = (float) (pt * (0.1 + 0.05 * numbers.unit()));
    }
    List<ColumnValues> values = new ArrayList<>();
    List<Column> described = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    for (int column = 0; column < 4; column++) {
      described.add(new Column("x" + column, ValueType.FLOAT32));
      values.add(new ColumnValues.Floats(columns[column]));
      precisions.add(new Precision.Bits(7));
    }
    Schema schema = Schema.events(List.of(), "jets", described);
    return new Sample(new Table(schema, events, List.of(offsets), values), precisions);
  }
}
