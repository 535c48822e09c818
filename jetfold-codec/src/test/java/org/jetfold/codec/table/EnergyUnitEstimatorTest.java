package org.jetfold.codec.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The median of the first momenta tells MeV from GeV. */
final class EnergyUnitEstimatorTest {
  private static EnergyUnitEstimator of(double... momenta) {
    EnergyUnitEstimator estimator = new EnergyUnitEstimator();
    estimator.add(new ColumnValues.Doubles(momenta));
    return estimator;
  }

  @Test
  void theMedianDecides() {
    assertThat(of(25, 30, 1e6).unit()).isEqualTo(EnergyUnit.GEV);
    assertThat(of(25, 30_000, 1e6).unit()).isEqualTo(EnergyUnit.MEV);
    assertThat(of(2000).unit()).isEqualTo(EnergyUnit.GEV);
    assertThat(of(2001).unit()).isEqualTo(EnergyUnit.MEV);
    EnergyUnitEstimator integers = new EnergyUnitEstimator();
    integers.add(new ColumnValues.Integers(new long[] {30_000}));
    integers.add(new ColumnValues.Floats(new float[] {20_000, 40_000}));
    assertThat(integers.unit()).isEqualTo(EnergyUnit.MEV);
    assertThat(integers.median()).isEqualTo(30_000);
  }

  @Test
  void valuesThatAreNoMomentaAreLeftOut() {
    assertThat(of().unit()).isNull();
    assertThat(of(0, -5, Double.NaN, Double.POSITIVE_INFINITY).unit()).isNull();
    assertThat(of(0, 0, 0, 30_000, Double.NaN).unit()).isEqualTo(EnergyUnit.MEV);
  }

  @Test
  void laterMomentaDoNotChangeACompleteEstimate() {
    double[] many = new double[4096];
    Arrays.fill(many, 30);
    EnergyUnitEstimator estimator = of(Arrays.copyOf(many, 4095));
    assertThat(estimator.isComplete()).isFalse();
    estimator.add(new ColumnValues.Doubles(many));
    assertThat(estimator.isComplete()).isTrue();
    Arrays.fill(many, 30_000);
    estimator.add(new ColumnValues.Doubles(many));
    estimator.add(new ColumnValues.Doubles(many));
    assertThat(estimator.unit()).isEqualTo(EnergyUnit.GEV);
  }

  @Test
  void unitsHaveSymbols() {
    assertThat(EnergyUnit.of("gev")).isEqualTo(EnergyUnit.GEV);
    assertThat(EnergyUnit.of("MeV")).isEqualTo(EnergyUnit.MEV);
    assertThat(EnergyUnit.of("TeV")).isNull();
    assertThat(5e4 * EnergyUnit.MEV.inGev()).isEqualTo(50);
  }
}
