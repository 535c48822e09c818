package org.jetfold.codec.pipeline;

import java.util.function.BiFunction;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.ContextDecoder;
import org.jetfold.codec.entropy.ContextEncoder;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.entropy.FittedContexts;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.FittedStream;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.entropy.StreamCoding;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.entropy.Symbols;
import org.jspecify.annotations.Nullable;

/** Codes a stream of a segment block by block, and decodes it again. For one thread. */
interface StreamCoder {
  /** What the stream is coded with. */
  FittedStream fitted();

  /** The symbols that are coded, of all blocks. */
  Symbols symbols();

  /** Writes a block: {@code count} symbols from index {@code from} on. */
  void encode(int from, int count, ByteWriter out, StreamBuffers buffers);

  /**
   * Reads a block, whose symbols start at {@code from} in the segment, as {@link BlockStreams}
   * does: a column's to ints where these suffice.
   *
   * @return the symbols, or more, in an array of the buffers
   */
  Symbols decode(ByteReader in, int from, int count, EncodingBuffers buffers);

  /**
   * A stream with one distribution.
   *
   * @param symbols of all blocks
   * @param ofColumn whether it is that of a column, and not one of counts, latents or refined rows
   */
  static StreamCoder of(FittedDistribution fitted, long[] symbols, boolean ofColumn) {
    StreamCoding coding = fitted.coding();
    StreamEncoder encoder = new StreamEncoder(coding.distributions().getFirst());
    return new StreamCoder() {
      // Made when it is first needed: most columns are checked without it.
      private @Nullable StreamDecoder decoder;

      @Override
      public FittedStream fitted() {
        return fitted;
      }

      @Override
      public Symbols symbols() {
        return new Symbols.Longs(symbols);
      }

      @Override
      public void encode(int from, int count, ByteWriter out, StreamBuffers buffers) {
        encoder.encode(symbols, from, count, null, out, buffers);
      }

      @Override
      public Symbols decode(ByteReader in, int from, int count, EncodingBuffers buffers) {
        StreamDecoder made =
            decoder == null ? new StreamDecoder(coding.distributions().getFirst()) : decoder;
        decoder = made;
        int[] ints = buffers.blockOfInts(ofColumn ? count : 0);
        if (ofColumn && made.decodeInts(in, ints, count, null, buffers.coding())) {
          return new Symbols.Ints(ints);
        }
        long[] longs = buffers.block(count);
        made.decode(in, longs, count, null, buffers.coding());
        return new Symbols.Longs(longs);
      }
    };
  }

  /**
   * A column's stream in contexts.
   *
   * @param symbols of all blocks
   * @param rows what is known of so many rows, the second number, from one on, the first
   */
  static StreamCoder of(
      FittedContexts fitted,
      Symbols symbols,
      BiFunction<Integer, Integer, Contexts.KnownRows> rows) {
    StreamCoding coding = fitted.coding();
    ContextEncoder encoder = new ContextEncoder(fitted, coding);
    return new StreamCoder() {
      private @Nullable ContextDecoder decoder;

      @Override
      public FittedStream fitted() {
        return fitted;
      }

      @Override
      public Symbols symbols() {
        return symbols;
      }

      @Override
      public void encode(int from, int count, ByteWriter out, StreamBuffers buffers) {
        encoder.encode(from, count, out, buffers);
      }

      @Override
      public Symbols decode(ByteReader in, int from, int count, EncodingBuffers buffers) {
        ContextDecoder made = decoder == null ? new ContextDecoder(coding) : decoder;
        decoder = made;
        int[] ints = buffers.blockOfInts(count);
        if (made.decodeInts(in, ints, rows.apply(from, count), buffers.coding())) {
          return new Symbols.Ints(ints);
        }
        long[] longs = buffers.block(count);
        made.decode(in, longs, rows.apply(from, count), buffers.coding());
        return new Symbols.Longs(longs);
      }
    };
  }
}
