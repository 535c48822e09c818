package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cells are hardly more than any quantizer needs for the same bound. */
class CellCountTest {
  private static final double MAX_OVER_OPTIMUM = 1.01;

  @ParameterizedTest
  @EnumSource
  void ofRelativeBounds(FloatLayout layout) {
    for (double bound = 1e-6; bound <= 0.1; bound *= 1.037) {
      RelativeScale scale = RelativeScale.of(bound, layout);
      long[] ends = {layout.smallestNormal(), layout.infinity() - 1};
      scale.toRanks(ends, 0, 2, new Workspace(2));
      double perBinade = (ends[1] + 1 - ends[0]) / (double) layout.binades();
      double optimum = Math.log(2) / Math.log((1 + bound) / (1 - bound));
      assertThat(perBinade)
          .as("%s cells a binade at rel:%s", layout, bound)
          .isBetween(0.999 * optimum, MAX_OVER_OPTIMUM * optimum);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofAbsoluteBounds(FloatLayout layout) {
    for (double bound = 1e-6; bound <= 1e6; bound *= 1.37) {
      MagnitudeScale scale = AbsoluteScale.of(bound, layout);
      // As far as a bound spans some hundred floats, the best is one point every 2d.
      for (double reach = 1000 * bound;
          reach <= bound * (1L << (layout.mantissaBits() - 8));
          reach *= 2) {
        long[] ranks = {
          layout == FloatLayout.FLOAT32
              ? Float.floatToRawIntBits((float) reach)
              : Double.doubleToRawLongBits(reach)
        };
        scale.toRanks(ranks, 0, 1, new Workspace(1));
        assertThat((double) ranks[0]).isLessThan(MAX_OVER_OPTIMUM * reach / (2 * bound) + 1);
      }
    }
  }
}
