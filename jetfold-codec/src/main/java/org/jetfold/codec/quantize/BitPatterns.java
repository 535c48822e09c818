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
 * between memory segments would do with one step, from Java 22 on.) Not thread-safe.
 */
final class BitPatterns {
  private final int chunk;
  private final FloatBuffer floats;
  private final IntBuffer ints;
  private final DoubleBuffer doubles;
  private final LongBuffer longs;

  /** For copying so many values, a chunk of {@link Workspace#CHUNK} at a time. */
  BitPatterns(int values) {
    chunk = Math.min(values, Workspace.CHUNK);
    ByteBuffer bytes = ByteBuffer.allocate(chunk * Long.BYTES).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
    ints = bytes.asIntBuffer();
    doubles = bytes.asDoubleBuffer();
    longs = bytes.asLongBuffer();
  }

  void copy(float[] source, int from, int[] target, int at, int count) {
    for (int done = 0; done < count; done += chunk) {
      int length = Math.min(chunk, count - done);
      floats.put(0, source, from + done, length);
      ints.get(0, target, at + done, length);
    }
  }

  void copy(int[] source, float[] target, int at, int count) {
    for (int done = 0; done < count; done += chunk) {
      int length = Math.min(chunk, count - done);
      ints.put(0, source, done, length);
      floats.get(0, target, at + done, length);
    }
  }

  void copy(double[] source, int from, long[] target, int at, int count) {
    for (int done = 0; done < count; done += chunk) {
      int length = Math.min(chunk, count - done);
      doubles.put(0, source, from + done, length);
      longs.get(0, target, at + done, length);
    }
  }

  void copy(long[] source, int from, double[] target, int at, int count) {
    for (int done = 0; done < count; done += chunk) {
      int length = Math.min(chunk, count - done);
      longs.put(0, source, from + done, length);
      doubles.get(0, target, at + done, length);
    }
  }
}
