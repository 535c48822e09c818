package org.jetfold.study.matching;

/**
 * Which pairs of an original and a restored object may belong together.
 *
 * @param distance the largest ΔR = √(Δη² + Δφ²), inclusive, above 0
 * @param momentum the largest |ΔpT|/pT of the original's pT, inclusive; infinite for any
 */
public record MatchingCut(double distance, double momentum) {
  /** ΔR that the field uses for jets before and after compression. */
  public static final double DEFAULT_DISTANCE = 0.01;

  /** Checks the limits. */
  public MatchingCut {
    if (!(distance > 0) || !(momentum > 0) || Double.isInfinite(distance)) {
      throw new IllegalArgumentException("a cut must be above 0");
    }
  }

  /**
   * Reads {@code dr}, {@code dr:0.01} or {@code dr:0.01,dpt:0.005}.
   *
   * @throws IllegalArgumentException where it is none of these, with a message for the user
   */
  public static MatchingCut parse(String text) {
    double distance = DEFAULT_DISTANCE;
    double momentum = Double.POSITIVE_INFINITY;
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      String name = (colon < 0 ? part : part.substring(0, colon)).strip();
      if (name.equals("dr")) {
        distance = colon < 0 ? DEFAULT_DISTANCE : limit(text, part.substring(colon + 1));
      } else if (name.equals("dpt") && colon >= 0) {
        momentum = limit(text, part.substring(colon + 1));
      } else {
        throw notUnderstood(text);
      }
    }
    return new MatchingCut(distance, momentum);
  }

  private static double limit(String text, String number) {
    try {
      double limit = Double.parseDouble(number.strip());
      if (limit > 0 && !Double.isInfinite(limit)) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notUnderstood(text).getMessage(), e);
    }
    throw notUnderstood(text);
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        "'%s' is no matching: say dr:0.01 (the largest ΔR), or dr:0.01,dpt:0.005 (and the largest |ΔpT|/pT)"
            .formatted(text));
  }

  @Override
  public String toString() {
    return "ΔR ≤ "
        + distance
        + (momentum < Double.POSITIVE_INFINITY ? ", |ΔpT|/pT ≤ " + momentum : "");
  }
}
