package org.jetfold.codec.autoencoder;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * A strictly monotone map, up to a turn of an azimuth, from a variable's values to numbers of about
 * unit size, and back. All arithmetic is IEEE double with {@link StrictMath}, so that it is the
 * same everywhere.
 */
public sealed interface Normalization {
  /** The normalized value; NaN where {@code x} is outside the domain, or not finite. */
  double apply(double x);

  /** The value of a normalized one; may be infinite or NaN. */
  double undo(double y);

  /** The variable that this one is told relative to; −1 where there is none. */
  default int reference() {
    return -1;
  }

  /**
   * The normalized value, relative to another variable's.
   *
   * @param reference the value of {@link #reference}; not looked at where there is none
   */
  default double apply(double x, double reference) {
    return apply(x);
  }

  /**
   * The value of a normalized one, relative to another variable's.
   *
   * @param reference the restored value of {@link #reference}; not looked at where there is none
   */
  default double undo(double y, double reference) {
    return undo(y);
  }

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
   * An azimuth: an angle in radians that comes round. It is normalized as its distance from the
   * middle of its turn, or the short way from another azimuth, divided by a width. What is restored
   * lies within the turn, whatever the network says.
   *
   * @param positive whether a turn goes from 0 to 2π; otherwise from −π to π
   * @param width above 0
   * @param reference the number of the azimuth that it is told relative to; −1 for none
   */
  record Azimuth(boolean positive, double width, int reference) implements Normalization {
    private static final double TURN = 2 * Math.PI;

    /** Floats around ±π and 2π lie a little outside the turn. */
    private static final double TOLERANCE = 1e-6;

    /** The largest floats within a turn. */
    private static final double LARGEST = 0x1.921fb4p+1;

    private static final double LARGEST_POSITIVE = 0x1.921fb4p+2;

    /** Checks the numbers. */
    public Azimuth {
      if (!(width > 0 && width < Double.POSITIVE_INFINITY) || reference < -1) {
        throw new IllegalArgumentException(
            "an azimuth with the width %s and the reference %d".formatted(width, reference));
      }
    }

    /** An angle as the short way from 0: between −π and π. */
    public static double wrapped(double angle) {
      return angle - TURN * Math.rint(angle / TURN);
    }

    /** The difference that one turn makes to a normalized value. */
    public double period() {
      return TURN / width;
    }

    private double middle() {
      return positive ? Math.PI : 0;
    }

    private boolean isWithin(double x) {
      return Math.abs(x - middle()) <= Math.PI + TOLERANCE;
    }

    @Override
    public double apply(double x) {
      return apply(x, middle());
    }

    @Override
    public double apply(double x, double from) {
      double origin = reference < 0 ? middle() : from;
      return isWithin(x) && Double.isFinite(origin) ? wrapped(x - origin) / width : Double.NaN;
    }

    @Override
    public double undo(double y) {
      return undo(y, middle());
    }

    @Override
    public double undo(double y, double from) {
      double turned = wrapped(y * width + (reference < 0 ? 0 : from - middle()));
      return Math.clamp(positive ? turned + Math.PI : turned, lowest(), highest());
    }

    /** The least value that is restored. */
    public double lowest() {
      return positive ? 0 : -LARGEST;
    }

    /** The largest value that is restored. */
    public double highest() {
      return positive ? LARGEST_POSITIVE : LARGEST;
    }

    @Override
    public void write(ByteWriter out) {
      out.u8(3);
      out.u8(positive ? 1 : 0);
      out.f64(width);
      out.varint(reference + 1);
    }

    private static Azimuth read(ByteReader in) {
      int positive = in.u8();
      if (positive > 1) {
        throw in.malformed("a flag is %d, neither 0 nor 1".formatted(positive));
      }
      double width = in.f64();
      int reference =
          in.count(AutoencoderDescription.MAX_VARIABLES, "the number of an azimuth") - 1;
      return new Azimuth(positive == 1, width, reference);
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
    if (kind == 3) {
      return Azimuth.read(in);
    }
    if (kind > 3) {
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
