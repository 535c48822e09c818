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
  public void multiply(PackedWeights weights, float[] x, float[] y, int yFrom, int rows) {
    VectorProducts.multiply(weights, x, y, yFrom, rows);
  }

  @Override
  public void multiplyFew(FewRowsWeights weights, float[] x, int xStride, float[] y, int rows) {
    FewRowsProducts.multiply(weights, x, xStride, y, rows);
  }

  @Override
  public void fill(float[] biases, int from, int units, float[] y, int yFrom, int rows) {
    for (int u = 0; u < units; u++) {
      FloatVector bias = FloatVector.broadcast(FLOATS, biases[from + u]);
      int at = (yFrom + u) * ROWS;
      for (int r = at; r < at + rows; r += LANES) {
        bias.intoArray(y, r);
      }
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

  /** {@link HyperbolicTangent#of} of every lane. */
  @Override
  public void tanh(float[] y, int yFrom, int units, int rows) {
    FloatVector lowest = FloatVector.broadcast(FLOATS, -HyperbolicTangent.LIMIT);
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r += LANES) {
        FloatVector x = FloatVector.fromArray(FLOATS, y, r);
        x = lowest.blend(x, x.compare(VectorOperators.GT, lowest));
        x =
            x.blend(
                HyperbolicTangent.LIMIT, x.compare(VectorOperators.GT, HyperbolicTangent.LIMIT));
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
        FloatVector t = x.mul(p).div(q);
        t = t.blend(1f, t.compare(VectorOperators.GT, 1f));
        t.blend(-1f, t.compare(VectorOperators.LT, -1f)).intoArray(y, r);
      }
    }
  }

  @Override
  public void mixtures(float[] outputs, int k, int rows) {
    // Where there are more rows than lanes, all of the tile: few long loops take less time than
    // many short ones. So the vectors of k units are one after the other, or ROWS apart.
    boolean all = rows > LANES;
    int stride = all ? LANES : ROWS;
    int vectors = all ? k * ROWS / LANES : k;
    weights(outputs, k, stride, vectors);
    hold(outputs, k * ROWS, stride, vectors, -MAX_CENTRE, MAX_CENTRE, 1f);
    int scales = 2 * k * ROWS;
    hold(outputs, scales, stride, vectors, LOWEST_LOG_SCALE, HIGHEST_LOG_SCALE, -LOG2_E);
    VectorExponential.powers(outputs, scales, stride, vectors);
    for (int at = scales; at < scales + vectors * stride; at += stride) {
      FloatVector.fromArray(FLOATS, outputs, at).mul(-LOG2_E).intoArray(outputs, at);
    }
  }

  private static void weights(float[] outputs, int k, int stride, int vectors) {
    hold(outputs, 0, stride, vectors, -MAX_LOG_WEIGHT, MAX_LOG_WEIGHT, 1f);
    int rows = stride == ROWS ? LANES : ROWS;
    for (int row = 0; row < rows; row += LANES) {
      FloatVector largest = FloatVector.broadcast(FLOATS, -MAX_LOG_WEIGHT);
      for (int at = row; at < k * ROWS; at += ROWS) {
        FloatVector log = FloatVector.fromArray(FLOATS, outputs, at);
        largest = largest.blend(log, log.compare(VectorOperators.GT, largest));
      }
      for (int at = row; at < k * ROWS; at += ROWS) {
        FloatVector.fromArray(FLOATS, outputs, at).sub(largest).mul(LOG2_E).intoArray(outputs, at);
      }
    }
    VectorExponential.powers(outputs, 0, stride, vectors);
    for (int row = 0; row < rows; row += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int at = row; at < k * ROWS; at += ROWS) {
        sum = sum.add(FloatVector.fromArray(FLOATS, outputs, at));
      }
      for (int at = row; at < k * ROWS; at += ROWS) {
        FloatVector.fromArray(FLOATS, outputs, at).div(sum).intoArray(outputs, at);
      }
    }
  }

  /** Holds vectors within limits (NaN: to the lower one), and multiplies them by a factor. */
  private static void hold(
      float[] outputs,
      int from,
      int stride,
      int vectors,
      float lowest,
      float highest,
      float factor) {
    for (int at = from; at < from + vectors * stride; at += stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, outputs, at);
      FloatVector held =
          FloatVector.broadcast(FLOATS, lowest)
              .blend(value, value.compare(VectorOperators.GT, lowest));
      held.blend(highest, held.compare(VectorOperators.GT, highest))
          .mul(factor)
          .intoArray(outputs, at);
    }
  }

  @Override
  public void cumulative(
      float[] outputs,
      int k,
      float[] lower,
      float[] upper,
      float scale,
      int[] starts,
      int[] ends,
      int rows) {
    int room = 3 * k * ROWS + CellSearch.ROOM;
    for (int r = 0; r < rows; r += LANES) {
      exponents(outputs, k, r, lower, r, room);
      exponents(outputs, k, r, upper, r, room + k * LANES);
      VectorExponential.powers(outputs, room, LANES, 2 * k);
      count(outputs, k, r, room, scale, starts, r);
      count(outputs, k, r, room + k * LANES, scale, ends, r);
    }
  }

  /** Where components' logistic distributions are 1/(1 + 2^y) at a boundary a lane: these y. */
  private static void exponents(
      float[] outputs, int k, int row, float[] boundaries, int from, int into) {
    FloatVector boundary = FloatVector.fromArray(FLOATS, boundaries, from);
    for (int i = 0; i < k; i++) {
      int centre = (k + i) * ROWS + row;
      boundary
          .sub(FloatVector.fromArray(FLOATS, outputs, centre))
          .mul(FloatVector.fromArray(FLOATS, outputs, centre + k * ROWS))
          .intoArray(outputs, into + i * LANES);
    }
  }

  /** Adds up the components' distributions, as integers. */
  private static void count(
      float[] outputs, int k, int row, int powers, float scale, int[] counts, int into) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < k; i++) {
      FloatVector share =
          one.div(FloatVector.fromArray(FLOATS, outputs, powers + i * LANES).add(1f));
      sum = FloatVector.fromArray(FLOATS, outputs, i * ROWS + row).fma(share, sum);
    }
    sum.blend(1f, sum.compare(VectorOperators.GT, 1f))
        .mul(scale)
        .convertShape(VectorOperators.F2I, INTS, 0)
        .reinterpretAsInts()
        .intoArray(counts, into);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // One array stands for both where they are the same.
  public void search(
      float[] outputs,
      int k,
      int row,
      int count,
      float[] first,
      float[] last,
      int cells,
      float scale,
      CellSearch s) {
    // With one kind of vectors all over, the compiler knows them everywhere; lanes behind the rows
    // asked for work on what is there and are not looked at. Steps go from array to array, so that
    // vectors stay in registers however the compiler takes the steps together.
    int room = 3 * k * ROWS + CellSearch.ROOM;
    for (int from = 0; from < count; from += LANES) {
      begin(s, from, cells);
      for (int width = cells; width > 1; width = (width + 1) / 2) {
        choose(s, from, first);
        if (first != last) {
          shift(s, from, last);
        }
        exponents(outputs, k, row + from, s.boundaries, from, room);
        VectorExponential.powers(outputs, room, LANES, k);
        count(outputs, k, row + from, room, scale, s.below, from);
        narrow(s, from);
      }
    }
  }

  private static void begin(CellSearch s, int from, int cells) {
    IntVector.zero(INTS).intoArray(s.found, from);
    IntVector.zero(INTS).intoArray(s.starts, from);
    IntVector.broadcast(INTS, cells).intoArray(s.behind, from);
    IntVector.broadcast(INTS, 1 << PRECISION).intoArray(s.ends, from);
  }

  /** The cell in the middle of those that are left. */
  private static void choose(CellSearch s, int from, float[] boundaries) {
    IntVector.fromArray(INTS, s.found, from)
        .add(IntVector.fromArray(INTS, s.behind, from))
        .lanewise(VectorOperators.LSHR, 1)
        .intoArray(s.middle, from);
    FloatVector.fromArray(FLOATS, boundaries, 0, s.middle, from).intoArray(s.boundaries, from);
  }

  /** Moves the boundaries of that cell from the first ones towards the last ones. */
  private static void shift(CellSearch s, int from, float[] last) {
    FloatVector first = FloatVector.fromArray(FLOATS, s.boundaries, from);
    FloatVector.fromArray(FLOATS, last, 0, s.middle, from)
        .sub(first)
        .mul(FloatVector.fromArray(FLOATS, s.shifts, from))
        .add(first)
        .intoArray(s.boundaries, from);
  }

  /** Keeps the half that holds the slot. A row that is done has its cell as both, and keeps it. */
  private static void narrow(CellSearch s, int from) {
    IntVector middle = IntVector.fromArray(INTS, s.middle, from);
    IntVector start = IntVector.fromArray(INTS, s.below, from).add(middle);
    VectorMask<Integer> upper =
        start.compare(VectorOperators.LE, IntVector.fromArray(INTS, s.slots, from));
    IntVector.fromArray(INTS, s.found, from).blend(middle, upper).intoArray(s.found, from);
    IntVector.fromArray(INTS, s.starts, from).blend(start, upper).intoArray(s.starts, from);
    middle.blend(IntVector.fromArray(INTS, s.behind, from), upper).intoArray(s.behind, from);
    start.blend(IntVector.fromArray(INTS, s.ends, from), upper).intoArray(s.ends, from);
  }
}
