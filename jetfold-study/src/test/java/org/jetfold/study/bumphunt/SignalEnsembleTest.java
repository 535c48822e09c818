package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many injections of a signal: what they expect, and what compression takes of it. */
final class SignalEnsembleTest {
  private static final Bins BINS = Bins.uniform(0, 100, 20);
  private static final Schema SCHEMA = Schema.flat(List.of(new Column("x", ValueType.FLOAT32)));

  private static Table table(int rows, double low, double high, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = (float) random.nextDouble(low, high);
    }
    return new Table(SCHEMA, rows, List.of(), List.of(new ColumnValues.Floats(values)));
  }

  private static List<Injections> inject(@Nullable String precision, int threads, int... strengths)
      throws StudyException, IOException {
    double[] expected = new double[20];
    Arrays.fill(expected, 100);
    Observable observable = Observable.column(SCHEMA, "x");
    SignalEnsemble ensemble =
        new SignalEnsemble(
            observable,
            BINS,
            new BumpHunt(new BumpScan(1, 3), Background.known(expected), 400, 3),
            new WeightedTable(table(2000, 0, 100, 1), null),
            new SignalEvents(table(300, 50, 55, 2), observable, BINS, 1),
            precision == null ? null : Compression.of(SCHEMA, PrecisionRules.parse(precision)),
            5,
            threads);
    SignalEnsemble.Null without = ensemble.withoutSignal(done -> {});
    List<Injections> found = new ArrayList<>();
    for (int strength : strengths) {
      found.add(ensemble.inject(strength, 30, without, done -> {}));
    }
    return found;
  }

  @Test
  void moreSignalIsMoreSignificant() throws StudyException, IOException {
    List<Injections> found = inject(null, 1, 0, 40, 100);
    assertThat(found.get(0).isCompressed()).isFalse();
    assertThat(found.get(1).significance(false).value())
        .isGreaterThan(found.get(0).significance(false).value() + 1);
    // 100 over √100 are ten standard deviations, of the excess that the scan finds a little more.
    assertThat(found.get(2).significance(false).value()).isBetween(7.0, 11.0);
    assertThat(found.get(2).power(false).value()).isEqualTo(1);
    assertThat(found.get(2).quantile(0.16, false)).isLessThan(found.get(2).quantile(0.84, false));
  }

  @Test
  void whatIsExactLosesNothing() throws StudyException, IOException {
    Injections found = inject("exact", 1, 60).getFirst();
    assertThat(found.isCompressed()).isTrue();
    assertThat(found.loss().value()).isZero();
    assertThat(found.loss().error()).isZero();
    assertThat(found.count(BumpComparison.Verdict.LOST)).isZero();
  }

  @Tag("slow")
  @Test
  void smearingTakesSignificance() throws StudyException, IOException {
    // Dithered, so that levels make no peaks of their own: ±15 over bins of 5.
    Injections found = inject("x=abs:15:dither", 1, 100).getFirst();
    assertThat(found.loss().value()).isGreaterThan(5 * found.loss().error()).isGreaterThan(2);
    assertThat(found.significance(true).value()).isLessThan(found.significance(false).value());
  }

  @Test
  void threadsChangeNothing() throws StudyException, IOException {
    assertThat(inject("x=abs:1", 3, 50).getFirst().significance(true))
        .isEqualTo(inject("x=abs:1", 1, 50).getFirst().significance(true));
  }

  @Test
  void moreSignalThanThereIs() {
    assertThatThrownBy(() -> inject(null, 1, 1000))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("only 300 pass the selection");
  }
}
