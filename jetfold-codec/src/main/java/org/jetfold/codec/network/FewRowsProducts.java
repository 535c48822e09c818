package org.jetfold.codec.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products with few rows with the Vector API, lanes across outputs. One row is read for up
 * to four vectors of weights; of several rows, each vector of weights is read for five, about as
 * many as an event has: the weights of a layer seldom fit the first cache, and reading them is what
 * takes the time.
 */
final class FewRowsProducts {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int PANEL = FewRowsWeights.PANEL;

  /** The rows of a block. */
  private static final int TOGETHER = 5;

  /** Fewer rows than this are as fast one by one. */
  private static final int MIN_TOGETHER = 3;

  private FewRowsProducts() {}

  /** {@link Kernel#multiplyFew}. */
  static void multiply(FewRowsWeights packed, float[] x, int xStride, float[] y, int rows) {
    int row = 0;
    for (; rows - row >= MIN_TOGETHER; row += TOGETHER) {
      fewRows(packed, x, xStride, y, row, Math.min(rows - row, TOGETHER));
    }
    for (; row < rows; row++) {
      oneRow(packed, x, row * xStride, y, row * packed.units());
    }
  }

  private static void fewRows(
      FewRowsWeights packed, float[] x, int xStride, float[] y, int row, int rows) {
    int units = packed.units();
    int b = row + 1;
    int c = row + 2;
    // Fewer rows than five: the last one again, which gives the same once more.
    int d = row + Math.min(3, rows - 1);
    int e = row + rows - 1;
    for (int o = 0; o < units; o += 2 * LANES) {
      twoOfFive(
          packed.values(),
          packed.at(o),
          packed.inputs(),
          x,
          row * xStride,
          b * xStride,
          c * xStride,
          d * xStride,
          e * xStride,
          y,
          row * units + o,
          b * units + o,
          c * units + o,
          d * units + o,
          e * units + o);
    }
  }

  private static void twoOfFive(
      float[] weights,
      int w,
      int inputs,
      float[] x,
      int xa,
      int xb,
      int xc,
      int xd,
      int xe,
      float[] y,
      int ya,
      int yb,
      int yc,
      int yd,
      int ye) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, ya);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, ya + LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, yb);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, yb + LANES);
    FloatVector c0 = FloatVector.fromArray(FLOATS, y, yc);
    FloatVector c1 = FloatVector.fromArray(FLOATS, y, yc + LANES);
    FloatVector d0 = FloatVector.fromArray(FLOATS, y, yd);
    FloatVector d1 = FloatVector.fromArray(FLOATS, y, yd + LANES);
    FloatVector e0 = FloatVector.fromArray(FLOATS, y, ye);
    FloatVector e1 = FloatVector.fromArray(FLOATS, y, ye + LANES);
    for (int i = 0; i < inputs; i++) {
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, w + i * PANEL);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, w + i * PANEL + LANES);
      FloatVector a = FloatVector.broadcast(FLOATS, x[xa + i]);
      a0 = w0.fma(a, a0);
      a1 = w1.fma(a, a1);
      FloatVector b = FloatVector.broadcast(FLOATS, x[xb + i]);
      b0 = w0.fma(b, b0);
      b1 = w1.fma(b, b1);
      FloatVector c = FloatVector.broadcast(FLOATS, x[xc + i]);
      c0 = w0.fma(c, c0);
      c1 = w1.fma(c, c1);
      FloatVector d = FloatVector.broadcast(FLOATS, x[xd + i]);
      d0 = w0.fma(d, d0);
      d1 = w1.fma(d, d1);
      FloatVector e = FloatVector.broadcast(FLOATS, x[xe + i]);
      e0 = w0.fma(e, e0);
      e1 = w1.fma(e, e1);
    }
    a0.intoArray(y, ya);
    a1.intoArray(y, ya + LANES);
    b0.intoArray(y, yb);
    b1.intoArray(y, yb + LANES);
    c0.intoArray(y, yc);
    c1.intoArray(y, yc + LANES);
    d0.intoArray(y, yd);
    d1.intoArray(y, yd + LANES);
    e0.intoArray(y, ye);
    e1.intoArray(y, ye + LANES);
  }

  private static void oneRow(FewRowsWeights packed, float[] x, int from, float[] y, int out) {
    float[] weights = packed.values();
    int inputs = packed.inputs();
    int o = 0;
    for (; o + 4 * LANES <= packed.units(); o += 4 * LANES) {
      fourOfOne(
          weights,
          packed.at(o),
          packed.at(o + LANES),
          packed.at(o + 2 * LANES),
          packed.at(o + 3 * LANES),
          inputs,
          x,
          from,
          y,
          out + o);
    }
    for (; o < packed.units(); o += 2 * LANES) {
      twoOfOne(weights, packed.at(o), packed.at(o + LANES), inputs, x, from, y, out + o);
    }
  }

  private static void fourOfOne(
      float[] weights,
      int a,
      int b,
      int c,
      int d,
      int inputs,
      float[] x,
      int from,
      float[] y,
      int out) {
    FloatVector ya = FloatVector.fromArray(FLOATS, y, out);
    FloatVector yb = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector yc = FloatVector.fromArray(FLOATS, y, out + 2 * LANES);
    FloatVector yd = FloatVector.fromArray(FLOATS, y, out + 3 * LANES);
    for (int i = 0; i < inputs; i++) {
      FloatVector value = FloatVector.broadcast(FLOATS, x[from + i]);
      ya = FloatVector.fromArray(FLOATS, weights, a + i * PANEL).fma(value, ya);
      yb = FloatVector.fromArray(FLOATS, weights, b + i * PANEL).fma(value, yb);
      yc = FloatVector.fromArray(FLOATS, weights, c + i * PANEL).fma(value, yc);
      yd = FloatVector.fromArray(FLOATS, weights, d + i * PANEL).fma(value, yd);
    }
    ya.intoArray(y, out);
    yb.intoArray(y, out + LANES);
    yc.intoArray(y, out + 2 * LANES);
    yd.intoArray(y, out + 3 * LANES);
  }

  private static void twoOfOne(
      float[] weights, int a, int b, int inputs, float[] x, int from, float[] y, int out) {
    FloatVector ya = FloatVector.fromArray(FLOATS, y, out);
    FloatVector yb = FloatVector.fromArray(FLOATS, y, out + LANES);
    for (int i = 0; i < inputs; i++) {
      FloatVector value = FloatVector.broadcast(FLOATS, x[from + i]);
      ya = FloatVector.fromArray(FLOATS, weights, a + i * PANEL).fma(value, ya);
      yb = FloatVector.fromArray(FLOATS, weights, b + i * PANEL).fma(value, yb);
    }
    ya.intoArray(y, out);
    yb.intoArray(y, out + LANES);
  }
}
