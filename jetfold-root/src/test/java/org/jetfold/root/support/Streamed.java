package org.jetfold.root.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes as ROOT streams them: big-endian, objects behind byte counts, and references to objects
 * that stand before. Not thread-safe.
 */
public final class Streamed {
  private static final int BYTE_COUNT = 0x40000000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> references = new HashMap<>();

  /** Unsigned bytes. */
  public Streamed u1(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  /** 16-bit integers. */
  public Streamed u2(int... values) {
    for (int value : values) {
      u1(value >> 8, value);
    }
    return this;
  }

  /** 32-bit integers. */
  public Streamed u4(long... values) {
    for (long value : values) {
      u2((int) (value >> 16), (int) value);
    }
    return this;
  }

  /** 64-bit integers. */
  public Streamed u8(long... values) {
    for (long value : values) {
      u4(value >> 32, value);
    }
    return this;
  }

  /** 32-bit floats. */
  public Streamed f4(float... values) {
    for (float value : values) {
      u4(Float.floatToRawIntBits(value));
    }
    return this;
  }

  /** 64-bit floats. */
  public Streamed f8(double... values) {
    for (double value : values) {
      u8(Double.doubleToRawLongBits(value));
    }
    return this;
  }

  /** A TString. */
  public Streamed text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 255) {
      u1(bytes.length);
    } else {
      u1(255).u4(bytes.length);
    }
    return raw(bytes);
  }

  /** Bytes as they are. */
  public Streamed raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Other streamed bytes, with their labels. */
  public Streamed raw(Streamed other) {
    int shift = size();
    other.labels.forEach((label, at) -> labels.put(label, shift + at));
    other.references.forEach((at, label) -> references.put(shift + at, label));
    return raw(other.out.toByteArray());
  }

  /** A byte count, a version and the content of an object or collection. */
  public Streamed headed(int version, Streamed content) {
    return u4(BYTE_COUNT | (content.size() + 2)).u2(version).raw(content);
  }

  /**
   * What a pointer to an object leaves: a byte count, its class, and the object with its header.
   */
  public Streamed pointer(String className, Streamed object) {
    int size = 4 + className.length() + 1 + object.size();
    u4(BYTE_COUNT | size).u4(-1).raw(className.getBytes(StandardCharsets.US_ASCII)).u1(0);
    return raw(object);
  }

  /** The same with a label that {@link #reference} can name. */
  public Streamed pointer(String className, Streamed object, String label) {
    labels.put(label, size());
    return pointer(className, object);
  }

  /** A pointer to an object that was written with a label; null for a null pointer. */
  public Streamed reference(String label) {
    if (label != null) {
      references.put(size(), label);
    }
    return u4(0);
  }

  /** A TObject. */
  public static Streamed object(long uniqueId, int bits) {
    return new Streamed().u2(1).u4(uniqueId).u4(bits);
  }

  /** A TNamed with its header. */
  public static Streamed named(String name, String title) {
    return new Streamed().headed(1, object(0, 0x03000000).text(name).text(title));
  }

  /** A TObjArray with its header, of what pointers to objects leave. */
  public static Streamed array(List<Streamed> pointers) {
    Streamed content = object(0, 0).text("").u4(pointers.size()).u4(0);
    pointers.forEach(content::raw);
    return new Streamed().headed(3, content);
  }

  /** The number of bytes. */
  public int size() {
    return out.size();
  }

  /** The bytes; none may refer to an object. */
  public byte[] bytes() {
    return bytes(0);
  }

  /**
   * The bytes.
   *
   * @param keyBytes the size of the key before them, from whose beginning references count
   */
  public byte[] bytes(int keyBytes) {
    ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
    references.forEach((at, label) -> bytes.putInt(at, labels.get(label) + keyBytes + 2));
    return bytes.array();
  }
}
