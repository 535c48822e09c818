package org.jetfold.root.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jetfold.root.RootFormatException;

/**
 * Takes values from bytes in memory, one behind the other; big-endian, as ROOT streams objects.
 * Whatever is not there is a {@link RootFormatException} with the offset. Not thread-safe.
 */
public final class ByteCursor {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final String file;
  private final long origin;
  private final boolean unpacked;
  private int position;
  private int end;

  /**
   * A cursor over bytes that lie in the file just so.
   *
   * @param bytes the bytes; not copied
   * @param file the file's name
   * @param origin the offset of the first byte in the file
   */
  public ByteCursor(byte[] bytes, String file, long origin) {
    this(bytes, 0, bytes.length, file, origin, false);
  }

  private ByteCursor(
      byte[] bytes, int position, int end, String file, long origin, boolean unpacked) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.file = file;
    this.origin = origin;
    this.unpacked = unpacked;
  }

  /** A cursor over bytes that were unpacked from what lies at {@code origin} in the file. */
  public static ByteCursor unpacked(byte[] bytes, String file, long origin) {
    return new ByteCursor(bytes, 0, bytes.length, file, origin, true);
  }

  /** Another cursor over the same bytes, from {@code from} to before {@code to}. */
  public ByteCursor part(int from, int to) throws RootFormatException {
    if (from < 0 || to < from || to > bytes.length) {
      throw error("a part from %d to %d of %d bytes".formatted(from, to, bytes.length));
    }
    return new ByteCursor(bytes, from, to, file, origin, unpacked);
  }

  /**
   * A cursor over a copy of the bytes from {@code from} to before {@code to}, which lets go of all
   * others.
   */
  public ByteCursor copy(int from, int to) throws RootFormatException {
    part(from, to);
    return unpacked(Arrays.copyOfRange(bytes, from, to), file, unpacked ? origin : origin + from);
  }

  /** Goes to {@code from} and ends the bytes at {@code to}. */
  public void window(int from, int to) throws RootFormatException {
    if (from < 0 || to < from || to > bytes.length) {
      throw error("a part from %d to %d of %d bytes".formatted(from, to, bytes.length));
    }
    position = from;
    end = to;
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** Where in the file the next byte is; of unpacked bytes, where they lie packed. */
  public long offset() {
    return unpacked ? origin : origin + position;
  }

  /** An error where the cursor is. */
  public RootFormatException error(String message) {
    return new RootFormatException(
        file,
        offset(),
        unpacked ? "%s (at byte %d when unpacked)".formatted(message, position) : message);
  }

  /** The array behind the cursor, for those that take many values at once. */
  public byte[] array() {
    return bytes;
  }

  /** The index of the next byte in the array. */
  public int position() {
    return position;
  }

  /** The index at which the bytes end. */
  public int end() {
    return end;
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - position;
  }

  /** Goes to an index. */
  public void position(int to) throws RootFormatException {
    if (to < 0 || to > end) {
      throw error("a jump to byte %d of %d".formatted(to, end));
    }
    position = to;
  }

  /**
   * Checks that there are {@code count} items of {@code size} bytes, and returns the index of the
   * first; goes behind them.
   */
  public int take(long count, int size) throws RootFormatException {
    if (count < 0 || count > (end - position) / size) {
      throw error(
          "%d × %d bytes should be here, but %d are left".formatted(count, size, remaining()));
    }
    int from = position;
    position += (int) count * size;
    return from;
  }

  /** Goes ahead over bytes. */
  public void skip(long count) throws RootFormatException {
    take(count, 1);
  }

  /** An unsigned byte. */
  public int u1() throws RootFormatException {
    return bytes[take(1, 1)] & 0xFF;
  }

  /** A signed 16-bit integer. */
  public int i2() throws RootFormatException {
    return (short) SHORT.get(bytes, take(1, 2));
  }

  /** An unsigned 16-bit integer. */
  public int u2() throws RootFormatException {
    return i2() & 0xFFFF;
  }

  /** A 32-bit integer. */
  public int i4() throws RootFormatException {
    return (int) INT.get(bytes, take(1, 4));
  }

  /** An unsigned 32-bit integer. */
  public long u4() throws RootFormatException {
    return i4() & 0xFFFFFFFFL;
  }

  /** A 64-bit integer. */
  public long i8() throws RootFormatException {
    return (long) LONG.get(bytes, take(1, 8));
  }

  /** A 32-bit float. */
  public float f4() throws RootFormatException {
    return Float.intBitsToFloat(i4());
  }

  /** A 64-bit float. */
  public double f8() throws RootFormatException {
    return Double.longBitsToDouble(i8());
  }

  /** A 32-bit integer without going ahead; 0 where fewer than four bytes are left. */
  public int peek4() {
    return remaining() < 4 ? 0 : (int) INT.get(bytes, position);
  }

  /** The byte that stands {@code ahead} of the next, without going there. Only if there is one. */
  public int peek1(int ahead) {
    return bytes[position + ahead];
  }

  /**
   * The number of bytes of a TString that begins here: a byte, or 255 and four bytes; goes behind
   * that number.
   */
  public int textLength() throws RootFormatException {
    int length = u1();
    if (length == 255) {
      length = i4();
    }
    if (length < 0 || length > remaining()) {
      throw error("a text of %d bytes, but %d are left".formatted(length, remaining()));
    }
    return length;
  }

  /** A TString. */
  public String text() throws RootFormatException {
    int length = textLength();
    return new String(bytes, take(length, 1), length, StandardCharsets.UTF_8);
  }

  /** A text that a zero byte ends. */
  public String zeroEnded() throws RootFormatException {
    int from = position;
    while (u1() != 0) {
      // u1 itself ends the search at the end of the bytes.
    }
    return new String(bytes, from, position - 1 - from, StandardCharsets.UTF_8);
  }
}
