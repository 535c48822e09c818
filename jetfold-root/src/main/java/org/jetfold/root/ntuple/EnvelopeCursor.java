package org.jetfold.root.ntuple;

import java.nio.charset.StandardCharsets;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.UnsupportedRootException;
import org.jetfold.root.source.ByteCursor;

/**
 * Takes values from the bytes of an envelope, one behind the other; little-endian, as RNTuple
 * writes them. Whatever is not there is a {@link RootFormatException}. Not thread-safe.
 */
final class EnvelopeCursor {
  private final ByteCursor in;

  /** A cursor over bytes of its own. */
  EnvelopeCursor(ByteCursor in) {
    this.in = in;
  }

  /** A frame: where it ends, and how many items it has. */
  record Frame(int end, int items) {}

  RootFormatException error(String reason) {
    return in.error(reason);
  }

  UnsupportedRootException unsupported(String reason) {
    return new UnsupportedRootException(in.file(), in.offset(), reason);
  }

  int position() {
    return in.position();
  }

  void position(int to) throws RootFormatException {
    in.position(to);
  }

  /** Another cursor over the same bytes. */
  EnvelopeCursor at(int from) throws RootFormatException {
    return new EnvelopeCursor(in.part(from, in.end()));
  }

  void skip(int count) throws RootFormatException {
    in.skip(count);
  }

  int u2() throws RootFormatException {
    return Short.reverseBytes((short) in.i2()) & 0xFFFF;
  }

  int i4() throws RootFormatException {
    return Integer.reverseBytes(in.i4());
  }

  long i8() throws RootFormatException {
    return Long.reverseBytes(in.i8());
  }

  double f8() throws RootFormatException {
    return Double.longBitsToDouble(i8());
  }

  String text() throws RootFormatException {
    int length = i4();
    return new String(in.array(), in.take(length, 1), length, StandardCharsets.UTF_8);
  }

  /** Enters a record frame. */
  Frame enterRecord() throws RootFormatException {
    int start = position();
    long size = i8();
    if (size < 8 || size > in.end() - start) {
      throw error("a record frame of %d bytes, but %d are left".formatted(size, in.end() - start));
    }
    return new Frame(start + (int) size, 0);
  }

  /** Enters a list frame. */
  Frame enterList() throws RootFormatException {
    int start = position();
    long size = -i8();
    int items = i4();
    if (size < 12 || size > in.end() - start || items < 0 || items > size) {
      throw error(
          "a list frame of %d bytes and %d items, but %d bytes are left"
              .formatted(size, items, in.end() - start));
    }
    return new Frame(start + (int) size, items);
  }

  /** A locator; its place is −1 where it is of a kind that is not a place in this file. */
  Locator locator() throws RootFormatException {
    int start = position();
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
