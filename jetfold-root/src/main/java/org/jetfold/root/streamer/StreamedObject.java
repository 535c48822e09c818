package org.jetfold.root.streamer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as it was streamed: its class and its members by name, those of base classes too.
 * Members are {@code Long}, {@code Double}, {@code String}, {@code long[]}, {@code double[]},
 * {@code List}, {@code StreamedObject} or absent.
 */
public final class StreamedObject {
  private final String className;
  private final Map<String, Object> members = new HashMap<>();

  StreamedObject(String className) {
    this.className = className;
  }

  /** The class. */
  public String className() {
    return className;
  }

  void put(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  /** A member, or null. */
  public @Nullable Object get(String name) {
    return members.get(name);
  }

  /** An integer member; 0 where there is none. */
  public long integer(String name) {
    return members.get(name) instanceof Long value ? value : 0;
  }

  /** An integer member as an int; 0 where there is none or it does not fit. */
  public int int32(String name) {
    long value = integer(name);
    return (int) value == value ? (int) value : 0;
  }

  /** A text member; empty where there is none. */
  public String text(String name) {
    return members.get(name) instanceof String value ? value : "";
  }

  /** An array of integers; empty where there is none. */
  public long[] integers(String name) {
    return members.get(name) instanceof long[] value ? value : new long[0];
  }

  /** A list of objects, which may hold nulls; empty where there is none. */
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> list(String name) {
    return members.get(name) instanceof List<?> value ? (List<@Nullable Object>) value : List.of();
  }

  /** An object member; null where there is none. */
  public @Nullable StreamedObject object(String name) {
    return members.get(name) instanceof StreamedObject value ? value : null;
  }
}
