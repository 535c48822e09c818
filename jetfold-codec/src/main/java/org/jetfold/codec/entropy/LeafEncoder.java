package org.jetfold.codec.entropy;

import org.jetfold.codec.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes streams of symbols whose leaves are found (docs/format.md section 9): the coder's bits,
 * and the raw bits behind. Immutable and safe to share between threads.
 */
final class LeafEncoder {
  private final @Nullable TansEncoder coder;
  private final BitsBehind bitsBehind;

  LeafEncoder(StreamLeaves leaves) {
    coder = leaves.bits() == 0 ? null : new TansEncoder(leaves);
    bitsBehind = new BitsBehind(leaves);
  }

  /** Writes {@code count} symbols from index {@code from} on, with the leaf of each. */
  void encode(
      long[] symbols, int from, char[] leaves, int count, ByteWriter out, StreamBuffers buffers) {
    if (coder != null) {
      int[] lowest = buffers.numbers(count);
      for (int i = 0; i < count; i++) {
        lowest[i] = (int) symbols[from + i];
      }
      coder.encode(lowest, 0, leaves, count, out, buffers);
    }
    bitsBehind.pack(symbols, from, leaves, count, out, buffers);
  }

  /** As above, of symbols that are ints. */
  void encode(
      int[] symbols, int from, char[] leaves, int count, ByteWriter out, StreamBuffers buffers) {
    if (coder != null) {
      coder.encode(symbols, from, leaves, count, out, buffers);
    }
    if (!bitsBehind.areNone()) {
      long[] wide = new long[count];
      for (int i = 0; i < count; i++) {
        wide[i] = symbols[from + i];
      }
      bitsBehind.pack(wide, 0, leaves, count, out, buffers);
    }
  }
}
