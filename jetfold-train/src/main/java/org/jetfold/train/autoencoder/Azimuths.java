package org.jetfold.train.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.text.Quantities;

/**
 * Which variables are azimuths: angles in radians that come round, by name and range or as somebody
 * says. The first one that is not kept is told by itself, the others relative to it.
 */
final class Azimuths {
  /** {@code phi}, {@code Jet_phi}, {@code ActiveArea4vec_phi}, {@code jetPhi}; not morphi. */
  private static final Pattern NAME =
      Pattern.compile("(?i:(?:.*[._:])?phi)|.*(?:(?i:jet)[0-9]*(?i:phi)|[a-z0-9](?:Phi|PHI))");

  /** Azimuths are everywhere: where none is this near to both ends of a turn, they are none. */
  private static final double MAX_GAP = 0.2;

  private static final double TOLERANCE = 1e-6;

  /** Of fewer values it cannot be told that they are not all around. */
  private static final int ENOUGH = 100;

  private Azimuths() {}

  /** A turn: from −π to π, or from 0 to 2π. */
  private enum Turn {
    SIGNED,
    POSITIVE
  }

  /** Whether values are all around, as azimuths are. */
  static boolean areAround(double[] values) {
    return fill(Turn.SIGNED, values) || fill(Turn.POSITIVE, values);
  }

  /** Whether values lie in the turn, and reach both its ends. */
  private static boolean fill(Turn turn, double[] values) {
    double low = turn == Turn.SIGNED ? -Math.PI : 0;
    double high = low + 2 * Math.PI;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return least >= low - TOLERANCE
        && most <= high + TOLERANCE
        && least < low + MAX_GAP
        && most > high - MAX_GAP;
  }

  /** Whether a variable is an azimuth by its name and the range of its values. */
  static boolean isAzimuth(String name, double[] values) {
    return NAME.matcher(name).matches() && areAround(values);
  }

  /** The range of values, where it is not that of azimuths; empty where it is, or may be. */
  static Optional<String> otherRange(double[] values) {
    DoubleSummaryStatistics range =
        Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
    boolean mayBe =
        range.getCount() < ENOUGH
            && range.getMin() >= -Math.PI - TOLERANCE
            && range.getMax() <= (range.getMin() < 0 ? 1 : 2) * Math.PI + TOLERANCE;
    return mayBe || areAround(values)
        ? Optional.empty()
        : Optional.of(
            "%s to %s"
                .formatted(
                    Quantities.significant(range.getMin(), 3),
                    Quantities.significant(range.getMax(), 3)));
  }

  /**
   * The normalization of an azimuth.
   *
   * @param reference the number of the azimuth that it is told relative to; −1 for none
   * @param width that its error is divided by
   */
  static Normalization normalization(double[] values, int reference, double width) {
    boolean isPositive = false;
    for (double value : values) {
      isPositive |= value > Math.PI + TOLERANCE && value <= 2 * Math.PI + TOLERANCE;
    }
    return new Normalization.Azimuth(isPositive, width, reference);
  }

  /** The names of azimuths among variables, and what they are told relative to, for people. */
  static List<String> describe(List<String> names, List<Normalization> normalizations) {
    List<String> described = new ArrayList<>();
    for (int v = 0; v < names.size(); v++) {
      if (normalizations.get(v) instanceof Normalization.Azimuth azimuth) {
        described.add(
            azimuth.reference() < 0
                ? names.get(v)
                : "%s (relative to %s)".formatted(names.get(v), names.get(azimuth.reference())));
      }
    }
    return described;
  }
}
