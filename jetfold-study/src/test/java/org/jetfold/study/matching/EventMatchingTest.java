package org.jetfold.study.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Matching against all matchings there are. */
final class EventMatchingTest {
  private static final MatchingCut CUT = new MatchingCut(0.5, Double.POSITIVE_INFINITY);

  /** The most pairs, and the least sum of ΔR² that so many can have. */
  private record Best(int pairs, double sum) {
    Best better(Best other) {
      return pairs != other.pairs
          ? (pairs > other.pairs ? this : other)
          : sum <= other.sum ? this : other;
    }
  }

  private static Best bruteForce(Directions a, Directions b, MatchingCut cut, int i, int used) {
    if (i == a.eta().length) {
      return new Best(0, 0);
    }
    Best best = bruteForce(a, b, cut, i + 1, used);
    for (int j = 0; j < b.eta().length; j++) {
      double deltaEta = a.eta()[i] - b.eta()[j];
      double deltaPhi = Math.abs(a.phi()[i] - b.phi()[j]) % (2 * Math.PI);
      deltaPhi = Math.min(deltaPhi, 2 * Math.PI - deltaPhi);
      double squared = deltaEta * deltaEta + deltaPhi * deltaPhi;
      boolean fits =
          squared <= cut.distance() * cut.distance()
              && Math.abs(a.pt()[i] - b.pt()[j]) <= cut.momentum() * a.pt()[i];
      if ((used & 1 << j) == 0 && fits) {
        Best rest = bruteForce(a, b, cut, i + 1, used | 1 << j);
        best = best.better(new Best(rest.pairs + 1, rest.sum + squared));
      }
    }
    return best;
  }

  private static Directions random(int count, Random random) {
    double[] phi = random.doubles(count, -0.6, 0.6).toArray();
    for (int i = 0; i < count; i++) {
      // Around the seam, where wrapping counts.
      phi[i] = Math.PI + phi[i] > Math.PI ? phi[i] - Math.PI : Math.PI + phi[i];
    }
    return new Directions(
        random.doubles(count, -0.6, 0.6).toArray(), phi, random.doubles(count, 1, 2).toArray());
  }

  @Test
  void isAsGoodAsTheBestOfAllMatchings() {
    RandomCase.each(
        2000,
        any -> {
          int originals = any.between(0, 7);
          int restored = any.between(0, 7);
          boolean momentum = any.flag();
          Random random = new Random(any.bits());
          Directions a = random(originals, random);
          Directions b = random(restored, random);
          MatchingCut cut = momentum ? new MatchingCut(0.5, 0.3) : CUT;
          int[] partner = new int[originals];
          new EventMatching(cut).match(a, 0, originals, b, 0, restored, partner);
          int pairs = 0;
          int used = 0;
          double sum = 0;
          for (int i = 0; i < originals; i++) {
            if (partner[i] != EventMatching.NONE) {
              assertThat(used & 1 << partner[i]).as("one-to-one").isZero();
              used |= 1 << partner[i];
              sum += EventMatching.squaredDistance(a, i, b, partner[i]);
              pairs++;
            }
          }
          Best best = bruteForce(a, b, cut, 0, 0);
          assertThat(pairs).isEqualTo(best.pairs);
          assertThat(sum).isCloseTo(best.sum, within(1e-12));
        });
  }

  @Test
  void greedyWouldLoseAPair() {
    // The second original's nearest is the first restored, which is the first original's only one.
    Directions a = new Directions(new double[] {0, 0.5}, new double[2], new double[0]);
    Directions b = new Directions(new double[] {0.4, 0.95}, new double[2], new double[0]);
    int[] partner = new int[2];
    new EventMatching(CUT).match(a, 0, 2, b, 0, 2, partner);
    assertThat(partner).containsExactly(0, 1);
  }

  @Test
  void azimuthsMeetBehindPi() {
    Directions a = new Directions(new double[1], new double[] {3.1415}, new double[0]);
    Directions b = new Directions(new double[1], new double[] {-3.1415}, new double[0]);
    int[] partner = new int[1];
    new EventMatching(new MatchingCut(0.01, Double.POSITIVE_INFINITY))
        .match(a, 0, 1, b, 0, 1, partner);
    assertThat(partner).containsExactly(0);
    assertThat(Angles.wrapped(3.1415 + 3.1415)).isCloseTo(6.283 - 2 * Math.PI, within(1e-15));
  }

  @Test
  void whatHasNoDirectionStaysAlone() {
    Directions a = new Directions(new double[] {Double.NaN}, new double[1], new double[0]);
    int[] partner = new int[1];
    new EventMatching(CUT).match(a, 0, 1, a, 0, 1, partner);
    assertThat(partner).containsExactly(EventMatching.NONE);
  }

  @Test
  void cutsAreRead() {
    assertThat(MatchingCut.parse("dr")).isEqualTo(new MatchingCut(0.01, Double.POSITIVE_INFINITY));
    assertThat(MatchingCut.parse("dr:0.2,dpt:0.005")).isEqualTo(new MatchingCut(0.2, 0.005));
    for (String bad :
        new String[] {"", "dr:", "dr:0", "dr:-1", "dR:0.1", "dpt", "dr:x", "dr:inf"}) {
      assertThatThrownBy(() -> MatchingCut.parse(bad)).hasMessageContaining("dr:0.01");
    }
  }
}
