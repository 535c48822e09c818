package org.jetfold.codec.quantize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Copies floats to their bit patterns and back, array at a time, through the bytes of a buffer.
 * These are plain copies of memory: unlike loops over {@link Float#floatToRawIntBits} they are fast
 * with every compiler, and leave the loops that follow to integers, which are vectorized. (A copy
 * between memory segments would do with one step, from Java 22 on.)
 */
final class BitPatterns {
  private BitPatterns() {}

  private static ByteBuffer bytes(int count, int each) {
    return ByteBuffer.allocate(Math.min(count, Workspace.CHUNK) * each)
        .order(ByteOrder.nativeOrder());
  }

  static void copy(float[] source, int from, int[] target, int at, int count) {
    ByteBuffer bytes = bytes(count, Float.BYTES);
    FloatBuffer values = bytes.asFloatBuffer();
    IntBuffer patterns = bytes.asIntBuffer();
    for (int done = 0; done < count; done += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - done);
      values.put(0, source, from + done, length);
      patterns.get(0, target, at + done, length);
    }
  }

  static void copy(int[] source, float[] target, int at, int count) {
    ByteBuffer bytes = bytes(count, Float.BYTES);
    IntBuffer patterns = bytes.asIntBuffer();
    FloatBuffer values = bytes.asFloatBuffer();
    for (int done = 0; done < count; done += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - done);
      patterns.put(0, source, done, length);
      values.get(0, target, at + done, length);
    }
  }

  static void copy(double[] source, int from, long[] target, int at, int count) {
    ByteBuffer bytes = bytes(count, Double.BYTES);
    DoubleBuffer values = bytes.asDoubleBuffer();
    LongBuffer patterns = bytes.asLongBuffer();
    for (int done = 0; done < count; done += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - done);
      values.put(0, source, from + done, length);
      patterns.get(0, target, at + done, length);
    }
  }

  static void copy(long[] source, int from, double[] target, int at, int count) {
    ByteBuffer bytes = bytes(count, Double.BYTES);
    LongBuffer patterns = bytes.asLongBuffer();
    DoubleBuffer values = bytes.asDoubleBuffer();
    for (int done = 0; done < count; done += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - done);
      patterns.put(0, source, from + done, length);
      values.get(0, target, at + done, length);
    }
  }
}
