package org.jetfold.tables.rows;

import java.util.Arrays;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * Values of one column, added one after the other: an array that grows.
 *
 * <p>Readers fill it while data really arrives, so that a header that lies about a length costs no
 * memory. Exactly one of the typed methods fits a column's type. Not thread-safe.
 */
public final class GrowingValues {
  private float[] floats;
  private double[] doubles;
  private long[] integers;
  private final ValueType type;
  private int size;

  /** No values of a type yet. */
  public GrowingValues(ValueType type) {
    this(type, 0);
  }

  /** No values of a type yet, with room for some. */
  public GrowingValues(ValueType type, int room) {
    this.type = type;
    floats = new float[type == ValueType.FLOAT32 ? room : 0];
    doubles = new double[type == ValueType.FLOAT64 ? room : 0];
    integers = new long[type.isFloat() ? 0 : room];
  }

  /** The number of values. */
  public int size() {
    return size;
  }

  /**
   * Makes room for {@code more} values behind those that are there and counts them as added; the
   * caller fills them in the array that the typed getter then returns, from the old size on.
   */
  public void extend(int more) {
    int needed = Math.addExact(size, more);
    switch (type) {
      case FLOAT32 ->
          floats =
              needed > floats.length ? Arrays.copyOf(floats, grown(floats.length, needed)) : floats;
      case FLOAT64 ->
          doubles =
              needed > doubles.length
                  ? Arrays.copyOf(doubles, grown(doubles.length, needed))
                  : doubles;
      default ->
          integers =
              needed > integers.length
                  ? Arrays.copyOf(integers, grown(integers.length, needed))
                  : integers;
    }
    size = needed;
  }

  private static int grown(int old, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, old + (old >> 1)));
  }

  /** The array behind FLOAT32 values; longer than {@link #size}. */
  public float[] floats() {
    return floats;
  }

  /** The array behind FLOAT64 values; longer than {@link #size}. */
  public double[] doubles() {
    return doubles;
  }

  /** The array behind integers; longer than {@link #size}. */
  public long[] integers() {
    return integers;
  }

  /** Adds a FLOAT32 value. */
  public void add(float value) {
    if (size == floats.length) {
      floats = Arrays.copyOf(floats, grown(size, size + 16));
    }
    floats[size++] = value;
  }

  /** Adds a FLOAT64 value. */
  public void add(double value) {
    if (size == doubles.length) {
      doubles = Arrays.copyOf(doubles, grown(size, size + 16));
    }
    doubles[size++] = value;
  }

  /** Adds an integer. */
  public void add(long value) {
    if (size == integers.length) {
      integers = Arrays.copyOf(integers, grown(size, size + 16));
    }
    integers[size++] = value;
  }

  /** Adds all values of an array of this type. */
  public void addAll(ColumnValues values) {
    int at = size;
    extend(values.size());
    switch (values) {
      case ColumnValues.Floats(float[] from) -> System.arraycopy(from, 0, floats, at, from.length);
      case ColumnValues.Doubles(double[] from) ->
          System.arraycopy(from, 0, doubles, at, from.length);
      case ColumnValues.Integers(long[] from) ->
          System.arraycopy(from, 0, integers, at, from.length);
    }
  }

  /** Removes and returns the first {@code count} values. */
  public ColumnValues take(int count) {
    int old = size;
    size -= count;
    return switch (type) {
      case FLOAT32 -> {
        float[] all = floats;
        floats = Arrays.copyOfRange(all, count, old);
        yield new ColumnValues.Floats(count == all.length ? all : Arrays.copyOf(all, count));
      }
      case FLOAT64 -> {
        double[] all = doubles;
        doubles = Arrays.copyOfRange(all, count, old);
        yield new ColumnValues.Doubles(count == all.length ? all : Arrays.copyOf(all, count));
      }
      default -> {
        long[] all = integers;
        integers = Arrays.copyOfRange(all, count, old);
        yield new ColumnValues.Integers(count == all.length ? all : Arrays.copyOf(all, count));
      }
    };
  }
}
