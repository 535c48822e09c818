package org.jetfold.codec.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential} with the Vector API. Works from array to array: so its method stands alone,
 * and the compiler keeps all its vectors in registers, whatever calls it. Comparing and blending
 * takes the place of minima and maxima, whose rules for NaN and −0 cost several instructions each.
 */
final class VectorExponential {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Added to a float from 0 to below this, and taken away again, it leaves the nearest integer. */
  private static final float TO_INTEGER = 1 << 23;

  /** The lower limit of arguments, and what NaN counts as. */
  private static final FloatVector LOWEST = FloatVector.broadcast(FLOATS, -Exponential.LIMIT);

  private VectorExponential() {}

  /**
   * Takes values to {@link Exponential#power} of them, in place.
   *
   * @param from where the first vector stands
   * @param stride from a vector to the next
   * @param vectors how many, at least 1
   */
  static void powers(float[] values, int from, int stride, int vectors) {
    // All in one method: what is called from here might not be compiled into it, and then vectors
    // would be passed as objects.
    for (int at = from; at < from + vectors * stride; at += stride) {
      FloatVector y = FloatVector.fromArray(FLOATS, values, at);
      y = LOWEST.blend(y, y.compare(VectorOperators.GT, LOWEST));
      y = y.blend(Exponential.LIMIT, y.compare(VectorOperators.GT, Exponential.LIMIT));
      FloatVector shifted = y.add(Exponential.OFFSET);
      FloatVector nearest = shifted.add(TO_INTEGER).sub(TO_INTEGER);
      FloatVector cut =
          nearest.blend(nearest.sub(1f), nearest.compare(VectorOperators.GT, shifted));
      FloatVector r = y.sub(cut.sub(Exponential.OFFSET));
      // Above 1 it never is (docs/determinism.md), and then the polynomial is at most 2.
      r = r.blend(0f, r.compare(VectorOperators.LT, 0f));
      FloatVector p = FloatVector.broadcast(FLOATS, Exponential.C6);
      p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C5));
      p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, Exponential.C1));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      // The integer stands in the lowest bits of 2^23 and itself; the shift drops what is above.
      p.mul(
              cut.add(TO_INTEGER)
                  .viewAsIntegralLanes()
                  .sub(Exponential.BIAS)
                  .lanewise(VectorOperators.LSHL, 23)
                  .viewAsFloatingLanes())
          .intoArray(values, at);
    }
  }
}
