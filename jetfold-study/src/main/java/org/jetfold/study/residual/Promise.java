package org.jetfold.study.residual;

import org.jetfold.codec.precision.Precision;

/**
 * What a compressed file promises of a column's values, and whether they keep it.
 *
 * @param precision the column's precision in the file
 * @param checked how many values were checked, in exact arithmetic; 0 where objects were matched,
 *     or the original's values are of another type
 * @param violations how many of these are not within the precision
 */
public record Promise(Precision precision, long checked, long violations) {
  /** Whether there is a bound at all: what an autoencoder restores has none. */
  public boolean isBound() {
    return !(precision instanceof Precision.Measured);
  }
}
