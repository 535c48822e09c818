package org.jetfold.codec.entropy;

import java.util.Objects;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.entropy.Contexts.KnownRows;

/**
 * Reads streams of symbols in contexts (docs/format.md section 9.1). Immutable and safe to share
 * between threads.
 */
public final class ContextDecoder {
  private final Contexts contexts;
  private final int grid;
  private final StreamLeaves all;
  private final TansDecoder[] decoders;
  private final int[] starts;
  private final long[] firsts;
  private final BitsBehind behind;

  /** A decoder for the streams that share a coding with contexts. */
  public ContextDecoder(StreamCoding coding) {
    contexts = Objects.requireNonNull(coding.contexts());
    grid = coding.grid();
    all = new StreamLeaves(coding.distributions());
    firsts = all.firsts();
    behind = new BitsBehind(all);
    decoders = new TansDecoder[contexts.number()];
    starts = new int[decoders.length];
    for (int k = 0; k < decoders.length; k++) {
      Distribution distribution = coding.distributions().get(k);
      starts[k] = all.start(k);
      if (distribution.leaves() > 0 && all.bits() > 0) {
        decoders[k] = new TansDecoder(new StateTable(distribution, all.bits()), distribution);
      }
    }
  }

  /**
   * Reads a stream, which fills the reader.
   *
   * @param rows what is known of the rows of the block
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  public void decode(ByteReader in, long[] symbols, KnownRows rows, StreamBuffers buffers) {
    int count = rows.count();
    if (count == 0) {
      in.expectEnd("a stream in contexts");
      return;
    }
    byte[] ofRows = new byte[count];
    contexts.fill(rows, ofRows);
    for (int i = 0; i < count; i++) {
      if (all.distributions().get(ofRows[i]).leaves() == 0) {
        throw in.malformed("a stream has symbols, but its distribution has none");
      }
    }
    char[] leaves = buffers.leaves(count);
    if (all.bits() == 0) {
      for (int i = 0; i < count; i++) {
        leaves[i] = (char) starts[ofRows[i]];
        symbols[i] = firsts[leaves[i]];
      }
    } else {
      TansDecoder.decode(in, decoders, all.bits(), starts, ofRows, leaves, symbols, count);
    }
    behind.add(in, leaves, symbols, count, buffers);
    restore(symbols, ofRows, rows);
    if (!Grid.restore(symbols, count, grid)) {
      throw in.malformed(
          "a symbol with the %d low bits of its grid is beyond 64 bits".formatted(grid));
    }
  }

  private void restore(long[] symbols, byte[] ofRows, KnownRows rows) {
    int count = rows.count();
    switch (contexts.reference()) {
      case Contexts.Reference.None() -> {}
      case Contexts.Reference.RowBefore() -> {
        for (int i = 1; i < count; i++) {
          symbols[i] += ofRows[i] == 0 ? 0 : symbols[i - 1];
        }
      }
      case Contexts.Reference.OtherColumn(int column) -> {
        long[] told = rows.told(column);
        for (int i = 0; i < count; i++) {
          symbols[i] += told[i] >> grid;
        }
      }
    }
  }
}
