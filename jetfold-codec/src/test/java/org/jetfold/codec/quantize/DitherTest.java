package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dithered settings: the bound, the order and the special values under every phase. */
class DitherTest {
  /** Random values beside those around every power of two. */
  private static final int RANDOM = Boolean.getBoolean("jetfold.exhaustive") ? 4000 : 1000;

  private static final int[] PHASES = {0, 1, 101, 128, 255};
  private static final String[] SETTINGS = {
    "rel:0.25:dither",
    "rel:0.1:dither",
    "rel:0.01:dither",
    "rel:0.007364:dither",
    "rel:0.001:dither",
    "rel:0.00048828125:dither",
    "rel:0.0001:dither",
    "abs:1e-45:dither",
    "abs:3e-39:dither",
    "abs:0.001:dither",
    "abs:0.5:dither",
    "abs:0.75:dither",
    "abs:10:dither",
    "abs:1e30:dither",
    "abs:1e300:dither",
    "abs:4.9e-324:dither",
    "rel:0.25:dither:snap",
    "rel:0.009:dither:snap",
    "rel:0.0005:dither:snap",
    "rel:0.0001:dither:snap",
    "abs:0.001:dither:snap",
    "abs:0.75:dither:snap",
    "abs:1e30:dither:snap",
    "abs:1e-305:dither:snap",
    "abs:3e-39:dither:snap",
    "abs:4.9e-324:dither:snap"
  };

  /** What a test holds true, of values in the order of their ordinals. */
  private static void verify(String setting, ValueType type, long[] ordinals, List<Long> spikes) {
    Precision precision = Precision.parse(setting);
    Quantizer quantizer = Quantizer.of(precision, type);
    long infinity = quantizer.infinity();
    SegmentScale scale =
        quantizer.isDithered()
            ? new SegmentScale(spikes, true, -infinity, infinity - 1)
            : SegmentScale.undithered(spikes);
    SegmentQuantizer segment = quantizer.of(scale);
    int count = ordinals.length;
    ColumnValues values = ColumnValues.zeros(type, count);
    Ordinals.restore(ordinals, count, values, 0);
    for (int phase : PHASES) {
      byte[] phases = new byte[count];
      Arrays.fill(phases, (byte) phase);
      long[] symbols = new long[count];
      segment.quantize(values, 0, count, phases, 0, symbols);
      ColumnValues restored = ColumnValues.zeros(type, count);
      segment.restore(symbols, count, phases, 0, restored, 0);
      ErrorExtremes extremes = new ErrorExtremes();
      int violation =
          BoundCheck.of(precision, type).firstViolation(values, 0, restored, 0, count, extremes);
      long[] back = new long[count];
      Ordinals.copy(restored, 0, count, back);
      if (violation >= 0) {
        throw new AssertionError(
            "%s, phase %d: ordinal %d became %d"
                .formatted(setting, phase, ordinals[violation], back[violation]));
      }
      for (int i = 1; i < count; i++) {
        if (symbols[i] < symbols[i - 1] || back[i] < back[i - 1]) {
          throw new AssertionError(
              "%s, phase %d: the order changes at ordinal %d"
                  .formatted(setting, phase, ordinals[i]));
        }
      }
      long[] kept = spikes.stream().mapToLong(Long::longValue).toArray();
      for (int i = 0; i < count; i++) {
        if ((ordinals[i] == 0 || ordinals[i] == -1) && back[i] != ordinals[i]) {
          throw new AssertionError("%s: a zero became %d".formatted(setting, back[i]));
        }
        // A spike itself is neither below nor above what it became.
        for (long spike : kept) {
          if (Long.compare(back[i], spike) != Long.compare(ordinals[i], spike)) {
            throw new AssertionError("%s: %d passed a spike".formatted(setting, ordinals[i]));
          }
        }
      }
      long[] again = new long[count];
      segment.quantize(restored, 0, count, phases, 0, again);
      assertThat(again).isEqualTo(symbols);
    }
  }

  private static long[] sample(ValueType type, SplittableRandom random) {
    boolean isFloat32 = type == ValueType.FLOAT32;
    long largest = isFloat32 ? Integer.MAX_VALUE : Long.MAX_VALUE;
    int mantissa = isFloat32 ? 23 : 52;
    LongStream binades =
        LongStream.rangeClosed(0, largest >>> mantissa)
            .flatMap(binade -> LongStream.rangeClosed(-2, 2).map(i -> (binade << mantissa) + i));
    LongStream everywhere = LongStream.range(0, RANDOM).map(_ -> random.nextLong(largest));
    // Measurements: from a thousandth to a million.
    LongStream usual =
        LongStream.range(0, 4L * RANDOM)
            .map(_ -> {
              double value = Math.scalb(1 + random.nextDouble(), random.nextInt(-10, 20));
              return isFloat32 ? Ordinals.of((float) value) : Ordinals.of(value);
            });
    return LongStream.concat(LongStream.concat(binades, everywhere), usual)
        .map(magnitude -> Math.clamp(magnitude, 0, largest))
        .flatMap(magnitude -> LongStream.of(magnitude, ~magnitude))
        .sorted()
        .distinct()
        .toArray();
  }

