package org.jetfold.codec.entropy;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * The raw bits of wide leaves that do not stand beside the coder's, but behind all of these
 * (docs/format.md section 9). Immutable and safe to share.
 */
final class BitsBehind {
  private final long[] first;
  private final byte[] levels;
  private final RawBits rawBits;
  private final boolean none;

  /** How many raw bits of the same leaf stand beside the coder's. */
  private final int beside;

  BitsBehind(StreamLeaves leaves) {
    first = leaves.firsts();
    beside = StateTable.mostBeside(leaves.bits());
    levels = leaves.bitsBehind();
    rawBits = new RawBits(new long[first.length], levels);
    long sum = 0;
    for (byte level : levels) {
      sum += level;
    }
    none = sum == 0;
  }

  /** Whether there are none, whatever the symbols. */
  boolean areNone() {
    return none;
  }

  /** Writes these bits of symbols from index {@code from} on. */
  void pack(
      long[] symbols, int from, char[] leaves, int count, ByteWriter out, StreamBuffers buffers) {
    if (none) {
      return;
    }
    long[] behind = buffers.behind(count);
    for (int i = 0; i < count; i++) {
      int leaf = leaves[i];
      behind[i] = levels[leaf] == 0 ? 0 : (symbols[from + i] - first[leaf]) >>> beside;
    }
    rawBits.pack(behind, 0, leaves, count, out, buffers);
  }

  /**
   * Reads these bits, which must fill the rest of the reader, and adds them to the symbols.
   *
   * @throws org.jetfold.codec.bytes.MalformedBytesException where they do not
   */
  void add(ByteReader in, char[] leaves, long[] symbols, int count, StreamBuffers buffers) {
    if (none) {
      in.expectEnd("a stream");
      return;
    }
    long[] behind = buffers.behind(count);
    rawBits.unpack(in, leaves, behind, count);
    for (int i = 0; i < count; i++) {
      symbols[i] += behind[i] << beside;
    }
  }
}
