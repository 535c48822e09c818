package org.jetfold.codec.entropy;

import org.jetfold.codec.bytes.ByteWriter;

/**
 * Writes streams of symbols in contexts (docs/format.md section 9.1), one block after the other.
 * Immutable.
 */
public final class ContextEncoder {
  private final FittedContexts fitted;
  private final ContextLeaves leaves;
  private final LeafEncoder encoder;

  /**
   * An encoder of the symbols that distributions were fitted to.
   *
   * @param coding of these
   */
  public ContextEncoder(FittedContexts fitted, StreamCoding coding) {
    this.fitted = fitted;
    StreamLeaves numbered = new StreamLeaves(coding.distributions());
    leaves = new ContextLeaves(numbered);
    encoder = new LeafEncoder(numbered);
  }

  /** Writes the stream of a block: {@code count} symbols from index {@code from} on. */
  public void encode(int from, int count, ByteWriter out, StreamBuffers buffers) {
    if (count == 0) {
      return;
    }
    char[] found = buffers.leaves(count);
    leaves.leavesOf(fitted.differences(), fitted.contextsOfRows(), from, count, found);
    switch (fitted.differences()) {
      case Symbols.Ints(int[] differences) ->
          encoder.encode(differences, from, found, count, out, buffers);
      case Symbols.Longs(long[] differences) ->
          encoder.encode(differences, from, found, count, out, buffers);
    }
  }
}
