package org.jetfold.codec.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops written with the Vector API, lanes across rows. Loaded only where the module {@code
 * jdk.incubator.vector} is there.
 */
final class VectorKernel extends Kernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();

  @Override
  public String name() {
    return "%d-bit vectors".formatted(FLOATS.vectorBitSize());
  }

  @Override
  public void multiply(
      float[] weights,
      int weightsFrom,
      int outputs,
      int inputs,
      float[] x,
      float[] y,
      int yFrom,
      int rows) {
    int o = 0;
    for (; o + 4 <= outputs; o += 4) {
      int w = weightsFrom + o * inputs;
      int r = 0;
      for (; r + LANES < rows; r += 2 * LANES) {
        multiplyFourTwice(weights, w, inputs, x, y, (yFrom + o) * ROWS + r, r);
      }
      if (r < rows) {
        multiplyFour(weights, w, inputs, x, y, (yFrom + o) * ROWS + r, r);
      }
    }
    int w = weightsFrom + o * inputs;
    int out = (yFrom + o) * ROWS;
    switch (outputs - o) {
      case 3 -> {
        for (int r = 0; r < rows; r += 2 * LANES) {
          multiplyThreeTwice(weights, w, inputs, x, y, out + r, r);
        }
      }
      case 2 -> {
        for (int r = 0; r < rows; r += 4 * LANES) {
          multiplyTwoFourTimes(weights, w, inputs, x, y, out + r, r);
        }
      }
      case 1 -> {
        for (int r = 0; r < rows; r += 4 * LANES) {
          multiplyOneFourTimes(weights, w, inputs, x, y, out + r, r);
        }
      }
      default -> {}
    }
  }

  /** Four outputs of two vectors of rows: eight sums stay in registers. */
  private static void multiplyFourTwice(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector a2 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector a3 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, out + LANES + ROWS);
    FloatVector b2 = FloatVector.fromArray(FLOATS, y, out + LANES + 2 * ROWS);
    FloatVector b3 = FloatVector.fromArray(FLOATS, y, out + LANES + 3 * ROWS);
    for (int i = 0; i < inputs; i++) {
      FloatVector xa = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      FloatVector xb = FloatVector.fromArray(FLOATS, x, i * ROWS + row + LANES);
      FloatVector w0 = FloatVector.broadcast(FLOATS, weights[w + i]);
      a0 = w0.fma(xa, a0);
      b0 = w0.fma(xb, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, weights[w + inputs + i]);
      a1 = w1.fma(xa, a1);
      b1 = w1.fma(xb, b1);
      FloatVector w2 = FloatVector.broadcast(FLOATS, weights[w + 2 * inputs + i]);
      a2 = w2.fma(xa, a2);
      b2 = w2.fma(xb, b2);
      FloatVector w3 = FloatVector.broadcast(FLOATS, weights[w + 3 * inputs + i]);
      a3 = w3.fma(xa, a3);
      b3 = w3.fma(xb, b3);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + ROWS);
    a2.intoArray(y, out + 2 * ROWS);
    a3.intoArray(y, out + 3 * ROWS);
    b0.intoArray(y, out + LANES);
    b1.intoArray(y, out + LANES + ROWS);
    b2.intoArray(y, out + LANES + 2 * ROWS);
    b3.intoArray(y, out + LANES + 3 * ROWS);
  }

  private static void multiplyFour(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector a2 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector a3 = FloatVector.fromArray(FLOATS, y, out + 3 * ROWS);
    for (int i = 0; i < inputs; i++) {
      FloatVector xa = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      a0 = FloatVector.broadcast(FLOATS, weights[w + i]).fma(xa, a0);
      a1 = FloatVector.broadcast(FLOATS, weights[w + inputs + i]).fma(xa, a1);
      a2 = FloatVector.broadcast(FLOATS, weights[w + 2 * inputs + i]).fma(xa, a2);
      a3 = FloatVector.broadcast(FLOATS, weights[w + 3 * inputs + i]).fma(xa, a3);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + ROWS);
    a2.intoArray(y, out + 2 * ROWS);
    a3.intoArray(y, out + 3 * ROWS);
  }

  /** What is left of outputs: enough sums at a time that none waits for another. */
  private static void multiplyThreeTwice(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector a2 = FloatVector.fromArray(FLOATS, y, out + 2 * ROWS);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, out + LANES + ROWS);
    FloatVector b2 = FloatVector.fromArray(FLOATS, y, out + LANES + 2 * ROWS);
    for (int i = 0; i < inputs; i++) {
      FloatVector xa = FloatVector.fromArray(FLOATS, x, i * ROWS + row);
      FloatVector xb = FloatVector.fromArray(FLOATS, x, i * ROWS + row + LANES);
      FloatVector w0 = FloatVector.broadcast(FLOATS, weights[w + i]);
      a0 = w0.fma(xa, a0);
      b0 = w0.fma(xb, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, weights[w + inputs + i]);
      a1 = w1.fma(xa, a1);
      b1 = w1.fma(xb, b1);
      FloatVector w2 = FloatVector.broadcast(FLOATS, weights[w + 2 * inputs + i]);
      a2 = w2.fma(xa, a2);
      b2 = w2.fma(xb, b2);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + ROWS);
    a2.intoArray(y, out + 2 * ROWS);
    b0.intoArray(y, out + LANES);
    b1.intoArray(y, out + LANES + ROWS);
    b2.intoArray(y, out + LANES + 2 * ROWS);
  }

  private static void multiplyTwoFourTimes(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector a2 = FloatVector.fromArray(FLOATS, y, out + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(FLOATS, y, out + 3 * LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, out + ROWS);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, out + ROWS + LANES);
    FloatVector b2 = FloatVector.fromArray(FLOATS, y, out + ROWS + 2 * LANES);
    FloatVector b3 = FloatVector.fromArray(FLOATS, y, out + ROWS + 3 * LANES);
    for (int i = 0; i < inputs; i++) {
      int in = i * ROWS + row;
      FloatVector w0 = FloatVector.broadcast(FLOATS, weights[w + i]);
      FloatVector w1 = FloatVector.broadcast(FLOATS, weights[w + inputs + i]);
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, in);
      a0 = w0.fma(x0, a0);
      b0 = w1.fma(x0, b0);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, in + LANES);
      a1 = w0.fma(x1, a1);
      b1 = w1.fma(x1, b1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, in + 2 * LANES);
      a2 = w0.fma(x2, a2);
      b2 = w1.fma(x2, b2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, in + 3 * LANES);
      a3 = w0.fma(x3, a3);
      b3 = w1.fma(x3, b3);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + LANES);
    a2.intoArray(y, out + 2 * LANES);
    a3.intoArray(y, out + 3 * LANES);
    b0.intoArray(y, out + ROWS);
    b1.intoArray(y, out + ROWS + LANES);
    b2.intoArray(y, out + ROWS + 2 * LANES);
    b3.intoArray(y, out + ROWS + 3 * LANES);
  }

  private static void multiplyOneFourTimes(
      float[] weights, int w, int inputs, float[] x, float[] y, int out, int row) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, out);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, out + LANES);
    FloatVector a2 = FloatVector.fromArray(FLOATS, y, out + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(FLOATS, y, out + 3 * LANES);
    for (int i = 0; i < inputs; i++) {
      int in = i * ROWS + row;
      FloatVector w0 = FloatVector.broadcast(FLOATS, weights[w + i]);
      a0 = w0.fma(FloatVector.fromArray(FLOATS, x, in), a0);
      a1 = w0.fma(FloatVector.fromArray(FLOATS, x, in + LANES), a1);
      a2 = w0.fma(FloatVector.fromArray(FLOATS, x, in + 2 * LANES), a2);
      a3 = w0.fma(FloatVector.fromArray(FLOATS, x, in + 3 * LANES), a3);
    }
    a0.intoArray(y, out);
    a1.intoArray(y, out + LANES);
    a2.intoArray(y, out + 2 * LANES);
    a3.intoArray(y, out + 3 * LANES);
  }

  @Override
  public void multiplyOne(float[] weights, int outputs, int inputs, float[] x, float[] y) {
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

  @Override
  public void rectify(float[] y, int yFrom, int units, int rows) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r += LANES) {
        FloatVector values = FloatVector.fromArray(FLOATS, y, r);
        zero.blend(values, values.compare(VectorOperators.GT, 0f)).intoArray(y, r);
      }
    }
  }

  @Override
  public void leak(float[] y, int yFrom, int units, int rows, float slope) {
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r += LANES) {
        FloatVector values = FloatVector.fromArray(FLOATS, y, r);
        values.mul(slope).blend(values, values.compare(VectorOperators.GT, 0f)).intoArray(y, r);
      }
    }
  }

  @Override
  public void tanh(float[] y, int yFrom, int units, int rows) {
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r += LANES) {
        tanh(FloatVector.fromArray(FLOATS, y, r)).intoArray(y, r);
      }
    }
  }

  /** {@link HyperbolicTangent#of} of every lane. */
  private static FloatVector tanh(FloatVector y) {
    FloatVector x = clamp(y, -HyperbolicTangent.LIMIT, HyperbolicTangent.LIMIT);
    FloatVector z = x.mul(x);
    FloatVector p = FloatVector.broadcast(FLOATS, HyperbolicTangent.P5);
    p = p.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.P4));
    p = p.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.P3));
    p = p.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.P2));
    p = p.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.P1));
    p = p.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.P0));
    FloatVector q = FloatVector.broadcast(FLOATS, HyperbolicTangent.Q3);
    q = q.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.Q2));
    q = q.fma(z, FloatVector.broadcast(FLOATS, HyperbolicTangent.Q1));
    q = q.fma(z, FloatVector.broadcast(FLOATS, 1f));
    return x.mul(p).div(q).min(1f).max(-1f);
  }

  @Override
  public void mixtures(float[] outputs, int k, int rows) {
    for (int r = 0; r < rows; r += LANES) {
      FloatVector largest = FloatVector.broadcast(FLOATS, -LARGEST_LOG_WEIGHT);
      for (int i = 0; i < k; i++) {
        FloatVector log = FloatVector.fromArray(FLOATS, outputs, i * ROWS + r);
        FloatVector clamped = clamp(log, -LARGEST_LOG_WEIGHT, LARGEST_LOG_WEIGHT);
        clamped.intoArray(outputs, i * ROWS + r);
        largest = largest.max(clamped);
      }
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < k; i++) {
        FloatVector log = FloatVector.fromArray(FLOATS, outputs, i * ROWS + r);
        FloatVector weight = power(log.sub(largest).mul(LOG2_E));
        weight.intoArray(outputs, i * ROWS + r);
        sum = sum.add(weight);
      }
      for (int i = 0; i < k; i++) {
        FloatVector.fromArray(FLOATS, outputs, i * ROWS + r)
            .div(sum)
            .intoArray(outputs, i * ROWS + r);
        int centre = (k + i) * ROWS + r;
        clamp(FloatVector.fromArray(FLOATS, outputs, centre), -LARGEST_CENTRE, LARGEST_CENTRE)
            .intoArray(outputs, centre);
        int scale = (2 * k + i) * ROWS + r;
        FloatVector log =
            clamp(
                FloatVector.fromArray(FLOATS, outputs, scale), LOWEST_LOG_SCALE, HIGHEST_LOG_SCALE);
        power(log.mul(-LOG2_E)).mul(-LOG2_E).intoArray(outputs, scale);
      }
    }
  }

  private static FloatVector clamp(FloatVector value, float lowest, float highest) {
    VectorMask<Float> above = value.compare(VectorOperators.GT, lowest);
    return FloatVector.broadcast(value.species(), lowest).blend(value.min(highest), above);
  }

  /** {@link Exponential#power} of every lane. */
  private static FloatVector power(FloatVector y) {
    FloatVector clamped = clamp(y, -Exponential.LIMIT, Exponential.LIMIT);
    IntVector cut =
        (IntVector) clamped.add(Exponential.OFFSET).convertShape(VectorOperators.F2I, INTS, 0);
    FloatVector whole =
        (FloatVector)
            cut.sub((int) Exponential.OFFSET).convertShape(VectorOperators.I2F, FLOATS, 0);
    FloatVector r = clamped.sub(whole).max(0f).min(1f);
    FloatVector p = FloatVector.broadcast(FLOATS, Exponential.C6);
    p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C5));
    p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C4));
    p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C3));
    p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C2));
    p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C1));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f)).min(2f);
    return p.mul(
        cut.sub(Exponential.BIAS).lanewise(VectorOperators.LSHL, 23).viewAsFloatingLanes());
  }

  private static FloatVector sigmoids(FloatVector boundary, float[] outputs, int k, int row) {
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < k; i++) {
      FloatVector y =
          boundary
              .sub(FloatVector.fromArray(FLOATS, outputs, (k + i) * ROWS + row))
              .mul(FloatVector.fromArray(FLOATS, outputs, (2 * k + i) * ROWS + row));
      FloatVector sigmoid = one.div(power(y).add(one));
      sum = FloatVector.fromArray(FLOATS, outputs, i * ROWS + row).fma(sigmoid, sum);
    }
    return sum.min(1f);
  }

  @Override
  public void cumulative(
      float[] outputs, int k, float[] boundaries, float scale, int[] result, int rows) {
    for (int r = 0; r < rows; r += LANES) {
      FloatVector boundary = FloatVector.fromArray(FLOATS, boundaries, r);
      IntVector counts =
          (IntVector)
              sigmoids(boundary, outputs, k, r)
                  .mul(scale)
                  .convertShape(VectorOperators.F2I, INTS, 0);
      counts.intoArray(result, r);
    }
  }

  @Override
  public void search(
      float[] outputs,
      int k,
      int row,
      int count,
      float[] boundaries,
      int cells,
      float scale,
      int[] slots,
      int[] found,
      int[] starts,
      int[] ends) {
    // With one kind of vectors all over, the compiler knows them everywhere; lanes behind the rows
    // asked for work on what is there and are not looked at.
    int rounds = 32 - Integer.numberOfLeadingZeros(cells - 1);
    for (int from = 0; from < count; from += LANES) {
      IntVector slot = IntVector.fromArray(INTS, slots, from);
      IntVector low = IntVector.zero(INTS);
      IntVector high = IntVector.broadcast(INTS, cells);
      IntVector lowStart = IntVector.zero(INTS);
      IntVector highStart = IntVector.broadcast(INTS, 1 << PRECISION);
      for (int round = 0; round < rounds; round++) {
        IntVector middle = low.add(high).lanewise(VectorOperators.LSHR, 1);
        // The array of results serves as the gather's indices on the way.
        middle.intoArray(found, from);
        FloatVector boundary = FloatVector.fromArray(FLOATS, boundaries, 0, found, from);
        IntVector counts =
            (IntVector)
                sigmoids(boundary, outputs, k, row + from)
                    .mul(scale)
                    .convertShape(VectorOperators.F2I, INTS, 0);
        IntVector start = counts.add(middle);
        VectorMask<Integer> notAbove = start.compare(VectorOperators.LE, slot);
        low = low.blend(middle, notAbove);
        lowStart = lowStart.blend(start, notAbove);
        // A row that is done has low in the middle, and is not above: it stays as it is.
        high = middle.blend(high, notAbove);
        highStart = start.blend(highStart, notAbove);
      }
      low.intoArray(found, from);
      lowStart.intoArray(starts, from);
      highStart.intoArray(ends, from);
    }
  }
}