  private static List<Long> spikes(ValueType type) {
    double[] values = {-999, -1, -0.1, 1.70408e-06, 1, 1.0000001, 5325.2};
    return Arrays.stream(values)
        .mapToObj(
            value -> type == ValueType.FLOAT32 ? Ordinals.of((float) value) : Ordinals.of(value))
        .toList();
  }

  private static long[] with(long[] ordinals, List<Long> spikes) {
    return LongStream.concat(
            Arrays.stream(ordinals),
            spikes.stream().flatMapToLong(spike -> LongStream.rangeClosed(spike - 2, spike + 2)))
        .sorted()
        .distinct()
        .toArray();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void boundOrderAndSpecialValuesHoldUnderEveryPhase(ValueType type) {
    long seed = new SplittableRandom().nextLong();
    long[] ordinals = sample(type, new SplittableRandom(seed));
    for (String setting : SETTINGS) {
      try {
        verify(setting, type, ordinals, List.of());
        verify(setting, type, with(ordinals, spikes(type)), spikes(type));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rel:0.01", "rel:1e-5", "abs:0.001", "abs:1e-40"})
  void spikesCutUnditheredGrids(String setting) {
    for (ValueType type : List.of(ValueType.FLOAT32, ValueType.FLOAT64)) {
      long[] ordinals = with(sample(type, new SplittableRandom(7)), spikes(type));
      // Under abs, small negative values have the symbol of +0, which is above that of −0.
      long[] ordered = Arrays.stream(ordinals).filter(ordinal -> ordinal != -1).toArray();
      verify(setting, type, ordered, spikes(type));
    }
  }

  @Test
  void symbolsOfAValueDifferByOneAtMostBetweenPhases() {
    for (ValueType type : List.of(ValueType.FLOAT32, ValueType.FLOAT64)) {
      long[] ordinals = sample(type, new SplittableRandom(8));
      for (String setting : SETTINGS) {
        Quantizer quantizer = Quantizer.of(Precision.parse(setting), type);
        if (!quantizer.isDithered()) {
          continue;
        }
        for (long ordinal : ordinals) {
          long none = quantizer.grid().symbolOf(ordinal, 0);
          for (int phase : PHASES) {
            long symbol = quantizer.grid().symbolOf(ordinal, phase);
            long difference =
                ordinal < 0 && setting.startsWith("rel") ? none - symbol : symbol - none;
            if (difference < 0 || difference > 1) {
              throw new AssertionError(
                  "%s, phase %d: the symbol of ordinal %d moves by %d"
                      .formatted(setting, phase, ordinal, difference));
            }
          }
        }
      }
    }
  }

  /** As many cells as the bound needs, but for bounds that no whole number of cells suits. */
  @ParameterizedTest
  @CsvSource({"0.01", "0.009", "0.004", "0.1", "0.0005", "0.007364", "0.25", "0.03"})
  void cellsAreAsFewAsTheBoundAllows(double bound) {
    int binades = RelativeCells.periodBinades(bound, FloatLayout.FLOAT32);
    double least = binades * Math.log(2) / Math.log((1 + bound) / (1 - bound));
    for (FloatLayout layout : List.of(FloatLayout.FLOAT32, FloatLayout.FLOAT64)) {
      if (RelativeCells.periodBinades(bound, layout) == binades) {
        assertThat((double) SubCells.of(bound, layout).cells())
            .isBetween(least, Math.ceil(least) + 1);
      }
    }
  }

  @Test
  void aTinyNegativeValueIsNotTakenAcrossABoundary() {
    // In doubles, −1e−20 + 128·2^x is 128·2^x, which with half a step added is a whole number.
    Quantizer quantizer = Quantizer.of(Precision.parse("abs:0.5:dither"), ValueType.FLOAT64);
    long symbol = quantizer.grid().symbolOf(Ordinals.of(-1e-20), 128);
    long zero = quantizer.grid().symbolOf(Ordinals.of(0.0), 128);
    assertThat(zero - symbol).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abs:0.01:dither", "rel:0.01:dither"})
  void restoredValuesStayInTheRangeOfTheSegment(String setting) {
    float[] values = {0.5f, 0.3f, 0.999f, 1, 1, 0.99991f, 0};
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT32);
    SegmentQuantizer segment =
        quantizer.of(
            new SegmentScale(
                List.of(Ordinals.of(1f)), true, Ordinals.of(0.3f), Ordinals.of(0.99991f)));
    for (int phase = 0; phase < 256; phase++) {
      byte[] phases = new byte[values.length];
      Arrays.fill(phases, (byte) phase);
      long[] symbols = new long[values.length];
      float[] restored = new float[values.length];
      segment.quantize(new ColumnValues.Floats(values), 0, values.length, phases, 0, symbols);
      segment.restore(symbols, values.length, phases, 0, new ColumnValues.Floats(restored), 0);
      assertThat(restored[1]).isGreaterThanOrEqualTo(0.3f);
      assertThat(restored[5]).isLessThanOrEqualTo(0.99991f);
      assertThat(restored[3]).isEqualTo(1);
      assertThat(restored[6]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bits:7:dither", "exact:dither", "rel:0.3:dither", "rel:0.01:dither:dither"})
  void whatCannotBeDitheredIsRefused(String setting) {
    assertThatThrownBy(() -> Precision.parse(setting)).hasMessageContaining("dither");
  }
}
