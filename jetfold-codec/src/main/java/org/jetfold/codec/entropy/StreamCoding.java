package org.jetfold.codec.entropy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the symbols of a stream are coded in all blocks of a segment: with one distribution, or with
 * one for each of its contexts (docs/format.md section 7.2). Immutable.
 *
 * @param contexts null for one distribution, which says itself what it refers to
 * @param grid where there are contexts, how many low bits the stream leaves out of every symbol
 * @param distributions as many as contexts
 */
public record StreamCoding(
    @Nullable Contexts contexts, int grid, List<Distribution> distributions) {
  /** Copies the list. */
  public StreamCoding {
    distributions = List.copyOf(distributions);
  }

  /** The columns that must be decoded before the stream is. */
  public List<Integer> columns() {
    if (contexts != null) {
      return contexts.columns();
    }
    int column = distributions.getFirst().reference() - Distribution.FIRST_COLUMN;
    return column < 0 ? List.of() : List.of(column);
  }
}
