package org.jetfold.codec.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people read them. */
final class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "1,1 byte",
    "999,999 bytes",
    "1000,1.00 kB",
    "24863976,24.9 MB",
    "999600,1.00 MB",
    "999400,999 kB",
    "10134278870,10.1 GB"
  })
  void sizes(long bytes, String text) {
    assertThat(Quantities.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,5,0",
    "20000,5,20000",
    "0.000999,3,0.000999",
    "4554321,5,4554321",
    "45543210,5,4.5543e7",
    "-3.14159,3,-3.14",
    "1.5,5,1.5",
    "0.00001234,3,1.23e-5",
    "100,3,100",
    "-1e30,3,-1e30"
  })
  void values(double value, int digits, String text) {
    assertThat(Quantities.significant(value, digits)).isEqualTo(text);
  }

  @Test
  void specialValues() {
    assertThat(Quantities.significant(Double.NaN, 3)).isEqualTo("–");
    assertThat(Quantities.significant(Double.NEGATIVE_INFINITY, 3)).isEqualTo("-∞");
    assertThat(Quantities.count(1, "row")).isEqualTo("1 row");
    assertThat(Quantities.count(58964, "event")).isEqualTo("58,964 events");
  }

  @Test
  void partsOfAWhole() {
    assertThat(Quantities.percent(0)).isEqualTo("0.0 %");
    assertThat(Quantities.percent(1e-9)).isEqualTo("< 0.1 %");
    assertThat(Quantities.percent(0.1234)).isEqualTo("12.3 %");
    assertThat(Quantities.percent(1)).isEqualTo("100.0 %");
  }
}
