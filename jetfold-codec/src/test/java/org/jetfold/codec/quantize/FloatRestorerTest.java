package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are looked up are those that are computed. */
class FloatRestorerTest {
  private static final int COUNT = 20_000;

  /** Symbols around one of a few, so that they are on few pages. */
  private static final int REACH = 500;

  private static SegmentQuantizer quantizer(String setting) {
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT32);
    List<Long> spikes =
        List.of(Ordinals.of(-3f), Ordinals.of(0.25f), Ordinals.of(7f), Ordinals.of(7f) + 1);
    return quantizer.of(
        quantizer.isDithered()
            ? new SegmentScale(spikes, true, Ordinals.of(-1e30f), Ordinals.of(1e9f))
            : SegmentScale.undithered(spikes));
  }

  private static byte[] phases(SplittableRandom random) {
    byte[] phases = new byte[COUNT];
    random.nextBytes(phases);
    return phases;
  }

  /** What is computed; null where no value has the symbol. */
  private static Integer bitsOf(SegmentQuantizer quantizer, int symbol, byte phase) {
    float[] value = new float[1];
    try {
      quantizer.restore(
          new long[] {symbol}, 1, new byte[] {phase}, 0, new ColumnValues.Floats(value), 0);
    } catch (InvalidSymbolException e) {
      return null;
    }
    return Float.floatToRawIntBits(value[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exact",
        "bits:1",
        "bits:7",
        "rel:0.1",
        "rel:0.004",
        "rel:0.0001",
        "abs:0.01",
        "abs:1e30",
        "abs:1e-44",
        "rel:0.25:dither",
        "rel:0.004:dither",
        "rel:0.0001:dither",
        "abs:0.01:dither",
        "abs:10:dither",
        "abs:1e30:dither",
        "abs:1e300:dither",
        "abs:3e-39:dither"
      })
  void valuesAreThoseThatAreComputed(String setting) {
    SplittableRandom random = new SplittableRandom(setting.hashCode());
    SegmentQuantizer quantizer = quantizer(setting);
    byte[] phases = phases(random);
    long[] centres =
        Arrays.stream(new float[][] {{-3}, {0.25f}, {7}, {0}, {1e-38f}, {Float.MAX_VALUE}})
            .mapToLong(value -> quantizer.symbolOf(Ordinals.of(value[0]), 0))
            .toArray();
    int[] symbols = new int[COUNT];
    int[] expected = new int[COUNT];
    for (int i = 0; i < COUNT; ) {
      long symbol = centres[random.nextInt(centres.length)] + random.nextInt(-REACH, REACH);
      Integer bits = symbol == (int) symbol ? bitsOf(quantizer, (int) symbol, phases[i]) : null;
      if (bits != null) {
        symbols[i] = (int) symbol;
        expected[i++] = bits;
      }
    }
    FloatRestorer restorer = new FloatRestorer(quantizer);
    // Twice: with pages that are made, and with those that are there.
    for (int time = 0; time < 2; time++) {
      float[] values = new float[COUNT];
      assertThat(restorer.restore(symbols, COUNT, phases, values)).isTrue();
      int[] bits = new int[COUNT];
      new BitPatterns(COUNT).copy(values, 0, bits, 0, COUNT);
      assertThat(bits).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rel:0.004", "abs:0.01", "rel:0.004:dither", "abs:0.01:dither"})
  void symbolsOfNoValueAreLeftToBeRefused(String setting) {
    SegmentQuantizer quantizer = quantizer(setting);
    byte[] phases = phases(new SplittableRandom(1));
    int first = (int) quantizer.symbolOf(Ordinals.of(7f), 0);
    int between = first;
    while (bitsOf(quantizer, between, (byte) 0) != null) {
      between++;
    }
    // Between two spikes that are neighbours there is no float.
    assertThat(between).isLessThanOrEqualTo(first + 3);
    int[] symbols = new int[COUNT];
    Arrays.fill(symbols, first);
    FloatRestorer restorer = new FloatRestorer(quantizer);
    assertThat(restorer.restore(symbols, COUNT, phases, new float[COUNT])).isTrue();
    symbols[COUNT / 2] = between;
    assertThat(restorer.restore(symbols, COUNT, phases, new float[COUNT])).isFalse();
    symbols[COUNT / 2] = Integer.MAX_VALUE;
    assertThat(restorer.restore(symbols, COUNT, phases, new float[COUNT])).isFalse();
  }

  @Test
  void symbolsOnManyPagesAreLeft() {
    int[] symbols = new int[COUNT];
    Arrays.setAll(symbols, i -> i * 1000);
    FloatRestorer restorer = new FloatRestorer(quantizer("exact"));
    assertThat(restorer.restore(symbols, COUNT, new byte[0], new float[COUNT])).isFalse();
  }

  @Test
  void snappedValuesAreLeft() {
    byte[] phases = phases(new SplittableRandom(1));
    FloatRestorer restorer = new FloatRestorer(quantizer("rel:0.009:dither:snap"));
    assertThat(restorer.restore(new int[COUNT], COUNT, phases, new float[COUNT])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bits:7", "rel:0.004", "abs:0.01:dither"})
  void translatedSymbolsAreThoseThatAreComputed(String setting) {
    SplittableRandom random = new SplittableRandom(7);
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT32);
    SegmentQuantizer from = quantizer.of(SegmentScale.undithered(List.of(Ordinals.of(2f))));
    SegmentQuantizer to =
        quantizer.of(SegmentScale.undithered(List.of(Ordinals.of(-1f), Ordinals.of(1.5f))));
    int[] symbols = new int[COUNT];
    long[] wide = new long[COUNT];
    long[] centres = {from.symbolOf(Ordinals.of(2f), 0), from.symbolOf(Ordinals.of(-1f), 0), 0};
    for (int i = 0; i < COUNT; i++) {
      wide[i] = centres[random.nextInt(centres.length)] + random.nextInt(-REACH, REACH);
      symbols[i] = (int) wide[i];
    }
    int[] translated = new int[COUNT];
    assertThat(new IntTranslation(from, to).translate(symbols, COUNT, translated)).isTrue();
    assertThat(Arrays.stream(translated).asLongStream().toArray())
        .isEqualTo(from.inSymbolsOf(to, wide));
  }
}
