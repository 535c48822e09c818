package org.jetfold.codec.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products with the Vector API, in blocks of outputs and rows whose sums stay in registers.
 */
final class VectorProducts {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = Kernel.ROWS;

  /** Outputs of a block. */
  private static final int BLOCK = 4;

  /** Processors with vectors of 512 bits have 32 registers for them, others perhaps only 16. */
  private static final boolean SIXTEEN_SUMS_FIT = FLOATS.vectorBitSize() == 512;

  private VectorProducts() {}

  /** {@link Kernel#multiply}. */
  static void multiply(
      float[] weights,
      int weightsFrom,
      int outputs,
      int inputs,
      float[] x,
      float[] y,
      int yFrom,
      int rows) {
    int whole = outputs - outputs % BLOCK;
    int row = 0;
    while (row < rows) {
      int vectors = (rows - row + LANES - 1) / LANES;
      int w = weightsFrom;
      int out = yFrom * ROWS + row;
      if (SIXTEEN_SUMS_FIT && vectors > 2) {
        for (int o = 0; o < whole; o += BLOCK) {
          fourByFour(weights, w, inputs, x, y, out, row);
          w += BLOCK * inputs;
          out += BLOCK * ROWS;
        }
        row += 4 * LANES;
      } else if (vectors > 1) {
        for (int o = 0; o < whole; o += BLOCK) {
          fourByTwo(weights, w, inputs, x, y, out, row);
          w += BLOCK * inputs;
          out += BLOCK * ROWS;
        }
        row += 2 * LANES;
      } else {
        for (int o = 0; o < whole; o += BLOCK) {
          fourByOne(weights, w, inputs, x, y, out, row);
          w += BLOCK * inputs;
          out += BLOCK * ROWS;
        }
        row += LANES;
      }
    }
    for (int o = whole; o < outputs; o++) {
      int w = weightsFrom + o * inputs;
      int out = (yFrom + o) * ROWS;
      row = 0;
      for (; row + LANES < rows; row += 4 * LANES) {
        oneByFour(weights, w, inputs, x, y, out + row, row);
      }
      if (row < rows) {
        oneByOne(weights, w, inputs, x, y, out + row, row);
      }
    }
  }

