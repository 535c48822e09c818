package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exhaustive sweep finds planted faults, though it restores only one value a run of equal
 * symbols and checks only the first and last of its patterns.
 */
class ExhaustiveSweepTest {
  private static final int PHASE = 17;

  /** Two blocks from here on end at 1.00195. */
  private static final float ONE = 1;

  @ParameterizedTest
  @ValueSource(
      strings = {"exact", "bits:7", "rel:0.01", "abs:0.5", "rel:0.01:dither", "abs:0.001:dither"})
  void passesQuantizersWithoutFault(String setting) {
    ExhaustiveSweep.Coding coding = coding(setting);
    assertThat(ExhaustiveSweep.isMonotoneAtZero(coding)).isTrue();
    // Zeros and subnormals, ones, and the largest finite floats with infinities and NaNs.
    for (int first :
        new int[] {0, bits(ONE), bits(Float.POSITIVE_INFINITY) - ExhaustiveSweep.BLOCK}) {
      for (int sign : new int[] {0, Integer.MIN_VALUE}) {
        assertThat(swept(setting, coding, first | sign).isRight()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bits:7", "rel:0.01", "abs:0.001", "rel:0.01:dither", "abs:0.001:dither"})
  void findsOneSymbolThatIsRestoredBeyondTheBound(String setting) {
    long faulty = symbol(coding(setting), ONE);
    ExhaustiveSweep.Coding coding =
        new Faulty(setting) {
          @Override
          float restored(long symbol, boolean repeats, float value) {
            return symbol == faulty ? value * 1.02f : value;
          }
        };
    assertThat(swept(setting, coding, bits(ONE)).extremes().violations()).isPositive();
  }

  /** Restored right where each symbol stands once, and wrong inside a run of equal ones. */
  @ParameterizedTest
  @ValueSource(strings = {"bits:7", "rel:0.01", "abs:0.001", "rel:0.01:dither", "abs:0.001:dither"})
  void findsOneWrongValueInsideARun(String setting) {
    long faulty = symbol(coding(setting), ONE);
    for (float factor : new float[] {1.02f, Math.nextUp(1f)}) {
      ExhaustiveSweep.Coding coding =
          new Faulty(setting) {
            @Override
            float restored(long symbol, boolean repeats, float value) {
              return repeats && symbol == faulty ? value * factor : value;
            }
          };
      assertThat(swept(setting, coding, bits(ONE)).isRight()).as("factor %s", factor).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "bits:7", "rel:0.01", "abs:0.001", "rel:0.01:dither"})
  void findsOnePatternOutOfOrder(String setting) {
    float inside = Float.intBitsToFloat(bits(ONE) + 4_321);
    for (int change : new int[] {-1, 1}) {
      ExhaustiveSweep.Coding coding =
          new Faulty(setting) {
            @Override
            long symbol(float value, long found) {
              return value == inside ? found + 2L * change : found;
            }
          };
      assertThat(swept(setting, coding, bits(ONE)).monotone()).isFalse();
    }
  }

  /** Each block is in order, and the first pattern of the second one is below the block before. */
  @Test
  void findsBlocksOutOfOrder() {
    float second = Float.intBitsToFloat(bits(ONE) + ExhaustiveSweep.BLOCK);
    ExhaustiveSweep.Coding coding =
        new Faulty("exact") {
          @Override
          long symbol(float value, long found) {
            return value < second ? found + ExhaustiveSweep.BLOCK : found;
          }

          @Override
          float restored(long symbol, boolean repeats, float value) {
            return Float.intBitsToFloat(bits(value) - ExhaustiveSweep.BLOCK);
          }
        };
    assertThat(swept("exact", coding, bits(ONE)).monotone()).isFalse();
  }

  @Test
  void findsNegativeValuesAbovePositiveOnes() {
    ExhaustiveSweep.Coding coding =
        new Faulty("abs:0.5") {
          @Override
          long symbol(float value, long found) {
            return value < 0 ? found + 1 : found;
          }
        };
    assertThat(ExhaustiveSweep.isMonotoneAtZero(coding)).isFalse();
  }

  /**
   * Under {@code abs:0.5}, 1.5 may come back as 1 or 2, the next float above only as 2, and the one
   * below only as 1. Under {@code bits:1}, 1.25 comes back as 1.5, and what is below as 1.
   */
  @ParameterizedTest
  @ValueSource(strings = {"abs:0.5", "bits:1"})
  void findsOnePatternBeyondTheBoundAtTheEndOfARun(String setting) {
    float above = setting.startsWith("abs") ? 1.5f : 1.25f;
    long lower = symbol(coding(setting), Math.nextDown(above));
    long upper = symbol(coding(setting), Math.nextUp(above));
    assertThat(upper).isEqualTo(lower + 1);
    ExhaustiveSweep.Coding lastOfRun =
        new Faulty(setting) {
          @Override
          long symbol(float value, long found) {
            return value == above || value == Math.nextUp(above) ? lower : found;
          }
        };
    ExhaustiveSweep.Coding firstOfRun =
        new Faulty(setting) {
          @Override
          long symbol(float value, long found) {
            return value == Math.nextDown(above) ? upper : found;
          }
        };
    int before = bits(above) - ExhaustiveSweep.BLOCK / 2;
    for (ExhaustiveSweep.Coding coding : new ExhaustiveSweep.Coding[] {lastOfRun, firstOfRun}) {
      ExhaustiveSweep.Result result = swept(setting, coding, before);
      assertThat(result.monotone()).isTrue();
      assertThat(result.extremes().violations()).isPositive();
    }
  }

  /** Cells of a quarter whose points are moved into the next cell: within a bound of a half. */
  @Test
  void findsWhatChangesWhenItIsQuantizedAgain() {
    ExhaustiveSweep.Coding coding =
        new Faulty("abs:0.125") {
          @Override
          float restored(long symbol, boolean repeats, float value) {
            return value + 0.25f;
          }
        };
    ExhaustiveSweep.Result result = swept("abs:0.5", coding, bits(ONE));
    assertThat(result.extremes().violations()).isZero();
    assertThat(result.monotone()).isTrue();
    assertThat(result.idempotent()).isFalse();
  }

  private static ExhaustiveSweep.Coding coding(String setting) {
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT32);
    return ExhaustiveSweep.Coding.of(quantizer, quantizer.isDithered() ? PHASE : 0);
  }

  private static ExhaustiveSweep.Result swept(
      String setting, ExhaustiveSweep.Coding coding, int firstPattern) {
    return ExhaustiveSweep.sweepPart(
        Precision.parse(setting), coding, Integer.toUnsignedLong(firstPattern), 2);
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  private static long symbol(ExhaustiveSweep.Coding coding, float value) {
    long[] symbol = new long[1];
    coding.quantize(new ColumnValues.Floats(new float[] {value}), 1, symbol);
    return symbol[0];
  }

  /** A quantizer with a fault: as that of a setting, but for what a test changes. */
  private abstract static class Faulty implements ExhaustiveSweep.Coding {
    private final ExhaustiveSweep.Coding right;

    Faulty(String setting) {
      right = coding(setting);
    }

    long symbol(@SuppressWarnings("unused") float value, long found) {
      return found;
    }

    /** What comes back; {@code repeats} where the symbol before is the same. */
    @SuppressWarnings("unused")
    float restored(long symbol, boolean repeats, float value) {
      return value;
    }

    @Override
    public void quantize(ColumnValues values, int count, long[] symbols) {
      right.quantize(values, count, symbols);
      float[] floats = ((ColumnValues.Floats) values).values();
      for (int i = 0; i < count; i++) {
        symbols[i] = symbol(floats[i], symbols[i]);
      }
    }

    @Override
    public void restore(long[] symbols, int count, ColumnValues values) {
      right.restore(symbols, count, values);
      float[] floats = ((ColumnValues.Floats) values).values();
      for (int i = 0; i < count; i++) {
        floats[i] = restored(symbols[i], i > 0 && symbols[i] == symbols[i - 1], floats[i]);
      }
    }
  }
}
