package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.ValueChange;
import org.jetfold.tables.rows.ValueChanges;
import org.junit.jupiter.api.Test;

class ValueChangesTest {
  private final List<String> warnings = new ArrayList<>();
  private final List<ValueChange> changes = new ArrayList<>();
  private final SourceOptions options =
      new SourceOptions(null, ColumnRequest.ALL, 1, warnings::add, false, changes::add);

  @Test
  void addsUpByColumnAndWay() {
    ValueChanges counted = new ValueChanges("a.x");
    counted.add("pt", ValueChanges.MISSING, 2);
    counted.add("n", ValueChanges.ROUNDED, 0);
    counted.add("pt", ValueChanges.MISSING, 3);
    counted.add("pt", ValueChanges.ROUNDED, 1);
    counted.report(options);
    counted.report(options);
    assertThat(warnings)
        .containsExactly(
            "a.x: column pt: missing values read as NaN: 5",
            "a.x: column pt: values rounded to the nearest float64: 1");
    assertThat(changes)
        .containsExactly(
            new ValueChange("pt", ValueChanges.MISSING, 5),
            new ValueChange("pt", ValueChanges.ROUNDED, 1));
  }

  @Test
  void namesTheFirstColumnsAndCountsTheOthers() {
    ValueChanges counted = new ValueChanges("a.x");
    for (int i = 0; i < 8; i++) {
      counted.add("c" + i, ValueChanges.MISSING, i + 1);
    }
    counted.report(options);
    assertThat(warnings)
        .hasSize(6)
        .last()
        .isEqualTo("a.x: 3 other columns: missing values read as NaN: 21");
    assertThat(changes).hasSize(8);
  }
}
