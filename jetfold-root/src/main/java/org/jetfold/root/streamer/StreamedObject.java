package org.jetfold.root.streamer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/**
 * An object as it was streamed: its class and its members by name, those of base classes too.
 * Members are {@code Long}, {@code Double}, {@code String}, {@code long[]}, {@code List}, {@code
 * StreamedObject}, or null where a pointer is null or a member was passed over.
 *
 * <p>Asking for a member that is not there, or of another type, is a {@link RootFormatException}: a
 * file that describes its classes in an unusual way must not be taken for one without data.
 */
public final class StreamedObject {
  private final String className;
  private final String file;
  private final long offset;
  private final boolean described;
  private final Map<String, @Nullable Object> members = new HashMap<>();

  /** An object without members yet that begins where a cursor is. */
  StreamedObject(String className, ByteCursor in, boolean described) {
    this.className = className;
    this.file = in.file();
    this.offset = in.offset();
    this.described = described;
  }

  /** The class. */
  public String className() {
    return className;
  }

  /** Whether the file describes the class; if not, no member can be asked for. */
  public boolean isDescribed() {
    return described;
  }

  void put(String name, @Nullable Object value) {
    members.put(name, value);
  }

  /** Whether there is a member of a name. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** An integer member. A float that is a whole number is one, too: old classes count in floats. */
  public long integer(String name) throws RootFormatException {
    Object value = member(name);
    if (value instanceof Long integer) {
      return integer;
    }
    if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 0x1p63) {
      return real.longValue();
    }
    throw other(name, value, "an integer");
  }

  /** The same; {@code absent} where the class has no such member. */
  public long integer(String name, long absent) throws RootFormatException {
    return has(name) ? integer(name) : absent;
  }

  /** An integer member of at most 32 bits, with or without a sign. */
  public int int32(String name) throws RootFormatException {
    long value = integer(name);
    if (value < Integer.MIN_VALUE || value > 0xFFFFFFFFL) {
      throw error("member %s is %d, which is more than 32 bits hold".formatted(name, value));
    }
    return (int) value;
  }

  /** The same; {@code absent} where the class has no such member. */
  public int int32(String name, int absent) throws RootFormatException {
    return has(name) ? int32(name) : absent;
  }

  /** A floating-point member; {@code absent} where the class has no such member. */
  public double real(String name, double absent) throws RootFormatException {
    if (!has(name)) {
      return absent;
    }
    return member(name) instanceof Double value ? value : integer(name);
  }

  /** A text member. */
  public String text(String name) throws RootFormatException {
    Object value = member(name);
    if (value instanceof String text) {
      return text;
    }
    throw other(name, value, "a text");
  }

  /** The same; {@code absent} where the class has no such member. */
  public String text(String name, String absent) throws RootFormatException {
    return has(name) ? text(name) : absent;
  }

  /** An array of integers. */
  public long[] integers(String name) throws RootFormatException {
    Object value = member(name);
    if (value instanceof long[] integers) {
      return integers;
    }
    throw other(name, value, "an array of integers");
  }

  /** A list of objects, which may hold nulls. */
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> list(String name) throws RootFormatException {
    Object value = member(name);
    if (value instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw other(name, value, "a list");
  }

  /** An object member; null where its pointer is null or its class is not read. */
  public @Nullable StreamedObject object(String name) throws RootFormatException {
    Object value = member(name);
    if (value == null || value instanceof StreamedObject) {
      return (StreamedObject) value;
    }
    throw other(name, value, "an object");
  }

  private @Nullable Object member(String name) throws RootFormatException {
    if (!described) {
      throw error("the file does not describe class " + className);
    }
    if (!has(name)) {
      throw error("class %s as the file describes it has no member %s".formatted(className, name));
    }
    return members.get(name);
  }

  private RootFormatException other(String name, @Nullable Object value, String expected) {
    String found =
        switch (value) {
          case null -> "nothing";
          case Long unused -> "an integer";
          case Double real -> "the number " + real;
          case String unused -> "a text";
          case long[] unused -> "an array of integers";
          case List<?> unused -> "a list";
          default -> "an object";
        };
    return error(
        "member %s of class %s should be %s, but is %s"
            .formatted(name, className, expected, found));
  }

  /** An error in this object. */
  public RootFormatException error(String reason) {
    return new RootFormatException(file, offset, reason);
  }
}
