package org.jetfold.tables.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * Keeps the data of several arrays that grow at the same time, until each is complete and can be
 * written behind its header, which needs its length. The data waits in one nameless file; memory
 * holds some 64 kB an array. Not thread-safe.
 */
public final class ArraySpool implements Closeable {
  private static final int BLOCK = 1 << 16;
  private static final VarHandle SHORT_LE = view(short[].class);
  private static final VarHandle INT_LE = view(int[].class);
  private static final VarHandle LONG_LE = view(long[].class);

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  private final Spool spool;
  private final List<Pending> arrays = new ArrayList<>();
  private long size;

  /** One array: the blocks of it that are in the file, and the bytes that are not yet. */
  private static final class Pending {
    private final List<long[]> blocks = new ArrayList<>();
    private byte[] buffer = new byte[512];
    private int filled;
  }

  /**
   * A spool for some arrays.
   *
   * @param folder where the temporary file is
   */
  public ArraySpool(Path folder, int arrays) throws IOException {
    spool = Spool.in(folder);
    for (int i = 0; i < arrays; i++) {
      this.arrays.add(new Pending());
    }
  }

  /**
   * Adds rows to an array: the values of some columns, interleaved.
   *
   * @param types the columns' types
   * @param columns the columns' values, equally many of each
   */
  public void append(int array, List<ValueType> types, List<ColumnValues> columns)
      throws IOException {
    int rowBytes = types.stream().mapToInt(ValueType::bytes).sum();
    int rows = columns.isEmpty() ? 0 : columns.getFirst().size();
    int most = Math.max(1, BLOCK / Math.max(1, rowBytes));
    Pending pending = arrays.get(array);
    for (int done = 0; done < rows; done += most) {
      int count = Math.min(most, rows - done);
      int at = room(pending, count * rowBytes);
      for (int i = 0; i < columns.size(); i++) {
        encode(columns.get(i), types.get(i), done, count, pending.buffer, at, rowBytes);
        at += types.get(i).bytes();
      }
    }
  }

  /** Encodes values from {@code first} on, a stride of bytes apart. */
  private static void encode(
      ColumnValues values,
      ValueType type,
      int first,
      int count,
      byte[] buffer,
      int to,
      int stride) {
    switch (values) {
      case ColumnValues.Floats(float[] from) -> {
        for (int i = 0; i < count; i++) {
          INT_LE.set(buffer, to + i * stride, Float.floatToRawIntBits(from[first + i]));
        }
      }
      case ColumnValues.Doubles(double[] from) -> {
        for (int i = 0; i < count; i++) {
          LONG_LE.set(buffer, to + i * stride, Double.doubleToRawLongBits(from[first + i]));
        }
      }
      case ColumnValues.Integers(long[] from) -> {
        for (int i = 0; i < count; i++) {
          long value = from[first + i];
          int at = to + i * stride;
          switch (type.bytes()) {
            case 1 -> buffer[at] = (byte) value;
            case 2 -> SHORT_LE.set(buffer, at, (short) value);
            case 4 -> INT_LE.set(buffer, at, (int) value);
            default -> LONG_LE.set(buffer, at, value);
          }
        }
      }
    }
  }

  /** Makes room for bytes in the buffer, counts them as filled, and says where they start. */
  private int room(Pending pending, int bytes) throws IOException {
    if (pending.filled > 0 && pending.filled + bytes > Math.max(BLOCK, pending.buffer.length)) {
      flush(pending);
    }
    if (pending.filled + bytes > pending.buffer.length) {
      int larger = Math.max(pending.filled + bytes, Math.min(BLOCK, 2 * pending.buffer.length));
      pending.buffer = java.util.Arrays.copyOf(pending.buffer, larger);
    }
    int at = pending.filled;
    pending.filled += bytes;
    return at;
  }

  private void flush(Pending pending) throws IOException {
    spool.append(pending.buffer, 0, pending.filled);
    pending.blocks.add(new long[] {size, pending.filled});
    size += pending.filled;
    pending.filled = 0;
  }

  /** Writes all data of an array: little-endian, the rows one behind the other. */
  public void copyTo(int array, OutputStream out) throws IOException {
    Pending pending = arrays.get(array);
    for (long[] place : pending.blocks) {
      spool.copyTo(place[0], place[1], out);
    }
    out.write(pending.buffer, 0, pending.filled);
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
