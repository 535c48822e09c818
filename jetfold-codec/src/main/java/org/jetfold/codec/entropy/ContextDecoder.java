package org.jetfold.codec.entropy;

import java.util.List;
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
  private final List<StreamDecoder> decoders;

  /** A decoder for the streams that share a coding with contexts. */
  public ContextDecoder(StreamCoding coding) {
    contexts = Objects.requireNonNull(coding.contexts());
    grid = coding.grid();
    decoders = coding.distributions().stream().map(StreamDecoder::new).toList();
  }

  /**
   * Reads a stream, which fills the reader.
   *
   * @param rows what is known of the rows of the block
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  public void decode(ByteReader in, long[] symbols, KnownRows rows, StreamBuffers buffers) {
    int count = rows.count();
    byte[] ofRows = new byte[count];
    contexts.fill(rows, ofRows);
    ContextParts parts = new ContextParts(ofRows, 0, count, decoders.size());
    long[][] decoded = new long[decoders.size()][];
    for (int k = 0; k < decoded.length; k++) {
      int size = parts.size(k);
      decoded[k] = new long[size];
      if (size > 0) {
        int length =
            k == parts.last()
                ? in.remaining()
                : in.count(in.remaining(), "the length of a context's part");
        if (length > in.remaining()) {
          throw in.malformed("a part of a stream ends behind it");
        }
        ByteReader part = new ByteReader(in.array(), in.position(), length, in.offset());
        decoders.get(k).decode(part, decoded[k], size, null, buffers);
        in.skip(length);
      }
    }
    in.expectEnd("a stream in contexts");
    parts.join(decoded, symbols);
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
