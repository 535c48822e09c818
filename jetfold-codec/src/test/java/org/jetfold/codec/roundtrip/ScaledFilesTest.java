package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Columns whose bounds are shares of another column's values. */
class ScaledFilesTest {
  private static final double[] ODD = {
    Double.NaN, Double.NEGATIVE_INFINITY, 0, -0.0, 3.4028234e38, 1e-44, -1, 1e-310, 1e300
  };

  private static Table table(Random random, ValueType type, ValueType typeOfBound, int rows) {
    Schema schema = Schema.flat(List.of(new Column("pt", type), new Column("ptErr", typeOfBound)));
    ColumnValues pt = ColumnValues.zeros(type, rows);
    ColumnValues ptErr = ColumnValues.zeros(typeOfBound, rows);
    boolean special = random.nextBoolean();
    for (int i = 0; i < rows; i++) {
      double value = 300 * random.nextGaussian();
      double error = Math.exp(3 * random.nextGaussian());
      set(pt, i, special && random.nextInt(9) == 0 ? ODD[random.nextInt(ODD.length)] : value);
      set(ptErr, i, special && random.nextInt(9) == 0 ? ODD[random.nextInt(ODD.length)] : error);
      if (special && random.nextInt(4) == 0) {
        set(pt, i, -999.25);
      }
    }
    return new Table(schema, rows, List.of(), List.of(pt, ptErr));
  }

