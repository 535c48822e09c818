package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with dithered columns and with spikes, whoever hands them which events when. */
class DitheredFilesTest {
  private static final double[] SENTINELS = {-999, -1, 0, 1};

  private static final String[] SETTINGS = {
    "bits:7",
    "rel:0.01",
    "rel:1e-5",
    "abs:0.02",
    "abs:0.3",
    "rel:0.009:dither",
    "rel:0.25:dither",
    "abs:0.02:dither",
    "abs:0.3:dither",
    "rel:0.01:dither:snap",
    "abs:0.3:dither:snap"
  };

  /** Events with a weight and jets, which have three values and constituents of their own. */
  private static final Schema SCHEMA =
      new Schema(
          new Group(
              "",
              List.of(new Column("weight", ValueType.FLOAT64)),
              List.of(
                  new Group(
                      "jets",
                      List.of(
                          new Column("pt", ValueType.FLOAT32),
                          new Column("score", ValueType.FLOAT32),
                          new Column("mass", ValueType.FLOAT64)),
                      List.of(
                          new Group(
                              "constituents",
                              List.of(new Column("eta", ValueType.FLOAT32)),
                              List.of()))))));

  private static Table table(long seed, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] jets = offsets(random, events);
    int[] constituents = offsets(random, jets[events]);
    int entries = constituents[jets[events]];
    return new Table(
        SCHEMA,
        events,
        List.of(jets, constituents),
        List.of(
            new ColumnValues.Doubles(values(random, events)),
            floats(values(random, jets[events])),
            floats(values(random, jets[events])),
            new ColumnValues.Doubles(values(random, jets[events])),
            floats(values(random, entries))));
  }

  private static int[] offsets(SplittableRandom random, int parents) {
    int[] offsets = new int[parents + 1];
    for (int i = 0; i < parents; i++) {
      offsets[i + 1] = offsets[i] + random.nextInt(5);
    }
    return offsets;
  }

  /** Measurements, of which many are sentinels. */
  private static double[] values(SplittableRandom random, int count) {
    double scale = Math.exp(3 * random.nextGaussian());
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> SENTINELS[random.nextInt(SENTINELS.length)];
            case 4 -> random.nextDouble();
            default -> scale * random.nextGaussian();
          };
    }
    return values;
  }

  private static ColumnValues floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new ColumnValues.Floats(floats);
  }

  private static double value(ColumnValues values, int i) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[i];
      case ColumnValues.Doubles(double[] doubles) -> doubles[i];
      case ColumnValues.Integers(long[] integers) -> integers[i];
    };
  }

  private static List<Precision> precisions(RandomCase any) {
    List<Precision> precisions = new ArrayList<>();
    for (int column = 0; column < SCHEMA.columns().size(); column++) {
      precisions.add(Precision.parse(any.oneOf(SETTINGS)));
    }
    return precisions;
  }

  private static Table restored(byte[] file) throws IOException {
    return Table.joined(JetfBytes.blocks(file));
  }

  private static void requireWithinBounds(Table table, List<Precision> precisions, Table restored) {
    for (int column = 0; column < precisions.size(); column++) {
      ColumnValues before = table.values(column);
      int violation =
          BoundCheck.of(precisions.get(column), table.schema().columns().get(column).type())
              .firstViolation(
                  before, 0, restored.values(column), 0, before.size(), new ErrorExtremes());
      assertThat(violation).as("column %d, %s", column, precisions.get(column)).isEqualTo(-1);
    }
  }

  @Tag("slow")
  @Test
  void theSameTableGivesTheSameBytes() {
    RandomCase.each(
        15,
        any -> {
          Table table = table(any.bits(), any.between(1, 300));
          List<Precision> precisions = precisions(any);
          Compression plan = Compression.of(SCHEMA, precisions).withSeed(any.bits());
          byte[] file = JetfBytes.of(new PiecedSource(table), plan, 1);
          for (int mostRows : new int[] {1, 7, 100}) {
            for (int threads : new int[] {1, 2}) {
              PiecedSource pieces = new PiecedSource(table, mostRows, any.bits());
              assertThat(JetfBytes.of(pieces, plan, threads)).isEqualTo(file);
            }
          }
          assertThat(Events.compressed(table, plan)).isEqualTo(file);
          JetfBytes.verify(file);
          RoundTripTest.checkAgainstReference(file);
          requireWithinBounds(table, precisions, restored(file));
        });
  }

  /** More than 2^23 values: several T frames, and many blocks. */
  @Tag("slow")
  @Test
  void theSameBytesAlsoOfManySegments() throws IOException {
    int rows = 140_000;
    SplittableRandom random = new SplittableRandom(1);
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    for (String setting : List.of("rel:0.2:dither", "abs:0.5:dither", "abs:0.1")) {
      columns.add(new Column(setting, ValueType.FLOAT32));
      values.add(floats(values(random, rows)));
      precisions.add(Precision.parse(setting));
    }
    ColumnValues zeros = ColumnValues.zeros(ValueType.UINT8, rows);
    for (int i = 0; i < 60; i++) {
      columns.add(new Column("zeros " + i, ValueType.UINT8));
      values.add(zeros);
      precisions.add(Precision.exact());
    }
    Table table = new Table(Schema.flat(columns), rows, List.of(), values);
    Compression plan = Compression.of(table.schema(), precisions).withSeed(5);
    byte[] file = JetfBytes.of(new PiecedSource(table), plan, 2);
    assertThat(JetfBytes.of(new PiecedSource(table, 50_000, 3), plan, 1)).isEqualTo(file);
    assertThat(Events.compressed(table, plan)).isEqualTo(file);
    requireWithinBounds(table, precisions, restored(file));
  }

  /** What all events have in common would come back alike if phases did not go on. */
  @Test
  void phasesGoOnFromBlockToBlock() throws IOException {
    int rows = 100_000;
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = 91.5 + (i % 32_768) * 1e-7;
    }
    Schema schema = Schema.flat(List.of(new Column("x", ValueType.FLOAT64)));
    Table table = new Table(schema, rows, List.of(), List.of(new ColumnValues.Doubles(values)));
    byte[] file = JetfBytes.of(table, List.of(Precision.parse("abs:0.001:dither")));
    List<long[]> blocks = new ArrayList<>();
    for (Table block : JetfBytes.blocks(file)) {
      blocks.add(Arrays.copyOf(TableBits.of(block.values(0)), 1000));
    }
    assertThat(blocks).hasSizeGreaterThan(2);
    for (int i = 1; i < blocks.size(); i++) {
      assertThat(blocks.get(i)).isNotEqualTo(blocks.getFirst());
    }
  }

  @Test
  void anotherSeedGivesOtherPhasesAndTheSameBound() {
    RandomCase.each(
        10,
        any -> {
          Table table = table(any.bits(), 300);
          Precision dithered =
              Precision.parse(any.oneOf("rel:0.009:dither", "abs:0.02:dither", "abs:0.3:dither"));
          List<Precision> precisions = Collections.nCopies(SCHEMA.columns().size(), dithered);
          long seed = any.bits();
          Compression plan = Compression.of(SCHEMA, precisions);
          Table one = restored(JetfBytes.of(new PiecedSource(table), plan.withSeed(seed), 1));
          Table other = restored(JetfBytes.of(new PiecedSource(table), plan.withSeed(seed + 1), 1));
          requireWithinBounds(table, precisions, one);
          requireWithinBounds(table, precisions, other);
          for (int column = 0; column < precisions.size(); column++) {
            assertThat(TableBits.of(one.values(column)))
                .isNotEqualTo(TableBits.of(other.values(column)));
          }
          assertThat(JetfBytes.of(new PiecedSource(table), plan.withSeed(0), 1))
              .isEqualTo(JetfBytes.of(table, precisions));
        });
  }

  @Test
  void theOrderWithinEachEventIsKept() {
    RandomCase.each(
        15,
        any -> {
          Table table = table(any.bits(), any.between(1, 300));
          Compression plan = Compression.of(SCHEMA, precisions(any)).withSeed(any.bits());
          Table restored = restored(JetfBytes.of(new PiecedSource(table), plan, 1));
          int[] jets = table.offsets(1);
          int[] constituents = table.offsets(2);
          for (int event = 0; event < table.rootEntries(); event++) {
            int from = jets[event];
            int to = jets[event + 1];
            for (int column : new int[] {1, 2, 3}) {
              requireOrder(table.values(column), restored.values(column), from, to);
            }
            requireOrder(table.values(4), restored.values(4), constituents[from], constituents[to]);
          }
        });
  }

  private static void requireOrder(ColumnValues before, ColumnValues after, int from, int to) {
    for (int i = from; i < to; i++) {
      for (int j = from; j < to; j++) {
        if (value(before, i) < value(before, j) && value(after, i) > value(after, j)) {
          throw new AssertionError(
              "%s before %s became %s and %s"
                  .formatted(value(before, i), value(before, j), value(after, i), value(after, j)));
        }
      }
    }
  }

  /** Nor does anything else become one, but where float truncation makes it one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bits:7",
        "bits:1",
        "rel:0.01",
        "rel:0.9",
        "rel:1e-40",
        "abs:0.02",
        "abs:3",
        "rel:0.009:dither",
        "rel:0.25:dither",
        "rel:1e-4:dither",
        "abs:0.02:dither",
        "abs:3:dither"
      })
  void sentinelsComeBackAsTheyWere(String setting) throws IOException {
    Precision precision = Precision.parse(setting);
    List<Precision> precisions = Collections.nCopies(SCHEMA.columns().size(), precision);
    Table table = table(setting.hashCode(), 1500);
    byte[] file = JetfBytes.of(table, precisions);
    RoundTripTest.checkAgainstReference(file);
    Table restored = restored(file);
    for (int column = 0; column < precisions.size(); column++) {
      ColumnValues before = table.values(column);
      ColumnValues after = restored.values(column);
      for (int i = 0; i < before.size(); i++) {
        for (double sentinel : SENTINELS) {
          boolean was = value(before, i) == sentinel;
          boolean is = value(after, i) == sentinel;
          // A small value may become 0 where this is no spike.
          boolean mayBecomeOne = precision instanceof Precision.Bits || sentinel == 0;
          if (was ? !is : is && !mayBecomeOne) {
            throw new AssertionError(
                "column %d, %s: %s became %s"
                    .formatted(column, setting, value(before, i), value(after, i)));
          }
        }
      }
    }
  }

  /** The last NaNs of float64 have the last symbols there are, and spikes take some more. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rel:1e-40", "rel:0.01", "bits:52", "abs:1e-320", "abs:0.3:dither", "bits:3"})
  void nansComeBackBesideSpikes(String setting) throws IOException {
    int rows = 400;
    double[] values = new double[rows];
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < rows; i++) {
      values[i] =
          switch (i % 8) {
            case 0 -> Double.longBitsToDouble(Long.MAX_VALUE - random.nextInt(8));
            case 1 -> Double.longBitsToDouble(-1 - random.nextInt(8));
            case 2 -> i % 16 == 2 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 3, 4 -> -998.9;
            case 5 -> i % 16 == 5 ? 0.0 : -0.0;
            default -> random.nextGaussian();
          };
    }
    Schema schema = Schema.flat(List.of(new Column("x", ValueType.FLOAT64)));
    ColumnValues before = new ColumnValues.Doubles(values);
    Table table = new Table(schema, rows, List.of(), List.of(before));
    byte[] file = JetfBytes.of(table, List.of(Precision.parse(setting)));
    RoundTripTest.checkAgainstReference(file);
    long[] bits = TableBits.of(before);
    long[] back = TableBits.of(restored(file).values(0));
    for (int i = 0; i < rows; i++) {
      if (i % 8 < 6) {
        assertThat(back[i]).as("%s became another", values[i]).isEqualTo(bits[i]);
      }
    }
  }
}
