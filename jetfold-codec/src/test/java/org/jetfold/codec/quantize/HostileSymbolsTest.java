package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Symbols from a damaged file give a value or an exception that says where, and nothing else. */
class HostileSymbolsTest {
  private static final int BEHIND = 1500;

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void areRefused(ValueType type) {
    List<String> settings =
        !type.isFloat()
            ? List.of("exact")
            : type == ValueType.FLOAT32 ? Settings.float32() : Settings.float64();
    Random random = new Random(7);
    for (String setting : settings) {
      Quantizer quantizer = Quantizer.of(Precision.parse(setting), type);
      for (long symbol : candidates(quantizer, random)) {
        // Behind good symbols of an earlier chunk, so that the place is counted right.
        long[] symbols = new long[BEHIND + 1];
        symbols[BEHIND] = symbol;
        ColumnValues values = ColumnValues.zeros(type, BEHIND + 1);
        if (symbol < quantizer.smallestSymbol() || symbol > quantizer.largestSymbol()) {
          assertThatExceptionOfType(InvalidSymbolException.class)
              .isThrownBy(() -> quantizer.restore(symbols, BEHIND + 1, values, 0))
              .satisfies(failure -> assertThat(failure.index()).isEqualTo(BEHIND))
              .withMessageContaining(Long.toString(symbol));
        } else {
          quantizer.restore(symbols, BEHIND + 1, values, 0);
          long[] again = new long[BEHIND + 1];
          quantizer.quantize(values, 0, BEHIND + 1, again);
          assertThat(again).isEqualTo(symbols);
        }
      }
    }
  }

  private static List<Long> candidates(Quantizer quantizer, Random random) {
    List<Long> candidates = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, 1L));
    for (long edge : new long[] {quantizer.smallestSymbol(), quantizer.largestSymbol()}) {
      for (long offset = -2; offset <= 2; offset++) {
        candidates.add(edge + offset);
      }
    }
    for (int i = 0; i < 200; i++) {
      long symbol = random.nextLong() >> random.nextInt(64);
      // Under abs no value has the symbol of a negative zero's neighbours but −0 itself, so all
      // symbols in range can be restored.
      candidates.add(symbol);
    }
    return candidates;
  }

  @Test
  void namesTheFirstOfSeveral() {
    Quantizer quantizer = Quantizer.of(Precision.exact(), ValueType.INT8);
    assertThatExceptionOfType(InvalidSymbolException.class)
        .isThrownBy(() ->
            quantizer.restore(
                new long[] {127, -128, 128, -129}, 4, new ColumnValues.Integers(new long[4]), 0))
        .satisfies(failure -> assertThat(failure.index()).isEqualTo(2));
  }

  @Test
  void valuesOfAnotherTypeAreRefused() {
    Quantizer quantizer = Quantizer.of(Precision.exact(), ValueType.FLOAT32);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> quantizer.quantize(new ColumnValues.Doubles(new double[1]), 0, 1, new long[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> quantizer.restore(new long[1], 1, new ColumnValues.Integers(new long[1]), 0));
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Quantizer.of(new Precision.Bits(24), ValueType.FLOAT32));
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Quantizer.of(new Precision.Bits(7), ValueType.INT32));
  }

  @Test
  void onlyTheAskedValuesAreTouched() {
    Quantizer quantizer = Quantizer.of(Precision.parse("abs:0.5"), ValueType.FLOAT32);
    long[] symbols = {9, 9, 9};
    quantizer.quantize(new float[] {7, 1, 2, 7}, 1, 2, symbols);
    assertThat(symbols).containsExactly(1, 2, 9);
    float[] restored = {7, 7, 7, 7};
    quantizer.restore(symbols, 2, restored, 1);
    assertThat(restored).containsExactly(7, 1, 2, 7);
  }
}
