package org.jetfold.codec.quantize;

import java.lang.foreign.MemorySegment;

/**
 * Copies floats to their bit patterns and back, array at a time. A plain copy of memory: unlike
 * loops over {@link Float#floatToRawIntBits} it is fast with every compiler, and leaves the loops
 * that follow to integers, which are vectorized.
 */
final class BitPatterns {
  private BitPatterns() {}

  static void copy(float[] source, int from, int[] target, int at, int count) {
    copy(
        MemorySegment.ofArray(source), from, MemorySegment.ofArray(target), at, count, Float.BYTES);
  }

  static void copy(int[] source, float[] target, int at, int count) {
    copy(MemorySegment.ofArray(source), 0, MemorySegment.ofArray(target), at, count, Float.BYTES);
  }

  static void copy(double[] source, int from, long[] target, int at, int count) {
    copy(
        MemorySegment.ofArray(source),
        from,
        MemorySegment.ofArray(target),
        at,
        count,
        Double.BYTES);
  }

  static void copy(long[] source, int from, double[] target, int at, int count) {
    copy(
        MemorySegment.ofArray(source),
        from,
        MemorySegment.ofArray(target),
        at,
        count,
        Double.BYTES);
  }

  private static void copy(
      MemorySegment source, long from, MemorySegment target, long at, long count, long bytes) {
    MemorySegment.copy(source, from * bytes, target, at * bytes, count * bytes);
  }
}
