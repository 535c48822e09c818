package org.jetfold.study.matching;

/** Differences of azimuths. */
public final class Angles {
  private static final double TURN = 2 * Math.PI;

  private Angles() {}

  /** A difference of two azimuths in radians, brought into [−π, π]; others stay as they are. */
  public static double wrapped(double difference) {
    return Math.abs(difference) <= Math.PI ? difference : Math.IEEEremainder(difference, TURN);
  }
}
