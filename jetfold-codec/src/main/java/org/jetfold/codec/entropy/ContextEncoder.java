package org.jetfold.codec.entropy;

import java.util.List;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * Writes streams of symbols in contexts (docs/format.md section 9.1), one block after the other.
 * Immutable.
 */
public final class ContextEncoder {
  private final FittedContexts fitted;
  private final StreamLeaves leaves;
  private final List<LeafIndex> indexes;
  private final LeafEncoder encoder;

  /**
   * An encoder of the symbols that distributions were fitted to.
   *
   * @param coding of these
   */
  public ContextEncoder(FittedContexts fitted, StreamCoding coding) {
    this.fitted = fitted;
    leaves = new StreamLeaves(coding.distributions());
    indexes = coding.distributions().stream().map(LeafIndex::new).toList();
    encoder = new LeafEncoder(leaves);
  }

  /** Writes the stream of a block: {@code count} symbols from index {@code from} on. */
  public void encode(int from, int count, ByteWriter out, StreamBuffers buffers) {
    if (count == 0) {
      return;
    }
    LeafIndex[] ofContexts = indexes.toArray(LeafIndex[]::new);
    int[] starts = new int[ofContexts.length];
    for (int k = 0; k < starts.length; k++) {
      starts[k] = leaves.start(k);
    }
    long[] differences = fitted.differences();
    byte[] contexts = fitted.contextsOfRows();
    char[] found = buffers.leaves(count);
    for (int i = 0; i < count; i++) {
      int context = contexts[from + i];
      found[i] = (char) (starts[context] + ofContexts[context].leafOf(differences[from + i]));
    }
    encoder.encode(differences, from, found, count, out, buffers);
  }
}