  private static void set(ColumnValues values, int index, double value) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[index] = (float) value;
      case ColumnValues.Doubles(double[] doubles) -> doubles[index] = value;
      case ColumnValues.Integers _ -> throw new IllegalStateException();
    }
  }

  private static double at(ColumnValues values, int index) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[index];
      case ColumnValues.Doubles(double[] doubles) -> doubles[index];
      case ColumnValues.Integers _ -> throw new IllegalStateException();
    };
  }

  @Test
  void everyValueIsWithinItsOwnBound() {
    RandomCase.each(
        60,
        any -> {
          Random random = new Random(any.bits());
          ValueType type = any.oneOf(ValueType.FLOAT32, ValueType.FLOAT64);
          ValueType typeOfBound = any.oneOf(ValueType.FLOAT32, ValueType.FLOAT64);
          Table table = table(random, type, typeOfBound, any.between(0, 400));
          double factor = any.oneOf(0.1, 0.5, 1.0, 3.0, 1e-6, 0x1p-3);
          String own = any.oneOf("exact", "rel:0.05", "bits:4", "abs:0.25:dither");
          List<Precision> precisions =
              List.of(new Precision.Scaled(factor, "ptErr"), Precision.parse(own));
          Compression plan = Compression.of(table.schema(), precisions);
          byte[] file = JetfBytes.of(new PiecedSource(table), plan, 2);
          assertThat(Events.compressed(table, plan)).isEqualTo(file);
          JetfBytes.verify(file);
          RoundTripTest.checkAgainstReference(file);
          try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
            Table restored = decompressor.readAll();
            for (int i = 0; i < table.rootEntries(); i++) {
              check(table, restored, i, factor);
            }
            assertThat(decompressor.check(TableSource.of(table), _ -> {}).passed()).isTrue();
            Projection alone = Projection.of(table.schema(), Set.of(0));
            assertThat(TableBits.of(joined(JetfBytes.blocks(decompressor, alone), type)))
                .isEqualTo(TableBits.of(restored.values(0)));
          }
        });
  }

  private static ColumnValues joined(List<Table> blocks, ValueType type) {
    return ColumnValues.joined(type, blocks.stream().map(block -> block.values(0)).toList());
  }

  private static void check(Table table, Table restored, int row, double factor) {
    double before = at(table.values(0), row);
    double after = at(restored.values(0), row);
    for (Table each : List.of(table, restored)) {
      double bound = at(each.values(1), row);
      if (Double.isFinite(before) && before != 0 && Double.isFinite(bound) && bound > 0) {
        BigDecimal error = new BigDecimal(after).subtract(new BigDecimal(before)).abs();
        BigDecimal allowed = new BigDecimal(factor).multiply(new BigDecimal(bound));
        assertThat(error).as("row %d: %s, %s", row, before, after).isLessThanOrEqualTo(allowed);
      } else {
        assertThat(Double.doubleToRawLongBits(after)).isEqualTo(Double.doubleToRawLongBits(before));
      }
    }
  }

  /** Coarse bounds pay: what is below them is not stored. */
  @Test
  void widerBoundsTakeFewerBytes() throws IOException {
    Table table = table(new Random(3), ValueType.FLOAT32, ValueType.FLOAT32, 20_000);
    for (int i = 0; i < 20_000; i++) {
      set(table.values(1), i, 0.5 * Math.sqrt(Math.abs(at(table.values(0), i))));
    }
    int last = Integer.MAX_VALUE;
    for (double factor : new double[] {0.01, 0.1, 1}) {
      List<Precision> precisions =
          List.of(new Precision.Scaled(factor, "ptErr"), Precision.parse("rel:0.01"));
      int bytes = JetfBytes.of(table, precisions).length;
      assertThat(bytes).isLessThan(last - 2 * 20_000 / 8);
      last = bytes;
    }
  }

  @Test
  void sentinelsStay() throws IOException {
    Table table = table(new Random(11), ValueType.FLOAT32, ValueType.FLOAT32, 3000);
    float[] pt = ((ColumnValues.Floats) table.values(0)).values();
    for (int i = 0; i < pt.length; i += 5) {
      pt[i] = -998.7f;
    }
    byte[] file =
        JetfBytes.of(table, List.of(new Precision.Scaled(3, "ptErr"), Precision.parse("rel:0.01")));
    float[] restored = ((ColumnValues.Floats) JetfBytes.blocks(file).getFirst().values(0)).values();
    for (int i = 0; i < pt.length; i += 5) {
      assertThat(restored[i]).isEqualTo(-998.7f);
    }
  }

  @Test
  void aBoundThatIsBrokenIsFound() throws IOException {
    Table table = table(new Random(1), ValueType.FLOAT32, ValueType.FLOAT32, 50);
    ColumnValues wrong = table.values(0).slice(0, 50);
    set(wrong, 7, at(wrong, 7) + 1.5 * at(table.values(1), 7));
    Table other = new Table(table.schema(), 50, List.of(), List.of(wrong, table.values(1)));
    PrecisionCheck check =
        PrecisionCheck.of(
            TableSource.of(table),
            TableSource.of(other),
            List.of(new Precision.Scaled(1, "ptErr"), Precision.exact()),
            _ -> {});
    assertThat(check.passed()).isFalse();
    assertThat(check.violations().getFirst().violations()).isEqualTo(1);
    assertThat(check.violations().getFirst().firstViolation().entry()).isEqualTo(7);
  }

  @Test
  void whatCannotBeABoundIsRefused() {
    Schema schema =
        Schema.events(
            List.of(new Column("weight", ValueType.FLOAT32)),
            "jets",
            List.of(
                new Column("pt", ValueType.FLOAT32),
                new Column("ptErr", ValueType.FLOAT32),
                new Column("n", ValueType.INT32)));
    assertThat(PrecisionRules.parse("pt=abs: 0.1 * jets.ptErr").resolve(schema).columns().get(1))
        .isEqualTo(new Precision.Scaled(0.1, "ptErr"))
        .hasToString("abs:0.1*ptErr");
    refused(schema, "pt=abs:0.1*ptEr", "its collection has no column ptEr", "ptErr");
    refused(schema, "pt=abs:0.1*weight", "its collection has no column weight");
    refused(schema, "pt=abs:0.1*pt", "must be another float column");
    refused(schema, "pt=abs:0.1*n", "must be another float column");
    refused(schema, "pt=abs:0.1*ptErr,ptErr=abs:0.1*pt", "give it a bound of its own");
    refused(schema, "pt=abs:0*ptErr", "finite factor above 0");
    refused(schema, "pt=abs:x*ptErr", "a number above 0");
    refused(schema, "pt=abs:0.1*", "the column's name");
    refused(schema, "pt=abs:0.1*ptErr:dither", "cannot be dithered");
    refused(schema, "n=abs:0.1*ptErr", "always exact");
  }

  private static void refused(Schema schema, String rules, String... parts) {
    assertThatThrownBy(() -> PrecisionRules.parse(rules).resolve(schema))
        .as(rules)
        .isInstanceOf(PrecisionException.class)
        .hasMessageContainingAll(parts);
  }
}
