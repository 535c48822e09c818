package org.jetfold.codec.autoencoder;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * A strictly monotone map from a variable's values to numbers of about unit size, and back. All
 * arithmetic is IEEE double with {@link StrictMath}, so that it is the same everywhere.
 */
public sealed interface Normalization {
  /** The normalized value; NaN where {@code x} is outside the domain, or not finite. */
  double apply(double x);

  /** The value of a normalized one; may be infinite or NaN. */
  double undo(double y);

  /** Writes its fields (docs/format.md section 13.1). */
  void write(ByteWriter out);

  /**
   * With u = factor·x + offset: (u − centre) / width, or (log10 u − centre) / width for u &gt; 0.
   */
  record Formula(boolean logarithm, double factor, double offset, double centre, double width)
      implements Normalization {
    private static final double LN_10 = 2.302585092994046;

    /** Checks the numbers. */
    public Formula {
      if (!Double.isFinite(factor)
          || factor == 0
          || !Double.isFinite(offset)
          || !Double.isFinite(centre)
          || !Double.isFinite(width)
          || width == 0) {
        throw new IllegalArgumentException("a normalization that cannot be undone");
      }
    }

    @Override
    public double apply(double x) {
      double u = factor * x + offset;
      if (logarithm) {
        u = u > 0 ? StrictMath.log10(u) : Double.NaN;
      }
      double y = (u - centre) / width;
      return Double.isFinite(y) ? y : Double.NaN;
    }

    @Override
    public double undo(double y) {
      double u = y * width + centre;
      if (logarithm) {
        u = StrictMath.exp(u * LN_10);
      }
      return (u - offset) / factor;
    }

    @Override
    public void write(ByteWriter out) {
      out.u8(logarithm ? 1 : 0);
      for (double number : new double[] {factor, offset, centre, width}) {
        out.f64(number);
      }
    }
  }

  /**
   * Straight lines between knots, the first and last continued outwards.
   *
   * @param x at least two, strictly increasing
   * @param y as many, strictly increasing
   */
  record Knots(double[] x, double[] y) implements Normalization {
    /** The most knots. */
    public static final int MAX_COUNT = 4096;

    /** Checks the order. */
    public Knots {
      if (x.length != y.length || x.length < 2 || x.length > MAX_COUNT) {
        throw new IllegalArgumentException("a normalization with %d knots".formatted(x.length));
      }
      for (int i = 0; i < x.length; i++) {
        boolean follows = i == 0 || (x[i] > x[i - 1] && y[i] > y[i - 1]);
        if (!Double.isFinite(x[i]) || !Double.isFinite(y[i]) || !follows) {
          throw new IllegalArgumentException("a normalization whose knots do not rise");
        }
      }
    }

    @Override
    public double apply(double value) {
      double result = line(x, y, value);
      return Double.isFinite(result) ? result : Double.NaN;
    }

    @Override
    public double undo(double value) {
      return line(y, x, value);
    }

    private static double line(double[] from, double[] to, double value) {
      int found = Arrays.binarySearch(from, value);
      if (found >= 0) {
        return to[found];
      }
      int i = Math.clamp(-found - 2, 0, from.length - 2);
      return to[i] + (value - from[i]) * ((to[i + 1] - to[i]) / (from[i + 1] - from[i]));
    }

    @Override
    public void write(ByteWriter out) {
      out.u8(2);
      out.varint(x.length);
      for (int i = 0; i < x.length; i++) {
        out.f64(x[i]);
        out.f64(y[i]);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote; IllegalArgumentException where the numbers give no monotone
   * map.
   */
  static Normalization read(ByteReader in) {
    int kind = in.u8();
    if (kind < 2) {
      return new Formula(kind == 1, in.f64(), in.f64(), in.f64(), in.f64());
    }
    if (kind > 2) {
      throw in.malformed("a normalization of the unknown kind %d".formatted(kind));
    }
    int count = in.count(Knots.MAX_COUNT, "the number of knots");
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = in.f64();
      y[i] = in.f64();
    }
    return new Knots(x, y);
  }
}
