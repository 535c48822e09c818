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
        "rel:2 | rel:2 makes no sense: a relative error must be above 0 and below 1, as in"
            + " rel:0.004",
        "rel:0 | above 0 and below 1",
        "rel:1 | above 0 and below 1",
        "rel:1e-400 | above 0 and below 1",
        "rel:-0.1 | rel:-0.1 makes no sense",
        "abs:-1 | abs:-1 makes no sense: an absolute error must be a number above 0, as in"
            + " abs:0.001",
        "abs:0 | number above 0",
        "abs:nan | number above 0",
        "abs:inf | number above 0",
        "abs:1e999 | number above 0",
        "abs:1f | number above 0",
        "abs:0x1p3 | number above 0",
        "abs: | number above 0",
        "bits:0 | a float32 keeps 1 to 23 mantissa bits, a float64 1 to 52",
        "bits:53 | a float32 keeps 1 to 23 mantissa bits, a float64 1 to 52",
        "bits:-3 | bits:-3 makes no sense",
        "bits:ten | whole number of mantissa bits, as in bits:7",
        "bits:7.5 | whole number of mantissa bits",
        "bits:99999999999 | whole number of mantissa bits",
        "bits | whole number of mantissa bits",
        "exact:1 | exact takes no number",
        "Exact | is no precision setting: write exact, bits:7, rel:0.004 or abs:0.001",
        "lossy:3 | is no precision setting",
      })
  void nonsenseIsRefusedWithAdvice(String text, String message) {
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Precision.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void settingsFitTypes() {
    Precision.parse("bits:40").requireFits(ValueType.FLOAT64);
    Precision.exact().requireFits(ValueType.BOOL);
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Precision.parse("bits:40").requireFits(ValueType.FLOAT32))
        .withMessageContaining(
            "bits:40 on a float32 column makes no sense: a float32 has 23 mantissa bits");
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> Precision.parse("rel:0.1").requireFits(ValueType.INT16))
        .withMessageContaining("rel:0.1 on a column of type int16 makes no sense");
  }
}
