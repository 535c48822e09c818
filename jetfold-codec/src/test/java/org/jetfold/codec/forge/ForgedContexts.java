package org.jetfold.codec.forge;

import java.util.List;

/**
 * Contexts of a stream, section 7.2.
 *
 * @param kind of reference
 * @param column that is referred to, where the kind is 2
 * @param source of contexts
 * @param limits of contexts
 * @param grid the low bits left out
 * @param trees a distribution for each context
 */
public record ForgedContexts(
    long kind, long column, long source, List<Long> limits, int grid, List<ForgedTree> trees)
    implements ForgedCoding {
  @Override
  public void writeStream(ForgedBits out) {
    out.bit("SEVERAL", 1);
    out.number("KIND", kind);
    if (kind == 2) {
      out.number("COLUMN", column);
    }
    out.number("SOURCE", source);
    out.number("LIMITS", limits.size());
    long before = 0;
    for (long limit : limits) {
      out.number("STEP", limit - before - 1);
      before = limit;
    }
    out.number("GRID", grid);
    trees.forEach(tree -> tree.write(out));
  }

  /** The bytes of rows in these contexts, of what each codes. */
  public byte[] write(int[] contexts, long[] coded) {
    return new ForgedStream(trees).write(contexts, coded);
  }
}
