package org.jetfold.codec.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products with the Vector API, in blocks of outputs and rows whose sums stay in registers.
 * A block reads each weight once for one or two vectors of rows, and the rows' inputs once for
 * three panels of outputs where there are as many: so there is more to compute than to load.
 */
final class VectorProducts {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = Kernel.ROWS;
  private static final int PANEL = PackedWeights.PANEL;

  /** Panels of a wide block. */
  private static final int WIDE = 3;

  /** Processors with vectors of 512 bits have 32 registers for them, others perhaps only 16. */
  private static final boolean MANY_REGISTERS = FLOATS.vectorBitSize() == 512;

  private VectorProducts() {}

  /** {@link Kernel#multiply}. */
  static void multiply(PackedWeights packed, float[] x, float[] y, int yFrom, int rows) {
    float[] weights = packed.values();
    int inputs = packed.inputs();
    int panels = PackedWeights.units(packed.outputs()) / PANEL;
    int row = 0;
    while (row < rows) {
      boolean two = MANY_REGISTERS && rows - row > LANES;
      int w = 0;
      int out = yFrom * ROWS + row;
      int panel = 0;
      for (; panel + WIDE <= panels; panel += WIDE) {
        if (two) {
          wideByTwo(weights, w, inputs, x, y, out, row);
        } else {
          wideByOne(weights, w, inputs, x, y, out, row);
        }
        w += WIDE * PANEL * inputs;
        out += WIDE * PANEL * ROWS;
      }
      for (; panel < panels; panel++) {
        if (two) {
          panelByTwo(weights, w, inputs, x, y, out, row);
        } else {
          panelByOne(weights, w, inputs, x, y, out, row);
        }
        w += PANEL * inputs;
        out += PANEL * ROWS;
      }
      row += two ? 2 * LANES : LANES;
    }
  }

