package org.jetfold.codec.pipeline;

import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that coding a stream takes, kept for the next stream, so that they stay in the caches
 * and the collector has nothing to do. For one thread at a time.
 */
public final class EncodingBuffers {
  private long[] symbols = {};
  private int[] ints = {};
  private int[] blockOfInts = {};
  private long[] block = {};
  private @Nullable ColumnValues restored;
  private ValueType restoredType = ValueType.FLOAT32;
  private final ByteWriter bytes = new ByteWriter();
  private final StreamBuffers coding = new StreamBuffers();

  /** An array of just this length for the symbols of a stream. It holds anything. */
  long[] symbols(int length) {
    if (symbols.length != length) {
      symbols = new long[length];
    }
    return symbols;
  }

  /** An array of at least this length for the symbols of a stream, as ints. It holds anything. */
  int[] ints(int length) {
    if (ints.length < length) {
      ints = new int[length];
    }
    return ints;
  }

  /** An array of at least this length for the symbols of a block, as ints. It holds anything. */
  int[] blockOfInts(int length) {
    if (blockOfInts.length < length) {
      blockOfInts = new int[length];
    }
    return blockOfInts;
  }

  /** An array of at least this length for the symbols of a block. It holds anything. */
  long[] block(int length) {
    if (block.length < length) {
      block = new long[length];
    }
    return block;
  }

  /** At least so many values of a type, whatever they are. */
  ColumnValues restored(ValueType type, int length) {
    ColumnValues values = restored;
    if (values == null || restoredType != type || values.size() < length) {
      values = ColumnValues.zeros(type, length);
      restored = values;
      restoredType = type;
    }
    return values;
  }

  /** A writer, without what was written to it before. */
  ByteWriter bytes() {
    bytes.clear();
    return bytes;
  }

  /** The coder's own arrays. */
  StreamBuffers coding() {
    return coding;
  }
}
