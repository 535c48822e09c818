package org.jetfold.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What a core can do at most: multiply-adds that read and write no memory. */
final class MultiplyAdds {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Sums that a core works on at the same time, so that none waits for another. */
  private static final int SUMS = 10;

  private MultiplyAdds() {}

  /** Does so many (rounded down to whole rounds), and gives a number that depends on all. */
  static float inRegisters(long multiplyAdds) {
    FloatVector factor = FloatVector.broadcast(FLOATS, 0.9999f);
    FloatVector term = FloatVector.broadcast(FLOATS, 1e-4f);
    FloatVector s0 = term;
    FloatVector s1 = term;
    FloatVector s2 = term;
    FloatVector s3 = term;
    FloatVector s4 = term;
    FloatVector s5 = term;
    FloatVector s6 = term;
    FloatVector s7 = term;
    FloatVector s8 = term;
    FloatVector s9 = term;
    long rounds = multiplyAdds / ((long) SUMS * FLOATS.length());
    for (long i = 0; i < rounds; i++) {
      s0 = s0.fma(factor, term);
      s1 = s1.fma(factor, term);
      s2 = s2.fma(factor, term);
      s3 = s3.fma(factor, term);
      s4 = s4.fma(factor, term);
      s5 = s5.fma(factor, term);
      s6 = s6.fma(factor, term);
      s7 = s7.fma(factor, term);
      s8 = s8.fma(factor, term);
      s9 = s9.fma(factor, term);
    }
    return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).lane(0);
  }
}
