package org.jetfold.root.shape;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.UnsupportedRootException;
import org.jetfold.root.ValueType;

/**
 * A column's values while they are read: takes numbers out of bytes, many at once. Not thread-safe.
 */
public final class GrowingValues {
  /** The most values that one array can hold. */
  static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  /**
   * Fewer floats than this are taken one by one, which is quicker than a view of the bytes for so
   * few.
   */
  private static final int FEW = 24;

  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final ValueType type;
  private final String file;
  private float[] floats = {};
  private double[] doubles = {};
  private long[] integers = {};
  private int size;
  private int capacity;

  /**
   * No values yet.
   *
   * @param file the file's name, for messages
   */
  public GrowingValues(ValueType type, String file) {
    this.type = type;
    this.file = file;
  }

  /** The failure of a read that asks for more values than an array can hold. */
  public static UnsupportedRootException tooMany(String file) {
    return new UnsupportedRootException(
        file, 0, "more than %d values in one piece: ask for fewer entries".formatted(MAX_SIZE));
  }

  /** The type. */
  public ValueType type() {
    return type;
  }

  /** The number of values. */
  public int size() {
    return size;
  }

  /** Makes room for more values, so that adding them copies nothing again. */
  public void reserve(int more) throws IOException {
    if (more > capacity - size) {
      grow(more);
    }
  }

  private void grow(int more) throws IOException {
    if (more > MAX_SIZE - size) {
      throw tooMany(file);
    }
    capacity = (int) Math.min(MAX_SIZE, Math.max((long) size + more, size + (size >> 1) + 64L));
    switch (type) {
      case FLOAT32 -> floats = Arrays.copyOf(floats, capacity);
      case FLOAT64 -> doubles = Arrays.copyOf(doubles, capacity);
      default -> integers = Arrays.copyOf(integers, capacity);
    }
  }

  /** Adds numbers of this column's type that lie in bytes one behind the other. */
  public void add(byte[] bytes, int at, int count, ByteOrder order) throws IOException {
    reserve(count);
    if (type == ValueType.FLOAT32 && count < FEW && order == ByteOrder.BIG_ENDIAN) {
      for (int i = 0; i < count; i++) {
        floats[size + i] = Float.intBitsToFloat((int) BIG_INT.get(bytes, at + 4 * i));
      }
      size += count;
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, at, count * type.bytes()).order(order);
    switch (type) {
      case FLOAT32 -> in.asFloatBuffer().get(floats, size, count);
      case FLOAT64 -> in.asDoubleBuffer().get(doubles, size, count);
      case INT64, UINT64 -> in.asLongBuffer().get(integers, size, count);
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = bytes[at + i] == 0 ? 0 : 1;
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = bytes[at + i];
        }
      }
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = bytes[at + i] & 0xFF;
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = in.getShort(at + 2 * i);
        }
      }
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = in.getShort(at + 2 * i) & 0xFFFF;
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = in.getInt(at + 4 * i);
        }
      }
      case UINT32 -> {
        for (int i = 0; i < count; i++) {
          integers[size + i] = in.getInt(at + 4 * i) & 0xFFFFFFFFL;
        }
      }
    }
    size += count;
  }

  /** Adds a float, or its value as a double. */
  public void add(float value) throws IOException {
    reserve(1);
    if (type == ValueType.FLOAT32) {
      floats[size++] = value;
    } else {
      doubles[size++] = value;
    }
  }

  /** Adds a double, rounded where the column is of floats. */
  public void add(double value) throws IOException {
    reserve(1);
    if (type == ValueType.FLOAT32) {
      floats[size++] = (float) value;
    } else {
      doubles[size++] = value;
    }
  }

  /** Adds an integer. */
  public void add(long value) throws IOException {
    reserve(1);
    integers[size++] = value;
  }

  /** Adds zeros. */
  public void addZeros(int count) throws IOException {
    reserve(count);
    size += count; // never written to before, so they are zero
  }

  /** The values in an array of their own. */
  public ColumnValues finish() {
    return switch (type) {
      case FLOAT32 ->
          new ColumnValues.Floats(floats.length == size ? floats : Arrays.copyOf(floats, size));
      case FLOAT64 ->
          new ColumnValues.Doubles(doubles.length == size ? doubles : Arrays.copyOf(doubles, size));
      default ->
          new ColumnValues.Integers(
              integers.length == size ? integers : Arrays.copyOf(integers, size));
    };
  }
}
