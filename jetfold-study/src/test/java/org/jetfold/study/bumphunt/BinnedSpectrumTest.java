package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.junit.jupiter.api.Test;

final class BinnedSpectrumTest {
  private static Table table(String names, double[]... columns) {
    return new Table(
        Schema.flat(
            Arrays.stream(names.split(",", -1))
                .map(name -> new Column(name, ValueType.FLOAT64))
                .toList()),
        columns[0].length,
        List.of(),
        Arrays.stream(columns).<ColumnValues>map(ColumnValues.Doubles::new).toList());
  }

  private static final double[] LOW = {100, 120, 150, 190};
  private static final double[] HIGH = {120, 150, 190, 250};
  private static final double[] EVENTS = {90, 70, 0, 12};

  @Test
  void binsOfAnyWidths() throws StudyException {
    BinnedSpectrum found =
        BinnedSpectrum.of(table("mjj [GeV] LOW,mjj [GeV] HIGH,Events", LOW, HIGH, EVENTS), null);
    assertThat(found.label()).isEqualTo("mjj [GeV]");
    assertThat(found.bins().edges()).containsExactly(100, 120, 150, 190, 250);
    assertThat(found.counts().sums()).containsExactly(EVENTS);
    assertThat(found.counts().isWeighted()).isFalse();
    assertThat(found.expected()).isNull();
    BinnedSpectrum part =
        BinnedSpectrum.of(table("low,high,events", LOW, HIGH, EVENTS), new double[] {120, 200});
    assertThat(part.bins().edges()).containsExactly(120, 150, 190);
    assertThat(part.counts().sums()).containsExactly(70, 0);
  }

  @Test
  void errorsMakeScales() throws StudyException {
    double[] errors = {9, 14, 0, 4};
    BinnedSpectrum found =
        BinnedSpectrum.of(
            table("low,high,data,error,background", LOW, HIGH, EVENTS, errors, EVENTS), null);
    assertThat(found.counts().scales()[0]).isEqualTo(0.9);
    assertThat(found.counts().scales()[1]).isEqualTo(2.8);
    // That of the whole spectrum.
    assertThat(found.counts().scales()[2]).isEqualTo((81 + 196 + 16) / 172.0);
    assertThat(found.expected()).containsExactly(EVENTS);
  }

  @Test
  void whatIsNoSpectrumIsSaid() {
    refused("has no column events", table("low,high,n", LOW, HIGH, EVENTS));
    refused("bins must rise and touch", table("low,high,events", LOW, LOW, EVENTS));
    refused("from 0 on", table("low,high,events", LOW, HIGH, new double[] {1, -1, 2, 3}));
    refused("from 0 on", table("low,high,events", LOW, HIGH, new double[] {1, Double.NaN, 2, 3}));
    assertThatThrownBy(() ->
            BinnedSpectrum.of(table("low,high,events", LOW, HIGH, EVENTS), new double[] {500, 600}))
        .hasMessageContaining("no bin");
  }

  private static void refused(String message, Table table) {
    assertThatThrownBy(() -> BinnedSpectrum.of(table, null))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining(message);
  }
}
