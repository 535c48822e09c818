package org.jetfold.codec.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Tables whose files are kept as the writer of each version makes them. */
final class GoldenTables {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.intBitsToFloat(0x7FC0_0000),
    Float.intBitsToFloat(0xFFC0_0001),
    Float.intBitsToFloat(0x7F80_0001),
    Float.intBitsToFloat(0xFFFF_FFFF),
    3.1415927f,
    1e-30f,
    -1e30f
  };

  private GoldenTables() {}

  /** All tables by their files' names. */
  static Map<String, Sample> all() {
    Map<String, Sample> all = new LinkedHashMap<>();
    all.put("empty-table", flat(0, "exact"));
    all.put("one-row", flat(1, "bits:3"));
    all.put("three-jets", threeJets());
    all.put("all-types", allTypes());
    for (String setting :
        List.of(
            "exact",
            "bits:7",
            "bits:23",
            "rel:0.004",
            "rel:1e-6",
            "abs:0.001",
            "abs:1e30",
            "step:0.01",
            "step:40",
            "rel:0.004:dither",
            "rel:1e-6:dither",
            "abs:0.001:dither",
            "abs:1e30:dither")) {
      all.put("special-floats-" + setting.replace(':', '-'), special(setting));
    }
    all.put("jets-bits", jets(4100, "bits:7"));
    all.put("jets-rel", jets(900, "rel:0.01"));
    all.put("jets-abs", jets(900, "abs:0.01"));
    all.put("jets-exact", jets(700, "exact"));
    all.put("jets-step", jets(900, "step:0.05"));
    all.put("decimals", decimals());
    all.put("jets-dithered-rel", jets(900, "rel:0.009:dither"));
    all.put("jets-dithered-abs", jets(900, "abs:0.01:dither"));
    for (String setting :
        List.of("bits:7", "rel:0.004", "step:0.7", "rel:0.009:dither", "abs:0.001:dither")) {
      all.put("spikes-" + setting.replace(':', '-'), spikes(setting));
    }
    all.put("nested-lists", nested("rel:0.1", "abs:0.5"));
    all.put("nested-lists-dithered", nested("rel:0.1:dither", "abs:0.5:dither"));
    all.put("nested-lists-dithered-rel", nested("abs:0.5:dither", "rel:0.001:dither"));
    all.put("scaled", scaled());
    all.put("jets-snapped-rel", jets(900, "rel:0.009:dither:snap"));
    all.put("jets-snapped-abs", jets(900, "abs:0.01:dither:snap"));
    all.put("special-floats-rel-snapped", special("rel:0.004:dither:snap"));
    all.put("special-floats-abs-snapped", special("abs:1e30:dither:snap"));
    all.put("spikes-abs-snapped", spikes("abs:0.5:dither:snap"));
    all.put("references", references());
    all.put("many-blocks", manyBlocks());
    return all;
  }

  private static Sample flat(int rows, String setting) {
    Numbers numbers = new Numbers(rows);
    float[] pt = new float[rows];
    for (int i = 0; i < rows; i++) {
      pt[i] = (float) (20 + 30 * numbers.exponential());
    }
    Schema schema = Schema.flat(List.of(new Column("pt", ValueType.FLOAT32)));
    return new Sample(
        new Table(schema, rows, List.of(), List.of(new ColumnValues.Floats(pt))),
        List.of(Precision.parse(setting)));
  }

  /** Three jets with four columns, as a file of a few hundred bytes. */
  static Sample threeJets() {
    Schema schema =
        Schema.flat(
            List.of("pt", "eta", "phi", "m").stream()
                .map(name -> new Column(name, ValueType.FLOAT32))
                .toList());
    float[][] values = {
      {412.7f, 88.25f, 31.5f}, {-1.2f, 0.4f, 2.1f}, {0.1f, 3.1f, -2.9f}, {35.2f, 9.7f, 5.5f}
    };
    List<ColumnValues> columns = new ArrayList<>();
    for (float[] column : values) {
      columns.add(new ColumnValues.Floats(column));
    }
    List<Precision> precisions =
        List.of("bits:7", "abs:0.001", "abs:0.001", "rel:0.01").stream()
            .map(Precision::parse)
            .toList();
    return new Sample(new Table(schema, 3, List.of(), columns), precisions);
  }

  private static Sample allTypes() {
    Numbers numbers = new Numbers(11);
    int rows = 60;
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      String unit = "unit of " + type.name();
      columns.add(new Column(type.name(), type, unit, false, type == ValueType.INT64));
      values.add(
          switch (type) {
            case FLOAT32 -> new ColumnValues.Floats(floats(rows, numbers));
            case FLOAT64 -> new ColumnValues.Doubles(doubles(rows, numbers));
            default -> new ColumnValues.Integers(integers(type, rows, numbers));
          });
      precisions.add(new Precision.Exact());
    }
    columns.add(new Column("holds integers", ValueType.FLOAT32, "", true, false));
    float[] whole = new float[rows];
    for (int i = 0; i < rows; i++) {
      whole[i] = numbers.below(7);
    }
    values.add(new ColumnValues.Floats(whole));
    precisions.add(new Precision.Exact());
    for (String setting : List.of("bits:30", "rel:1e-9", "abs:1e-300")) {
      columns.add(new Column(setting, ValueType.FLOAT64));
      values.add(new ColumnValues.Doubles(doubles(rows, numbers)));
      precisions.add(Precision.parse(setting));
    }
    return new Sample(new Table(Schema.flat(columns), rows, List.of(), values), precisions);
  }

  private static float[] floats(int count, Numbers numbers) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(numbers.bits());
    }
    return values;
  }

  private static double[] doubles(int count, Numbers numbers) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 3 == 0 ? Double.longBitsToDouble(numbers.longBits()) : numbers.bell();
    }
    return values;
  }

  private static long[] integers(ValueType type, int count, Numbers numbers) {
    long[] values = new long[count];
    long size = type.maximum() - type.minimum() + 1;
    for (int i = 0; i < count; i++) {
      long any = numbers.longBits();
      values[i] = size == 0 ? any : type.minimum() + Long.remainderUnsigned(any, size);
    }
    values[0] = type.minimum();
    values[1] = type.maximum();
    return values;
  }

  private static Sample special(String setting) {
    Numbers numbers = new Numbers(5);
    float[] values = new float[SPECIAL.length + 200];
    System.arraycopy(SPECIAL, 0, values, 0, SPECIAL.length);
    System.arraycopy(floats(200, numbers), 0, values, SPECIAL.length, 200);
    Schema schema = Schema.flat(List.of(new Column("x", ValueType.FLOAT32)));
    return new Sample(
        new Table(schema, values.length, List.of(), List.of(new ColumnValues.Floats(values))),
        List.of(Precision.parse(setting)));
  }

  /** Events with a weight and some jets each, with a spike, a discrete column and a constant. */
  static Sample jets(int events, String setting) {
    Numbers numbers = new Numbers(events);
    int[] offsets = new int[events + 1];
    for (int i = 0; i < events; i++) {
      offsets[i + 1] = offsets[i] + numbers.below(4);
    }
    int jets = offsets[events];
    float[] weight = new float[events];
    long[] run = new long[events];
    for (int i = 0; i < events; i++) {
      weight[i] = 1.5f;
      run[i] = 300_000L + i;
    }
    float[] pt = new float[jets];
    float[] eta = new float[jets];
    float[] tag = new float[jets];
    long[] flavour = new long[jets];
    for (int i = 0; i < jets; i++) {
      pt[i] = (float) (20 + 40 * numbers.exponential());
      eta[i] = (float) (1.5 * numbers.bell());
      tag[i] = numbers.below(3) == 0 ? -99f : (float) numbers.unit();
      flavour[i] = new long[] {0, 4, 5, 15}[numbers.below(4)];
    }
    Schema schema =
        Schema.events(
            List.of(
                new Column("weight", ValueType.FLOAT32),
                new Column("event", ValueType.UINT64, "", false, true)),
            "jets",
            List.of(
                new Column("pt", ValueType.FLOAT32, "GeV", false, false),
                new Column("eta", ValueType.FLOAT32),
                new Column("tag", ValueType.FLOAT32),
                new Column("flavour", ValueType.INT8)));
    Precision lossy = Precision.parse(setting);
    Precision exact = new Precision.Exact();
    List<ColumnValues> values =
        List.of(
            new ColumnValues.Floats(weight),
            new ColumnValues.Integers(run),
            new ColumnValues.Floats(pt),
            new ColumnValues.Floats(eta),
            new ColumnValues.Floats(tag),
            new ColumnValues.Integers(flavour));
    return new Sample(
        new Table(schema, events, List.of(offsets), values),
        List.of(exact, exact, lossy, lossy, lossy, exact));
  }

  /** Prices and temperatures of two and one decimals, and what tables have beside numbers. */
  private static Sample decimals() {
    Numbers numbers = new Numbers(21);
    int rows = 1500;
    double[] price = new double[rows];
    float[] celsius = new float[rows];
    for (int i = 0; i < rows; i++) {
      price[i] = numbers.below(10_000_000) / 100.0;
      celsius[i] = (float) ((numbers.below(600) - 300) / 10.0);
    }
    double[] other = {
      0,
      -0.0,
      Double.NaN,
      Math.PI,
      -1e300,
      Double.NEGATIVE_INFINITY,
      1e22,
      45_035_996_273_704.95,
      Double.longBitsToDouble(-1)
    };
    for (int i = 0; i < other.length; i++) {
      price[40 * i] = other[i];
      celsius[30 * i] = (float) other[i];
    }
    Schema schema =
        Schema.flat(
            List.of(
                new Column("price", ValueType.FLOAT64), new Column("celsius", ValueType.FLOAT32)));
    return new Sample(
        new Table(
            schema,
            rows,
            List.of(),
            List.of(new ColumnValues.Doubles(price), new ColumnValues.Floats(celsius))),
        List.of(Precision.exact(), Precision.exact()));
  }

  /** Jets whose pt is within a tenth of eta where that is above 0, and exact elsewhere. */
  private static Sample scaled() {
    Sample jets = jets(200, "rel:0.01");
    List<Precision> precisions = new ArrayList<>(jets.precisions());
    precisions.set(2, Precision.parse("abs:0.1*eta"));
    return new Sample(jets.table(), precisions);
  }

  /** Scores of a classifier and a mass with what stands for none, as float32 and float64. */
  private static Sample spikes(String setting) {
    Numbers numbers = new Numbers(12);
    int rows = 1500;
    float[] score = new float[rows];
    double[] mass = new double[rows];
    for (int i = 0; i < rows; i++) {
      int kind = numbers.below(8);
      score[i] = kind == 0 ? -1 : kind == 1 ? 0 : kind == 2 ? 1 : (float) numbers.unit();
      mass[i] = numbers.below(3) == 0 ? -999 : 91.1876 + 5 * numbers.bell();
    }
    Schema schema =
        Schema.flat(
            List.of(new Column("score", ValueType.FLOAT32), new Column("mass", ValueType.FLOAT64)));
    Precision precision = Precision.parse(setting);
    return new Sample(
        new Table(
            schema,
            rows,
            List.of(),
            List.of(new ColumnValues.Floats(score), new ColumnValues.Doubles(mass))),
        List.of(precision, precision));
  }

  private static Sample nested(String settingOfPt, String settingOfE) {
    Group energies = new Group("energies", List.of(new Column("e", ValueType.FLOAT64)), List.of());
    Group empty = new Group("empty", List.of(), List.of());
    Group jets =
        new Group("jets", List.of(new Column("pt", ValueType.FLOAT32)), List.of(energies, empty));
    Group muons = new Group("muons", List.of(new Column("charge", ValueType.INT8)), List.of());
    Schema schema =
        new Schema(new Group("", List.of(new Column("n", ValueType.UINT16)), List.of(jets, muons)));
    Numbers numbers = new Numbers(3);
    int[] jetOffsets = offsets(40, 4, numbers);
    int[] energyOffsets = offsets(jetOffsets[40], 6, numbers);
    int[] emptyOffsets = offsets(jetOffsets[40], 2, numbers);
    int[] muonOffsets = offsets(40, 2, numbers);
    long[] n = IntStream.range(0, 40).mapToLong(i -> i / 7).toArray();
    float[] pt = new float[jetOffsets[40]];
    for (int i = 0; i < pt.length; i++) {
      pt[i] = (float) (20 + 40 * numbers.exponential());
    }
    long[] charge = new long[muonOffsets[40]];
    for (int i = 0; i < charge.length; i++) {
      charge[i] = 2L * numbers.below(2) - 1;
    }
    double[] energy = new double[energyOffsets[energyOffsets.length - 1]];
    for (int i = 0; i < energy.length; i++) {
      energy[i] = numbers.bell();
    }
    return new Sample(
        new Table(
            schema,
            40,
            List.of(jetOffsets, energyOffsets, emptyOffsets, muonOffsets),
            List.of(
                new ColumnValues.Integers(n),
                new ColumnValues.Floats(pt),
                new ColumnValues.Doubles(energy),
                new ColumnValues.Integers(charge))),
        List.of(
            new Precision.Exact(),
            Precision.parse(settingOfPt),
            Precision.parse(settingOfE),
            new Precision.Exact()));
  }

  private static int[] offsets(int parents, int most, Numbers numbers) {
    int[] offsets = new int[parents + 1];
    for (int i = 0; i < parents; i++) {
      offsets[i + 1] = offsets[i] + numbers.below(most);
    }
    return offsets;
  }

  /** A column that counts up, and one that is almost another. */
  private static Sample references() {
    int rows = 3000;
    Numbers numbers = new Numbers(8);
    long[] event = new long[rows];
    float[] measured = new float[rows];
    float[] calibrated = new float[rows];
    for (int i = 0; i < rows; i++) {
      event[i] = 1_000_000_007L * 3 + 2L * i + numbers.below(2);
      measured[i] = Float.intBitsToFloat(0x4100_0000 + (numbers.bits() >>> 8));
      calibrated[i] = Float.intBitsToFloat(Float.floatToRawIntBits(measured[i]) + numbers.below(4));
    }
    Schema schema =
        Schema.flat(
            List.of(
                new Column("event", ValueType.INT64),
                new Column("measured", ValueType.FLOAT32),
                new Column("calibrated", ValueType.FLOAT32)));
    Precision exact = new Precision.Exact();
    return new Sample(
        new Table(
            schema,
            rows,
            List.of(),
            List.of(
                new ColumnValues.Integers(event),
                new ColumnValues.Floats(measured),
                new ColumnValues.Floats(calibrated))),
        List.of(exact, exact, exact));
  }

  /** Events in three blocks, whose jets are dithered. */
  static Sample ditheredBlocks() {
    Numbers numbers = new Numbers(13);
    int events = 30_000;
    int[] offsets = offsets(events, 6, numbers);
    float[] pt = new float[offsets[events]];
    double[] weight = new double[events];
    for (int i = 0; i < pt.length; i++) {
      pt[i] = numbers.below(20) == 0 ? (float) (20 + 40 * numbers.exponential()) : -1;
    }
    for (int i = 0; i < events; i++) {
      weight[i] = numbers.below(50) == 0 ? numbers.bell() : 1;
    }
    Schema schema =
        Schema.events(
            List.of(new Column("weight", ValueType.FLOAT64)),
            "jets",
            List.of(new Column("pt", ValueType.FLOAT32)));
    return new Sample(
        new Table(
            schema,
            events,
            List.of(offsets),
            List.of(new ColumnValues.Doubles(weight), new ColumnValues.Floats(pt))),
        List.of(Precision.parse("abs:0.1:dither"), Precision.parse("rel:0.1:dither")));
  }

  private static Sample manyBlocks() {
    int rows = 100_000;
    Numbers numbers = new Numbers(9);
    long[] digit = new long[rows];
    long[] constant = new long[rows];
    for (int i = 0; i < rows; i++) {
      digit[i] = numbers.below(4) == 0 ? numbers.below(3) : 9;
      constant[i] = 77;
    }
    Schema schema =
        Schema.flat(
            List.of(new Column("digit", ValueType.INT8), new Column("constant", ValueType.UINT8)));
    Precision exact = new Precision.Exact();
    return new Sample(
        new Table(
            schema,
            rows,
            List.of(),
            List.of(new ColumnValues.Integers(digit), new ColumnValues.Integers(constant))),
        List.of(exact, exact));
  }
}