  private static void wideByTwo(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, out + ROWS + LANES);
    FloatVector c0 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector c1 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS + LANES);
    FloatVector d0 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    FloatVector d1 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS + LANES);
    FloatVector e0 = FloatVector.fromArray(FLOATS, y, out + 4 * ROWS);
    FloatVector e1 = FloatVector.fromArray(FLOATS, y, out + 4 * ROWS + LANES);
    FloatVector f0 = FloatVector.fromArray(FLOATS, y, out + 5 * ROWS);
    FloatVector f1 = FloatVector.fromArray(FLOATS, y, out + 5 * ROWS + LANES);
    FloatVector g0 = FloatVector.fromArray(FLOATS, y, out + 6 * ROWS);
    FloatVector g1 = FloatVector.fromArray(FLOATS, y, out + 6 * ROWS + LANES);
    FloatVector h0 = FloatVector.fromArray(FLOATS, y, out + 7 * ROWS);
    FloatVector h1 = FloatVector.fromArray(FLOATS, y, out + 7 * ROWS + LANES);
    FloatVector m0 = FloatVector.fromArray(FLOATS, y, out + 8 * ROWS);
    FloatVector m1 = FloatVector.fromArray(FLOATS, y, out + 8 * ROWS + LANES);
    FloatVector n0 = FloatVector.fromArray(FLOATS, y, out + 9 * ROWS);
    FloatVector n1 = FloatVector.fromArray(FLOATS, y, out + 9 * ROWS + LANES);
    FloatVector p0 = FloatVector.fromArray(FLOATS, y, out + 10 * ROWS);
    FloatVector p1 = FloatVector.fromArray(FLOATS, y, out + 10 * ROWS + LANES);
    FloatVector q0 = FloatVector.fromArray(FLOATS, y, out + 11 * ROWS);
    FloatVector q1 = FloatVector.fromArray(FLOATS, y, out + 11 * ROWS + LANES);
    int w1 = w + PANEL * inputs;
    int w2 = w + 2 * PANEL * inputs;
    for (int i = 0; i < inputs; i++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, i * ROWS + row + LANES);
      FloatVector a = FloatVector.broadcast(FLOATS, weights[w + i * PANEL]);
      a0 = a.fma(x0, a0);
      a1 = a.fma(x1, a1);
      FloatVector b = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 1]);
      b0 = b.fma(x0, b0);
      b1 = b.fma(x1, b1);
      FloatVector c = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 2]);
      c0 = c.fma(x0, c0);
      c1 = c.fma(x1, c1);
      FloatVector d = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 3]);
      d0 = d.fma(x0, d0);
      d1 = d.fma(x1, d1);
      FloatVector e = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL]);
      e0 = e.fma(x0, e0);
      e1 = e.fma(x1, e1);
      FloatVector f = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL + 1]);
      f0 = f.fma(x0, f0);
      f1 = f.fma(x1, f1);
      FloatVector g = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL + 2]);
      g0 = g.fma(x0, g0);
      g1 = g.fma(x1, g1);
      FloatVector h = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL + 3]);
      h0 = h.fma(x0, h0);
      h1 = h.fma(x1, h1);
      FloatVector m = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL]);
      m0 = m.fma(x0, m0);
      m1 = m.fma(x1, m1);
      FloatVector n = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL + 1]);
      n0 = n.fma(x0, n0);
      n1 = n.fma(x1, n1);
      FloatVector p = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL + 2]);
      p0 = p.fma(x0, p0);
      p1 = p.fma(x1, p1);
      FloatVector q = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL + 3]);
      q0 = q.fma(x0, q0);
      q1 = q.fma(x1, q1);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + LANES);
    b0.intoArray(y, out + ROWS);
    b1.intoArray(y, out + ROWS + LANES);
    c0.intoArray(y, out + 2 * ROWS);
    c1.intoArray(y, out + 2 * ROWS + LANES);
    d0.intoArray(y, out + 3 * ROWS);
    d1.intoArray(y, out + 3 * ROWS + LANES);
    e0.intoArray(y, out + 4 * ROWS);
    e1.intoArray(y, out + 4 * ROWS + LANES);
    f0.intoArray(y, out + 5 * ROWS);
    f1.intoArray(y, out + 5 * ROWS + LANES);
    g0.intoArray(y, out + 6 * ROWS);
    g1.intoArray(y, out + 6 * ROWS + LANES);
    h0.intoArray(y, out + 7 * ROWS);
    h1.intoArray(y, out + 7 * ROWS + LANES);
    m0.intoArray(y, out + 8 * ROWS);
    m1.intoArray(y, out + 8 * ROWS + LANES);
    n0.intoArray(y, out + 9 * ROWS);
    n1.intoArray(y, out + 9 * ROWS + LANES);
    p0.intoArray(y, out + 10 * ROWS);
    p1.intoArray(y, out + 10 * ROWS + LANES);
    q0.intoArray(y, out + 11 * ROWS);
    q1.intoArray(y, out + 11 * ROWS + LANES);
  }

  private static void wideByOne(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a = FloatVector.fromArray(FLOATS, y, out);
    FloatVector b = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector c = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector d = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    FloatVector e = FloatVector.fromArray(FLOATS, y, out + 4 * ROWS);
    FloatVector f = FloatVector.fromArray(FLOATS, y, out + 5 * ROWS);
    FloatVector g = FloatVector.fromArray(FLOATS, y, out + 6 * ROWS);
    FloatVector h = FloatVector.fromArray(FLOATS, y, out + 7 * ROWS);
    FloatVector m = FloatVector.fromArray(FLOATS, y, out + 8 * ROWS);
    FloatVector n = FloatVector.fromArray(FLOATS, y, out + 9 * ROWS);
    FloatVector p = FloatVector.fromArray(FLOATS, y, out + 10 * ROWS);
    FloatVector q = FloatVector.fromArray(FLOATS, y, out + 11 * ROWS);
    int w1 = w + PANEL * inputs;
    int w2 = w + 2 * PANEL * inputs;
    for (int i = 0; i < inputs; i++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      a = FloatVector.broadcast(FLOATS, weights[w + i * PANEL]).fma(x0, a);
      b = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 1]).fma(x0, b);
      c = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 2]).fma(x0, c);
      d = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 3]).fma(x0, d);
      e = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL]).fma(x0, e);
      f = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL + 1]).fma(x0, f);
      g = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL + 2]).fma(x0, g);
      h = FloatVector.broadcast(FLOATS, weights[w1 + i * PANEL + 3]).fma(x0, h);
      m = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL]).fma(x0, m);
      n = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL + 1]).fma(x0, n);
      p = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL + 2]).fma(x0, p);
      q = FloatVector.broadcast(FLOATS, weights[w2 + i * PANEL + 3]).fma(x0, q);
    }
    a.intoArray(y, out);
    b.intoArray(y, out + ROWS);
    c.intoArray(y, out + 2 * ROWS);
    d.intoArray(y, out + 3 * ROWS);
    e.intoArray(y, out + 4 * ROWS);
    f.intoArray(y, out + 5 * ROWS);
    g.intoArray(y, out + 6 * ROWS);
    h.intoArray(y, out + 7 * ROWS);
    m.intoArray(y, out + 8 * ROWS);
    n.intoArray(y, out + 9 * ROWS);
    p.intoArray(y, out + 10 * ROWS);
    q.intoArray(y, out + 11 * ROWS);
  }

  private static void panelByTwo(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, out + ROWS + LANES);
    FloatVector c0 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector c1 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS + LANES);
    FloatVector d0 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    FloatVector d1 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS + LANES);
    for (int i = 0; i < inputs; i++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, i * ROWS + row + LANES);
      FloatVector a = FloatVector.broadcast(FLOATS, weights[w + i * PANEL]);
      a0 = a.fma(x0, a0);
      a1 = a.fma(x1, a1);
      FloatVector b = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 1]);
      b0 = b.fma(x0, b0);
      b1 = b.fma(x1, b1);
      FloatVector c = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 2]);
      c0 = c.fma(x0, c0);
      c1 = c.fma(x1, c1);
      FloatVector d = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 3]);
      d0 = d.fma(x0, d0);
      d1 = d.fma(x1, d1);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + LANES);
    b0.intoArray(y, out + ROWS);
    b1.intoArray(y, out + ROWS + LANES);
    c0.intoArray(y, out + 2 * ROWS);
    c1.intoArray(y, out + 2 * ROWS + LANES);
    d0.intoArray(y, out + 3 * ROWS);
    d1.intoArray(y, out + 3 * ROWS + LANES);
  }

  private static void panelByOne(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a = FloatVector.fromArray(FLOATS, y, out);
    FloatVector b = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector c = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector d = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    for (int i = 0; i < inputs; i++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      a = FloatVector.broadcast(FLOATS, weights[w + i * PANEL]).fma(x0, a);
      b = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 1]).fma(x0, b);
      c = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 2]).fma(x0, c);
      d = FloatVector.broadcast(FLOATS, weights[w + i * PANEL + 3]).fma(x0, d);
    }
    a.intoArray(y, out);
    b.intoArray(y, out + ROWS);
    c.intoArray(y, out + 2 * ROWS);
    d.intoArray(y, out + 3 * ROWS);
  }
}
