package org.jetfold.codec.density;

import org.jetfold.codec.entropy.Distribution;

/**
 * A context of a model: what it knows of rows beside the columns that it codes.
 *
 * @param source where it comes from
 * @param distribution of its symbols, which refer to nothing
 */
public record ContextColumn(ContextSource source, Distribution distribution) {
  /** The cell of an entry that a list does not have. */
  public static final char MISSING = Character.MAX_VALUE;

  /** The cells of its symbols. */
  public Alphabet alphabet() {
    return new Alphabet(distribution);
  }
}
