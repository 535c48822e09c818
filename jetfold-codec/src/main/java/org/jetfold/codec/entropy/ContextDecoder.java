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
  private final LeafDecoder decoder;

  /** A decoder for the streams that share a coding with contexts. */
  public ContextDecoder(StreamCoding coding) {
    contexts = Objects.requireNonNull(coding.contexts());
    grid = coding.grid();
    decoder = new LeafDecoder(new StreamLeaves(coding.distributions()));
  }

  /** About how many bytes of memory it takes. */
  public long bytes() {
    return decoder.bytes();
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
    int[] offsets = offsets(rows, buffers);
    decoder.decode(in, offsets, symbols, count, buffers);
    addReference(symbols, offsets, rows);
    if (!Grid.restore(symbols, count, grid)) {
      throw in.malformed(
          "a symbol with the %d low bits of its grid is beyond 64 bits".formatted(grid));
    }
  }

  /**
   * As {@link #decode}, to ints.
   *
   * @return false where symbols may be no ints; they then hold nothing of use, and nothing is read
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  public boolean decodeInts(ByteReader in, int[] symbols, KnownRows rows, StreamBuffers buffers) {
    int count = rows.count();
    if (!decoder.givesInts() || count == 0) {
      return false;
    }
    int[] offsets = offsets(rows, buffers);
    ByteReader stream = new ByteReader(in.array(), in.position(), in.remaining(), in.offset());
    decoder.decodeInts(stream, offsets, symbols, count);
    if (!addReference(symbols, offsets, rows) || !IntSymbols.restoreGrid(symbols, count, grid)) {
      return false;
    }
    in.skip(in.remaining());
    return true;
  }

  private int[] offsets(KnownRows rows, StreamBuffers buffers) {
    int[] offsets = buffers.offsets(rows.count());
    RowOffsets.fill(contexts, rows, decoder.bits(), offsets);
    return offsets;
  }

  private void addReference(long[] symbols, int[] offsets, KnownRows rows) {
    int count = rows.count();
    switch (contexts.reference()) {
      case Contexts.Reference.None() -> {}
      case Contexts.Reference.RowBefore() -> {
        for (int i = 1; i < count; i++) {
          symbols[i] += offsets[i] == 0 ? 0 : symbols[i - 1];
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

  /** As above; whether all symbols are ints. */
  private boolean addReference(int[] symbols, int[] offsets, KnownRows rows) {
    return switch (contexts.reference()) {
      case Contexts.Reference.None() -> true;
      case Contexts.Reference.RowBefore() -> IntSymbols.addBefore(symbols, offsets, rows.count());
      case Contexts.Reference.OtherColumn(int column) -> {
        int[] told = rows.toldAsInts(column);
        yield told != null && IntSymbols.addColumn(symbols, told, rows.count(), grid);
      }
    };
  }
}