  private static void fourByFour(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector a2 = FloatVector.fromArray(FLOATS, y, out + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(FLOATS, y, out + 3 * LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, out + ROWS + LANES);
    FloatVector b2 = FloatVector.fromArray(FLOATS, y, out + ROWS + 2 * LANES);
    FloatVector b3 = FloatVector.fromArray(FLOATS, y, out + ROWS + 3 * LANES);
    FloatVector c0 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector c1 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS + LANES);
    FloatVector c2 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS + 3 * LANES);
    FloatVector d0 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    FloatVector d1 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS + LANES);
    FloatVector d2 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS + 2 * LANES);
    FloatVector d3 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS + 3 * LANES);
    for (int i = 0; i < inputs; i++) {
      int in = i * ROWS + row;
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, in);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, in + LANES);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, in + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, in + 3 * LANES);
      FloatVector wa = FloatVector.broadcast(FLOATS, weights[w + i]);
      a0 = wa.fma(x0, a0);
      a1 = wa.fma(x1, a1);
      a2 = wa.fma(x2, a2);
      a3 = wa.fma(x3, a3);
      FloatVector wb = FloatVector.broadcast(FLOATS, weights[w + inputs + i]);
      b0 = wb.fma(x0, b0);
      b1 = wb.fma(x1, b1);
      b2 = wb.fma(x2, b2);
      b3 = wb.fma(x3, b3);
      FloatVector wc = FloatVector.broadcast(FLOATS, weights[w + 2 * inputs + i]);
      c0 = wc.fma(x0, c0);
      c1 = wc.fma(x1, c1);
      c2 = wc.fma(x2, c2);
      c3 = wc.fma(x3, c3);
      FloatVector wd = FloatVector.broadcast(FLOATS, weights[w + 3 * inputs + i]);
      d0 = wd.fma(x0, d0);
      d1 = wd.fma(x1, d1);
      d2 = wd.fma(x2, d2);
      d3 = wd.fma(x3, d3);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + LANES);
    a2.intoArray(y, out + 2 * LANES);
    a3.intoArray(y, out + 3 * LANES);
    b0.intoArray(y, out + ROWS);
    b1.intoArray(y, out + ROWS + LANES);
    b2.intoArray(y, out + ROWS + 2 * LANES);
    b3.intoArray(y, out + ROWS + 3 * LANES);
    c0.intoArray(y, out + 2 * ROWS);
    c1.intoArray(y, out + 2 * ROWS + LANES);
    c2.intoArray(y, out + 2 * ROWS + 2 * LANES);
    c3.intoArray(y, out + 2 * ROWS + 3 * LANES);
    d0.intoArray(y, out + 3 * ROWS);
    d1.intoArray(y, out + 3 * ROWS + LANES);
    d2.intoArray(y, out + 3 * ROWS + 2 * LANES);
    d3.intoArray(y, out + 3 * ROWS + 3 * LANES);
  }

  private static void fourByTwo(
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
      FloatVector wa = FloatVector.broadcast(FLOATS, weights[w + i]);
      a0 = wa.fma(x0, a0);
      a1 = wa.fma(x1, a1);
      FloatVector wb = FloatVector.broadcast(FLOATS, weights[w + inputs + i]);
      b0 = wb.fma(x0, b0);
      b1 = wb.fma(x1, b1);
      FloatVector wc = FloatVector.broadcast(FLOATS, weights[w + 2 * inputs + i]);
      c0 = wc.fma(x0, c0);
      c1 = wc.fma(x1, c1);
      FloatVector wd = FloatVector.broadcast(FLOATS, weights[w + 3 * inputs + i]);
      d0 = wd.fma(x0, d0);
      d1 = wd.fma(x1, d1);
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

  private static void fourByOne(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a = FloatVector.fromArray(FLOATS, y, out);
    FloatVector b = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector c = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector d = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    for (int i = 0; i < inputs; i++) {
      FloatVector values = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      a = FloatVector.broadcast(FLOATS, weights[w + i]).fma(values, a);
      b = FloatVector.broadcast(FLOATS, weights[w + inputs + i]).fma(values, b);
      c = FloatVector.broadcast(FLOATS, weights[w + 2 * inputs + i]).fma(values, c);
      d = FloatVector.broadcast(FLOATS, weights[w + 3 * inputs + i]).fma(values, d);
    }
    a.intoArray(y, out);
    b.intoArray(y, out + ROWS);
    c.intoArray(y, out + 2 * ROWS);
    d.intoArray(y, out + 3 * ROWS);
  }

  private static void oneByFour(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a = FloatVector.fromArray(FLOATS, y, out);
    FloatVector b = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector c = FloatVector.fromArray(FLOATS, y, out + 2 * LANES);
    FloatVector d = FloatVector.fromArray(FLOATS, y, out + 3 * LANES);
    for (int i = 0; i < inputs; i++) {
      int in = i * ROWS + row;
      FloatVector weight = FloatVector.broadcast(FLOATS, weights[w + i]);
      a = weight.fma(FloatVector.fromArray(FLOATS, x, in), a);
      b = weight.fma(FloatVector.fromArray(FLOATS, x, in + LANES), b);
      c = weight.fma(FloatVector.fromArray(FLOATS, x, in + 2 * LANES), c);
      d = weight.fma(FloatVector.fromArray(FLOATS, x, in + 3 * LANES), d);
    }
    a.intoArray(y, out);
    b.intoArray(y, out + LANES);
    c.intoArray(y, out + 2 * LANES);
    d.intoArray(y, out + 3 * LANES);
  }

  private static void oneByOne(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a = FloatVector.fromArray(FLOATS, y, out);
    for (int i = 0; i < inputs; i++) {
      FloatVector values = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      a = FloatVector.broadcast(FLOATS, weights[w + i]).fma(values, a);
    }
    a.intoArray(y, out);
  }

  /** {@link Kernel#multiplyOne}. */
  static void multiplyOne(float[] weights, int outputs, int inputs, float[] x, float[] y) {
    // Four sums stay in registers: 16, 32 or 64 outputs, all of which divide ROWS.
    for (int o = 0; o < outputs; o += 4 * LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, y, o);
      FloatVector b = FloatVector.fromArray(FLOATS, y, o + LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, y, o + 2 * LANES);
      FloatVector d = FloatVector.fromArray(FLOATS, y, o + 3 * LANES);
      for (int i = 0; i < inputs; i++) {
        FloatVector value = FloatVector.broadcast(FLOATS, x[i]);
        int w = i * outputs + o;
        a = FloatVector.fromArray(FLOATS, weights, w).fma(value, a);
        b = FloatVector.fromArray(FLOATS, weights, w + LANES).fma(value, b);
        c = FloatVector.fromArray(FLOATS, weights, w + 2 * LANES).fma(value, c);
        d = FloatVector.fromArray(FLOATS, weights, w + 3 * LANES).fma(value, d);
      }
      a.intoArray(y, o);
      b.intoArray(y, o + LANES);
      c.intoArray(y, o + 2 * LANES);
      d.intoArray(y, o + 3 * LANES);
    }
  }
}
