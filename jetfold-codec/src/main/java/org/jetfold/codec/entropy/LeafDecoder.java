package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams of leaves and of where in these their symbols lie (docs/format.md section 9): the
 * coder's bits, and the raw bits behind. Immutable and safe to share between threads.
 */
final class LeafDecoder {
  private final StreamLeaves leaves;
  private final long[] firsts;
  private final @Nullable TansDecoder coder;
  private final BitsBehind bitsBehind;

  /** Whether all differences are ints, none of which has bits behind: the coder gives them. */
  private final boolean givesInts;

  /** If not, the numbers that the coder gives are those of leaves, shifted up by so much. */
  private final int beside;

  LeafDecoder(StreamLeaves leaves) {
    this.leaves = leaves;
    firsts = leaves.firsts();
    bitsBehind = new BitsBehind(leaves);
    givesInts = leaves.areInts();
    beside = StateTable.mostBeside(leaves.bits());
    int[] numbers = new int[leaves.size()];
    Arrays.setAll(numbers, leaf -> givesInts ? (int) firsts[leaf] : leaf << beside);
    coder = leaves.bits() == 0 ? null : new TansDecoder(leaves, numbers);
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    // A leaf's first symbol twice, and its level.
    return (coder == null ? 0 : coder.bytes()) + firsts.length * (2L * Long.BYTES + 1);
  }

  /** The bits of a state, 0 where there is no coder. */
  int bits() {
    return leaves.bits();
  }

  /** Whether {@link #decodeInts} is there to be used. */
  boolean givesInts() {
    return givesInts;
  }

  /**
   * Reads a stream whose differences are ints, which fills the reader.
   *
   * @param offsets for each row its context, shifted up by {@link #bits}
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  void decodeInts(ByteReader in, int[] offsets, int[] differences, int count) {
    requireLeaves(in, offsets, count);
    readNumbers(in, offsets, differences, count);
    in.expectEnd("a stream");
  }

  /** As above, whatever the differences are. */
  void decode(ByteReader in, int[] offsets, long[] differences, int count, StreamBuffers buffers) {
    requireLeaves(in, offsets, count);
    int[] numbers = buffers.numbers(count);
    readNumbers(in, offsets, numbers, count);
    if (givesInts) {
      IntSymbols.widen(numbers, count, differences);
      in.expectEnd("a stream");
      return;
    }
    char[] found = buffers.leaves(count);
    int mask = (1 << beside) - 1;
    for (int i = 0; i < count; i++) {
      int leaf = numbers[i] >>> beside;
      found[i] = (char) leaf;
      differences[i] = firsts[leaf] + (numbers[i] & mask);
    }
    bitsBehind.add(in, found, differences, count, buffers);
  }

  private void readNumbers(ByteReader in, int[] offsets, int[] numbers, int count) {
    if (coder != null) {
      coder.decode(in, offsets, numbers, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int leaf = leaves.start(offsets[i]);
      numbers[i] = givesInts ? (int) firsts[leaf] : leaf;
    }
  }

  private void requireLeaves(ByteReader in, int[] offsets, int count) {
    if (leaves.distributions().stream().allMatch(distribution -> distribution.leaves() > 0)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (leaves.distributions().get(offsets[i] >> leaves.bits()).leaves() == 0) {
        throw in.malformed("a stream has symbols, but its distribution has none");
      }
    }
  }
}
