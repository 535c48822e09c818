package org.jetfold.codec.entropy;

/**
 * Arrays that coding a stream needs, kept for the next one: allocating them for every stream would
 * take a large part of the time of coding it. For one thread at a time.
 */
public final class StreamBuffers {
  private char[] leaves = {};
  private long[] differences = {};
  private long[] behind = {};
  private byte[] bits = {};
  private int[] numbers = {};
  private int[] offsets = {};
  private int[] zeros = {};

  /** No arrays yet. */
  public StreamBuffers() {}

  // All arrays are as long as asked for, or longer, and hold anything.

  /** What was written last left the leaves of its symbols here. */
  char[] leaves(int length) {
    if (leaves.length < length) {
      leaves = new char[length];
    }
    return leaves;
  }

  long[] differences(int length) {
    if (differences.length < length) {
      differences = new long[length];
    }
    return differences;
  }

  long[] behind(int length) {
    if (behind.length < length) {
      behind = new long[length];
    }
    return behind;
  }

  byte[] bits(int length) {
    if (bits.length < length) {
      bits = new byte[length];
    }
    return bits;
  }

  int[] numbers(int length) {
    if (numbers.length < length) {
      numbers = new int[length];
    }
    return numbers;
  }

  int[] offsets(int length) {
    if (offsets.length < length) {
      offsets = new int[length];
    }
    return offsets;
  }

  /** An array that has nothing but zeros, and is not to be changed. */
  int[] zeros(int length) {
    if (zeros.length < length) {
      zeros = new int[length];
    }
    return zeros;
  }
}
