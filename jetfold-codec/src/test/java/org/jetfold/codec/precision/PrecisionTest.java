package org.jetfold.codec.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exact",
        "bits:1",
        "bits:52",
        "rel:0.004",
        "rel:1e-6",
        "rel:0.5",
        "abs:0.001",
        "abs:10",
        "abs:1e30",
        "abs:4.9e-324",
        "abs:1.7976931348623157e308"
      })
  void textIsReadAndWritten(String text) {
    assertThat(Precision.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "rel:.25,rel:0.25",
    "rel:4E-3,rel:0.004",
    " abs: +1e1 ,abs:10",
    "abs:0.00010,abs:1e-4",
    "abs:1.,abs:1"
  })
  void otherSpellingsMeanTheSame(String text, String canonical) {
    assertThat(Precision.parse(text)).hasToString(canonical);
    assertThat(Precision.parse(canonical)).isEqualTo(Precision.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rel:2 | rel:2: a relative bound must be above 0 and below 1, as in rel:0.004",
        "rel:0 | above 0 and below 1",
        "rel:1 | above 0 and below 1",
        "rel:1e-400 | above 0 and below 1",
        "rel:-0.1 | rel:-0.1: a relative bound must",
        "abs:-1 | abs:-1: an absolute bound must be a finite number above 0, as in abs:0.001",
        "abs:0 | number above 0",
        "abs:nan | number above 0",
        "abs:inf | number above 0",
        "abs:1e999 | number above 0",
        "abs:1f | number above 0",
        "abs:0x1p3 | number above 0",
        "abs: | number above 0",
        "bits:0 | mantissa bits must be between 1 and 23 for a float32, 1 and 52 for a float64",
        "bits:53 | mantissa bits must be between 1 and 23 for a float32, 1 and 52 for a float64",
        "bits:-3 | bits:-3: mantissa bits must be between 1 and 23",
        "bits:ten | whole number of mantissa bits, as in bits:7",
        "bits:7.5 | whole number of mantissa bits",
        "bits:99999999999 | whole number of mantissa bits",
        "bits | whole number of mantissa bits",
        "exact:1 | exact takes no number",
        "Exact | is not a precision: write exact, bits:7, rel:0.004, abs:0.001, step:0.01 or"
            + " rel:0.009:dither",
        "step:0 | step:0: a step must be between 1e-15 and 1e15 and have at most 6 significant"
            + " digits",
        "step:-0.01 | a step must be between",
        "step:1e16 | a step must be between",
        "step:1e99999999999 | a step must be between",
        "step:0.1234567 | at most 6 significant digits, as in step:0.01",
        "step:x | number above 0",
        "step:0.01:dither | dither would move values off the decimal grid; write abs:0.005:dither",
        "step:0.01:dither:snap | write abs:0.005:dither",
        "lossy:3 | is not a precision",
      })
  void nonsenseIsRefusedWithAdvice(String text, String message) {
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Precision.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void zerosAtTheEndOfAStepMeanNothing() {
    assertThat(Precision.parse("step:0.010")).isEqualTo(Precision.parse("step:1e-2"));
    assertThat(Precision.parse("step:2500")).hasToString("step:2500");
  }

  @Test
  void settingsFitTypes() {
    Precision.parse("bits:40").requireFits(ValueType.FLOAT64);
    Precision.exact().requireFits(ValueType.BOOL);
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Precision.parse("bits:40").requireFits(ValueType.FLOAT32))
        .withMessageContaining("bits:40 on a float32 column: a float32 has 23 mantissa bits");
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Precision.parse("rel:0.1").requireFits(ValueType.INT16))
        .withMessageContaining("rel:0.1 on a column of type int16: integers");
  }
}
