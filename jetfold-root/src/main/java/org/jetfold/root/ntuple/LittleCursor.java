package org.jetfold.root.ntuple;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jetfold.root.RootFormatException;

/**
 * Takes values from the bytes of an envelope, one behind the other; little-endian, as RNTuple
 * writes them. Whatever is not there is a {@link RootFormatException}. Not thread-safe.
 */
final class LittleCursor {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final String file;
  private final long origin;
  private final int end;
  private int position;

  LittleCursor(byte[] bytes, int position, int end, String file, long origin) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.file = file;
    this.origin = origin;
  }

  /** A frame: where it ends, and how many items it has. */
  record Frame(int end, int items) {}

  RootFormatException error(String message) {
    return new RootFormatException(
        file, origin, "%s (at byte %d of an envelope)".formatted(message, position));
  }

  int position() {
    return position;
  }

  void position(int to) throws RootFormatException {
    if (to < 0 || to > end) {
      throw error("a jump to byte %d of %d".formatted(to, end));
    }
    position = to;
  }

  int remaining() {
    return end - position;
  }

  /** Another cursor over the same bytes. */
  LittleCursor at(int from) throws RootFormatException {
    LittleCursor other = new LittleCursor(bytes, 0, end, file, origin);
    other.position(from);
    return other;
  }

  private int take(int count) throws RootFormatException {
    if (count < 0 || count > end - position) {
      throw error("%d bytes should be here, but %d are left".formatted(count, remaining()));
    }
    int from = position;
    position += count;
    return from;
  }

  void skip(int count) throws RootFormatException {
    take(count);
  }

  int u2() throws RootFormatException {
    return (short) SHORT.get(bytes, take(2)) & 0xFFFF;
  }

  int i4() throws RootFormatException {
    return (int) INT.get(bytes, take(4));
  }

  long u4() throws RootFormatException {
    return i4() & 0xFFFFFFFFL;
  }

  long i8() throws RootFormatException {
    return (long) LONG.get(bytes, take(8));
  }

  double f8() throws RootFormatException {
    return Double.longBitsToDouble(i8());
  }

  String text() throws RootFormatException {
    int length = i4();
    int from = take(length);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  /** Enters a record frame. */
  Frame enterRecord() throws RootFormatException {
    int start = position;
    long size = i8();
    if (size < 8 || size > end - start) {
      throw error("a record frame of %d bytes, but %d are left".formatted(size, end - start));
    }
    return new Frame(start + (int) size, 0);
  }

  /** Enters a list frame. */
  Frame enterList() throws RootFormatException {
    int start = position;
    long size = -i8();
    int items = i4();
    if (size < 12 || size > end - start || items < 0 || items > size) {
      throw error(
          "a list frame of %d bytes and %d items, but %d bytes are left"
              .formatted(size, items, end - start));
    }
    return new Frame(start + (int) size, items);
  }

  /** A locator; its place is −1 where it is of a kind that is not a place in this file. */
  Locator locator() throws RootFormatException {
    int start = position;
    int size = i4();
    if (size >= 0) {
      return new Locator(i8(), size);
    }
    int bytesOfLocator = -size & 0xFFFF;
    int type = -size >>> 24;
    Locator locator = new Locator(-1, 0);
    if (type == 1) {
      long length = i8();
      locator = new Locator(i8(), length);
    }
    if (bytesOfLocator < 4) {
      throw error("a locator of %d bytes".formatted(bytesOfLocator));
    }
    position(start + bytesOfLocator);
    return locator;
  }
}
