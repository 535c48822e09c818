package org.jetfold.study.dijet;

import org.jetfold.study.matching.Angles;
import org.jspecify.annotations.Nullable;

/**
 * The invariant mass of an event's two leading jets, where |y*| = |y₁ − y₂|/2 is small, as searches
 * for resonances use it.
 */
public final class LeadingDijet {
  /** |y*| below this is what dijet searches ask for: scattering at wide angles. */
  public static final double DEFAULT_MAX_Y_STAR = 0.6;

  private LeadingDijet() {}

  /**
   * Arrays of jets.
   *
   * @param m masses; null for massless jets
   */
  public record Jets(double[] pt, double[] eta, double[] phi, double @Nullable [] m) {}

  /**
   * The mass of the two hardest jets from {@code from} to before {@code to}, in the unit of pT; NaN
   * where there are no two, or they are too far apart.
   *
   * @param maxYStar |y*| must be below this
   */
  public static double mass(Jets jets, int from, int to, double maxYStar) {
    int[] leading = leading(jets, from, to);
    int first = leading[0];
    int second = leading[1];
    if (second < 0) {
      return Double.NaN;
    }
    double massA = jets.m == null ? 0 : jets.m[first];
    double massB = jets.m == null ? 0 : jets.m[second];
    double rapidityA = rapidity(jets.pt[first], jets.eta[first], massA);
    double rapidityB = rapidity(jets.pt[second], jets.eta[second], massB);
    if (!(Math.abs(rapidityA - rapidityB) / 2 < maxYStar)) {
      return Double.NaN;
    }
    double phi = Angles.wrapped(jets.phi[first] - jets.phi[second]);
    double transverseA = Math.hypot(jets.pt[first], massA);
    double transverseB = Math.hypot(jets.pt[second], massB);
    double square =
        massA * massA
            + massB * massB
            + 2
                * (transverseA * transverseB * Math.cosh(rapidityA - rapidityB)
                    - jets.pt[first] * jets.pt[second] * Math.cos(phi));
    return Math.sqrt(Math.max(0, square));
  }

  /**
   * The numbers of the two jets of the largest pT, the larger first; −1 where there are not two.
   */
  public static int[] leading(Jets jets, int from, int to) {
    int first = -1;
    int second = -1;
    for (int i = from; i < to; i++) {
      if (first < 0 || jets.pt[i] > jets.pt[first]) {
        second = first;
        first = i;
      } else if (second < 0 || jets.pt[i] > jets.pt[second]) {
        second = i;
      }
    }
    return new int[] {first, second};
  }

  /** y = asinh(pT·sinh η / √(pT² + m²)). */
  private static double rapidity(double pt, double eta, double mass) {
    double ratio = pt * Math.sinh(eta) / Math.hypot(pt, mass);
    return Math.copySign(Math.log(Math.abs(ratio) + Math.sqrt(ratio * ratio + 1)), ratio);
  }
}
