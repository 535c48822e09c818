package org.jetfold.root.shape;

import java.util.Arrays;

/** An array of ints that grows. Not thread-safe. */
public final class GrowingInts {
  private int[] values;
  private int size;

  /** An empty array. */
  public GrowingInts() {
    values = new int[64];
  }

  /** The number of values. */
  public int size() {
    return size;
  }

  /** The value at an index. */
  public int get(int index) {
    return values[index];
  }

  /** The last value; 0 where there is none. */
  public int last() {
    return size == 0 ? 0 : values[size - 1];
  }

  /** Adds a value. */
  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, (size >> 1) + 64));
    }
    values[size++] = value;
  }

  /** Takes all values out. */
  public void clear() {
    size = 0;
  }

  /** The values in an array of their own. */
  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
