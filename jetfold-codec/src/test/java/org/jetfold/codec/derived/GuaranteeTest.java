package org.jetfold.codec.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;

/**
 * Bounds on derived quantities: how they are written, what they allow, and how they are checked.
 */
final class GuaranteeTest {
  private static Guarantee of(String text) {
    return Guarantee.parse(text).getFirst();
  }

  @Test
  void boundsAreReadAndPrinted() {
    assertThat(Guarantee.parse("E=rel:0.005, y* = abs:0.01").toString())
        .isEqualTo("[E=rel:0.005, y*=abs:0.01]");
    assertThatThrownBy(() -> Guarantee.parse("mjj"))
        .hasMessageContaining("'mjj' is not a bound: write quantity=rel:e");
    assertThatThrownBy(() -> Guarantee.parse("mjj=rel:0.1,"))
        .hasMessageContaining("'' is not a bound");
    assertThatThrownBy(() -> Guarantee.parse("mjj=rel:2"))
        .isInstanceOf(DerivedQuantityException.class)
        .hasMessageContaining("mjj: rel:2");
    assertThatThrownBy(() -> Guarantee.parse("mjj=bits:7"))
        .hasMessageContaining("a bound on a quantity is rel or abs");
    assertThatThrownBy(() -> Guarantee.parse("mjj=rel:0.1,mjj=abs:1"))
        .hasMessageContaining("mjj has two bounds");
  }

  @Test
  void aBoundAllowsWhatIsWithinItAndNothingElse() {
    Guarantee relative = of("a=rel:0.01");
    assertThat(relative.allows(100, 101)).isTrue();
    assertThat(relative.allows(-100, -101)).isTrue();
    assertThat(relative.allows(100, 101.000001)).isFalse();
    assertThat(relative.allows(0, 1e-300)).isFalse();
    assertThat(relative.allows(0, -0.0)).isTrue();
    Guarantee absolute = of("a=abs:0.5");
    assertThat(absolute.allows(100, 100.5)).isTrue();
    assertThat(absolute.allows(100, 99.499999)).isFalse();
    for (Guarantee any : List.of(relative, absolute)) {
      assertThat(any.allows(Double.NaN, Double.NaN)).isTrue();
      assertThat(any.allows(Double.NaN, 1)).isFalse();
      assertThat(any.allows(1, Double.NaN)).isFalse();
      assertThat(any.allows(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)).isTrue();
      assertThat(any.allows(Double.POSITIVE_INFINITY, 1)).isFalse();
      assertThat(any.allows(1, Double.NEGATIVE_INFINITY)).isFalse();
    }
  }

  private static Table jets(double... pt) {
    Schema schema =
        Schema.events(
            List.of(),
            "jets",
            List.of(new Column("pt", ValueType.FLOAT64), new Column("eta", ValueType.FLOAT64)));
    return new Table(
        schema,
        2,
        List.of(new int[] {0, 2, pt.length}),
        List.of(new ColumnValues.Doubles(pt), new ColumnValues.Doubles(new double[pt.length])));
  }

  @Test
  void violationsAreCountedAndTheFirstIsNamed() throws IOException {
    Table original = jets(100, 50, 80, 40);
    GuaranteeCheck check =
        GuaranteeCheck.of(
            TableSource.of(original),
            TableSource.of(jets(101, 50, 80, 42)),
            Guarantees.of(
                original.schema(),
                null,
                List.of("half = pt/2"),
                Guarantee.parse("HT=abs:1.5,half=rel:0.02,pz=abs:1")),
            _ -> {});
    assertThat(check.passed()).isFalse();
    GuaranteeCheck.CheckedQuantity ht = check.quantities().getFirst();
    assertThat(ht.values()).isEqualTo(2);
    assertThat(ht.violations()).isEqualTo(1);
    assertThat(ht.firstViolation()).isEqualTo(new GuaranteeCheck.Violation(1, 120, 122));
    assertThat(ht.largestAbsoluteError()).isEqualTo(2);
    GuaranteeCheck.CheckedQuantity half = check.quantities().get(1);
    assertThat(half.values()).isEqualTo(4);
    assertThat(half.violations()).isEqualTo(1);
    assertThat(half.largestRelativeError()).isEqualTo(0.05);
    assertThat(check.quantities().get(2).violations()).isZero();
  }
}
