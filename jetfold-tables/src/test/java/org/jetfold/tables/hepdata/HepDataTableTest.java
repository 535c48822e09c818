package org.jetfold.tables.hepdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as the database of published measurements has them. */
final class HepDataTableTest {
  private static final String AXIS =
      """
      independent_variables:
      - header: {name: mjj, units: GEV}
        values:
        - {low: 500, high: 550}
        - {low: '550', high: 620.5}
      """;

  private static final String EVENTS =
      """
      dependent_variables:
      - header: {name: Observed events}
        qualifiers:
        - {name: SQRT(S), units: GEV, value: '13000'}
        values:
        - value: 1200
          errors:
          - {symerror: 40.5, label: stat}
          - {asymerror: {plus: 100, minus: -90}, label: sys}
        - value: 8.0E+2
          errors:
          - {label: stat, symerror: 5%}
          - {symerror: 9, label: sys}
      """;

  private static final String BACKGROUND =
      """
      - header: {name: Background fit}
        values:
        - {value: 1190.5}
        - {value: 820}
      """;

  private static Table read(String yaml, @Nullable String variable) throws IOException {
    return HepDataTable.read(
        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), variable);
  }

  private static double[] column(Table table, String name) {
    int number = table.schema().columns().stream().map(Column::name).toList().indexOf(name);
    assertThat(number).as(name).isNotNegative();
    return Doubles.of(table, number);
  }

  @Test
  void binsContentsErrorsAndBackground() throws IOException {
    Table table = read(AXIS + EVENTS + BACKGROUND, null);
    assertThat(column(table, "mjj low")).containsExactly(500, 550);
    assertThat(column(table, "mjj high")).containsExactly(550, 620.5);
    assertThat(column(table, "events")).containsExactly(1200, 800);
    assertThat(column(table, "error")).containsExactly(40.5, 40);
    assertThat(column(table, "expected")).containsExactly(1190.5, 820);
  }

  @Test
  void theVariableThatIsNamed() throws IOException {
    Table table = read(AXIS + EVENTS + BACKGROUND, "Background fit");
    assertThat(column(table, "events")).containsExactly(1190.5, 820);
    assertThat(table.schema().columns()).hasSize(3);
  }

  @Test
  void errorsToBothSidesAndWithoutLabel() throws IOException {
    String one =
        """
        dependent_variables:
        - header: {name: dN}
          values:
          - {value: 3, errors: [{asymerror: {plus: 3, minus: -1}}]}
          - {value: 5, errors: [{asymerror: {plus: 2, minus: -2}}]}
        """;
    assertThat(column(read(AXIS + one, null), "error")).containsExactly(2, 2);
  }

  /** What is wrong is named with its place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "low: 500 | lou: 500 | independent_variables[0].values[0].low must be a number",
        "value: 1200 | value: many | dependent_variables[0].values[0].value must be a number, was"
            + " many",
        "name: Observed events | nome: x | dependent_variables[0].header.name must be there",
        "Observed events | Limits | none looks like numbers of events",
        "Background fit | Data | more than one looks like numbers of events",
        "label: stat, symerror: 5% | label: none, symerror: 5% | of 1 of 2 values only",
        "- {value: 820} | '' | Background fit has 1 value and 2 bins",
        "independent_variables: | variables: | independent_variables must be a list",
        "values: | values: } | is no YAML table"
      })
  void whatIsWrong(String there, String instead, String message) {
    String yaml = AXIS + EVENTS + BACKGROUND;
    assertThat(yaml).contains(there);
    String changed =
        yaml.substring(0, yaml.indexOf(there))
            + instead
            + yaml.substring(yaml.indexOf(there) + there.length());
    assertThatThrownBy(() -> read(changed, null))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void noMapping() {
    assertThatThrownBy(() -> read("- 1", null))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("is no table of HEPData");
    assertThatThrownBy(() -> read("", null)).isInstanceOf(UnreadableTableException.class);
  }
}
