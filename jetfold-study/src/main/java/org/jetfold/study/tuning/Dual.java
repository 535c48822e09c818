package org.jetfold.study.tuning;

/**
 * A number with its derivatives with respect to some variables: automatic differentiation in the
 * forward direction. Immutable.
 *
 * @param value the number
 * @param slopes its derivative with respect to each variable
 */
record Dual(double value, double[] slopes) {
  private static final int VARIABLES = 8;

  /** The number of a variable: its derivative with respect to itself is 1. */
  static Dual variable(double value, int number) {
    double[] slopes = new double[VARIABLES];
    slopes[number] = 1;
    return new Dual(value, slopes);
  }

  private Dual through(double result, double slope) {
    double[] chained = new double[slopes.length];
    for (int i = 0; i < chained.length; i++) {
      chained[i] = slope * slopes[i];
    }
    return new Dual(result, chained);
  }

  private Dual with(Dual other, double result, double slope, double otherSlope) {
    double[] chained = new double[slopes.length];
    for (int i = 0; i < chained.length; i++) {
      chained[i] = slope * slopes[i] + otherSlope * other.slopes[i];
    }
    return new Dual(result, chained);
  }

  Dual plus(Dual other) {
    return with(other, value + other.value, 1, 1);
  }

  Dual minus(Dual other) {
    return with(other, value - other.value, 1, -1);
  }

  Dual times(Dual other) {
    return with(other, value * other.value, other.value, value);
  }

  Dual times(double factor) {
    return through(value * factor, factor);
  }

  Dual over(Dual other) {
    return with(other, value / other.value, 1 / other.value, -value / (other.value * other.value));
  }

  Dual squared() {
    return times(this);
  }

  Dual root() {
    double root = Math.sqrt(value);
    return through(root, 0.5 / root);
  }

  Dual cosine() {
    return through(Math.cos(value), -Math.sin(value));
  }

  Dual sinh() {
    return through(Math.sinh(value), Math.cosh(value));
  }

  Dual cosh() {
    return through(Math.cosh(value), Math.sinh(value));
  }

  Dual asinh() {
    double inverse = Math.copySign(Math.log(Math.abs(value) + Math.sqrt(value * value + 1)), value);
    return through(inverse, 1 / Math.sqrt(value * value + 1));
  }
}
