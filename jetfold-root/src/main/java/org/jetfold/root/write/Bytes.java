package org.jetfold.root.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, in one byte order. Not thread-safe. */
final class Bytes {
  private ByteBuffer buffer;

  Bytes(ByteOrder order) {
    buffer = ByteBuffer.allocate(256).order(order);
  }

  private ByteBuffer room(int more) {
    if (buffer.remaining() < more) {
      int capacity =
          Math.max(
              Math.addExact(buffer.position(), more), buffer.capacity() + (buffer.capacity() >> 1));
      buffer = ByteBuffer.allocate(capacity).order(buffer.order()).put(buffer.flip());
    }
    return buffer;
  }

  int size() {
    return buffer.position();
  }

  Bytes u1(int value) {
    room(1).put((byte) value);
    return this;
  }

  Bytes u2(int value) {
    room(2).putShort((short) value);
    return this;
  }

  Bytes u4(long value) {
    room(4).putInt((int) value);
    return this;
  }

  Bytes u8(long value) {
    room(8).putLong(value);
    return this;
  }

  Bytes raw(byte[] bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  /** A TString: the number of bytes in one byte, or 255 and four. */
  Bytes shortText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 255) {
      u1(bytes.length);
    } else {
      u1(255).u4(bytes.length);
    }
    return raw(bytes);
  }

  /** An envelope's string: the number of bytes in four. */
  Bytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u4(bytes.length).raw(bytes);
  }

  /** Begins a record frame; {@link #end} ends it. */
  int record() {
    int start = size();
    u8(0);
    return start;
  }

  /** Ends a record frame. */
  void end(int start) {
    buffer.putLong(start, size() - start);
  }

  /** Begins a list frame; {@link #endList} ends it. */
  int list(int items) {
    int start = size();
    u8(0).u4(items);
    return start;
  }

  /** Ends a list frame. */
  void endList(int start) {
    buffer.putLong(start, start - (long) size());
  }

  /** Puts an int where one was before. */
  void set4(int at, int value) {
    buffer.putInt(at, value);
  }

  byte[] toArray() {
    return Arrays.copyOf(buffer.array(), size());
  }
}
