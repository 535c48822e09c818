package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value keeps its bound, and has no more bits than that takes. */
class ShortestFloatsTest {
  private static final int VALUES = 200_000;

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bits:7",
        "bits:1",
        "bits:23",
        "rel:0.004",
        "rel:0.9",
        "rel:1e-7",
        "rel:1e-300",
        "abs:0.001",
        "abs:1e30",
        "abs:1e-45",
        "abs:1e-300",
        "step:0.01",
        "step:250",
        "rel:0.01:dither"
      })
  void keepsEveryBound(String setting) {
    Precision precision = Precision.parse(setting);
    Random random = new Random(1);
    float[] floats = new float[VALUES];
    double[] doubles = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      // Any bits, and the magnitudes that tables have.
      floats[i] =
          i % 2 == 0
              ? Float.intBitsToFloat(random.nextInt())
              : (float) (random.nextGaussian() * 100);
      doubles[i] =
          i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian() * 100;
    }
    System.arraycopy(
        new float[] {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN},
        0,
        floats,
        0,
        6);
    System.arraycopy(
        new double[] {0, -0., Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN},
        0,
        doubles,
        0,
        6);
    check(precision, ValueType.FLOAT32, new ColumnValues.Floats(floats));
    check(precision, ValueType.FLOAT64, new ColumnValues.Doubles(doubles));
  }

  private static void check(Precision precision, ValueType type, ColumnValues values) {
    ColumnValues shortest = new ShortestFloats(precision, type).of(values);
    ErrorExtremes errors = new ErrorExtremes();
    BoundCheck check = BoundCheck.of(precision, type);
    assertThat(check.firstViolation(values, 0, shortest, 0, VALUES, errors)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.004, 0.01, 0.1})
  void relativeBoundsTakeAboutAsManyBitsAsTheySay(double bound) {
    Random random = new Random(2);
    float[] floats = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      floats[i] = (float) Math.exp(10 * random.nextDouble());
    }
    ColumnValues shortest =
        new ShortestFloats(new Precision.Relative(bound), ValueType.FLOAT32)
            .of(new ColumnValues.Floats(floats));
    int needed = (int) Math.ceil(-Math.log(bound) / Math.log(2)) - 1;
    int most = 0;
    long all = 0;
    for (float value : ((ColumnValues.Floats) shortest).values()) {
      int bits = 23 - Math.min(23, Integer.numberOfTrailingZeros(Float.floatToRawIntBits(value)));
      most = Math.max(most, bits);
      all += bits;
    }
    assertThat(most).isLessThanOrEqualTo(needed);
    assertThat((double) all / VALUES).isLessThan(needed - 0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rel:0.01", "abs:0.01"})
  void valuesThatRepeatStayAsTheyAre(String setting) {
    Random random = new Random(3);
    double[] doubles = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      doubles[i] = i % 10 == 0 ? -999.123 : random.nextGaussian();
    }
    ColumnValues shortest =
        new ShortestFloats(Precision.parse(setting), ValueType.FLOAT64)
            .of(new ColumnValues.Doubles(doubles));
    double[] after = ((ColumnValues.Doubles) shortest).values();
    for (int i = 0; i < VALUES; i += 10) {
      assertThat(after[i]).isEqualTo(-999.123);
    }
  }
}
