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
import org.jspecify.annotations.Nullable;

/** Codes a stream of a segment block by block, and decodes it again. For one thread. */
interface StreamCoder {
  /** What the stream is coded with. */
  FittedStream fitted();

  /** Writes a block: {@code count} symbols from index {@code from} on. */
  void encode(long[] symbols, int from, int count, ByteWriter out, StreamBuffers buffers);

  /** Reads a block, whose symbols start at {@code from} in the segment. */
  void decode(ByteReader in, int from, int count, long[] symbols, StreamBuffers buffers);

  /** A stream with one distribution. */
  static StreamCoder of(FittedDistribution fitted) {
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
      public void encode(
          long[] symbols, int from, int count, ByteWriter out, StreamBuffers buffers) {
        encoder.encode(symbols, from, count, null, out, buffers);
      }

      @Override
      public void decode(
          ByteReader in, int from, int count, long[] symbols, StreamBuffers buffers) {
        StreamDecoder made =
            decoder == null ? new StreamDecoder(coding.distributions().getFirst()) : decoder;
        decoder = made;
        made.decode(in, symbols, count, null, buffers);
      }
    };
  }

  /**
   * A stream in contexts.
   *
   * @param rows what is known of so many rows, the second number, from one on, the first
   */
  static StreamCoder of(
      FittedContexts fitted, BiFunction<Integer, Integer, Contexts.KnownRows> rows) {
    StreamCoding coding = fitted.coding();
    ContextEncoder encoder = new ContextEncoder(fitted, coding);
    return new StreamCoder() {
      private @Nullable ContextDecoder decoder;

      @Override
      public FittedStream fitted() {
        return fitted;
      }

      @Override
      public void encode(
          long[] symbols, int from, int count, ByteWriter out, StreamBuffers buffers) {
        encoder.encode(from, count, out, buffers);
      }

      @Override
      public void decode(
          ByteReader in, int from, int count, long[] symbols, StreamBuffers buffers) {
        ContextDecoder made = decoder == null ? new ContextDecoder(coding) : decoder;
        decoder = made;
        made.decode(in, symbols, rows.apply(from, count), buffers);
      }
    };
  }
}
