package org.jetfold.tables.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What stands before a page: a structure in Thrift's compact protocol. Nothing is allocated for
 * what it says of lengths.
 *
 * @param length its own length
 * @param stored how many bytes of the page follow
 * @param values how many values of its column it holds, missing ones included; 0 for a dictionary
 * @param checked whether it has a checksum
 * @param crc that checksum: CRC-32 of the stored bytes
 */
record PageHeader(int length, int stored, long values, boolean checked, int crc) {
  /** Fields of the structure. */
  private static final int STORED_BYTES = 3;

  private static final int CRC = 4;
  private static final int DATA_PAGE = 5;
  private static final int DATA_PAGE_V2 = 8;

  /** The field of a data page's own structure. */
  private static final int VALUES = 1;

  /** Types in Thrift's compact protocol. */
  private static final int STOP = 0;

  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int STRUCT = 12;

  private static final int MAX_DEPTH = 16;

  /**
   * Reads a header, which begins where the buffer does.
   *
   * @throws BufferUnderflowException where it ends too early
   * @throws IllegalArgumentException where it is none
   */
  static PageHeader read(ByteBuffer in) {
    long stored = -1;
    long values = 0;
    boolean checked = false;
    long crc = 0;
    int id = 0;
    for (int head = in.get(); (head & 0xF) != STOP; head = in.get()) {
      int type = head & 0xF;
      id = fieldId(in, head, id);
      switch (id) {
        case STORED_BYTES -> stored = number(in, type);
        case CRC -> {
          crc = number(in, type);
          checked = true;
        }
        case DATA_PAGE, DATA_PAGE_V2 -> values = values(in, type);
        default -> skip(in, type, 0);
      }
    }
    if (stored < 0 || stored > Integer.MAX_VALUE || values < 0) {
      throw new IllegalArgumentException(
          "it says that it has %d bytes and %d values".formatted(stored, values));
    }
    return new PageHeader(in.position(), (int) stored, values, checked, (int) crc);
  }

  private static long values(ByteBuffer in, int type) {
    if (type != STRUCT) {
      throw new IllegalArgumentException("its header is of no known kind");
    }
    long values = -1;
    int id = 0;
    for (int head = in.get(); (head & 0xF) != STOP; head = in.get()) {
      id = fieldId(in, head, id);
      if (id == VALUES) {
        values = number(in, head & 0xF);
      } else {
        skip(in, head & 0xF, 1);
      }
    }
    return values;
  }

  private static int fieldId(ByteBuffer in, int head, int last) {
    int step = (head >> 4) & 0xF;
    return step == 0 ? (int) zigzag(in) : last + step;
  }

  private static long number(ByteBuffer in, int type) {
    if (type <= BYTE || type > I64) {
      throw new IllegalArgumentException("its header is of no known kind");
    }
    return zigzag(in);
  }

  private static void skip(ByteBuffer in, int type, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("its header is nested too deeply");
    }
    switch (type) {
      // The type of a field that is true or false is its value.
      case 1, FALSE -> {}
      case BYTE -> in.get();
      case 4, 5, I64 -> zigzag(in);
      case DOUBLE -> advance(in, Double.BYTES);
      case BINARY -> advance(in, varint(in));
      case LIST, SET -> skipList(in, depth);
      case STRUCT -> {
        for (int head = in.get(); (head & 0xF) != STOP; head = in.get()) {
          fieldId(in, head, 0);
          skip(in, head & 0xF, depth + 1);
        }
      }
      default -> throw new IllegalArgumentException("its header has a field of type " + type);
    }
  }

  private static void skipList(ByteBuffer in, int depth) {
    int head = in.get();
    int type = head & 0xF;
    long size = ((head >> 4) & 0xF) == 15 ? varint(in) : (head >> 4) & 0xF;
    for (long i = 0; i < size; i++) {
      // In a list, a boolean is a byte of its own.
      skip(in, type <= FALSE ? BYTE : type, depth + 1);
    }
  }

  private static void advance(ByteBuffer in, long bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + (int) bytes);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("its header has a number of more than 64 bits");
  }

  private static long zigzag(ByteBuffer in) {
    long value = varint(in);
    return (value >>> 1) ^ -(value & 1);
  }
}
