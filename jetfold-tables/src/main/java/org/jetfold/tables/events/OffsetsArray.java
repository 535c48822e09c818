package org.jetfold.tables.events;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An array of offsets.
 *
 * @param stem what its name begins with; empty for {@code offsets}
 * @param level 1, or for lists within lists their number
 * @param elements how many elements it groups
 */
record OffsetsArray(NamedArray array, String stem, int level, long elements) {
  private static final String OFFSETS = "offsets";

  /** Offsets of lists within lists have a number. */
  private static final Pattern NAME =
      Pattern.compile("(?:(.+)_)?" + OFFSETS + "(?:_([2-9]))?", Pattern.DOTALL);

  /** The offsets that an array may be by its name; null where it has another. */
  static @Nullable OffsetsArray named(NamedArray array) throws IOException {
    Matcher name = NAME.matcher(array.name());
    if (!name.matches()) {
      return null;
    }
    String stem = name.group(1);
    String level = name.group(2);
    return new OffsetsArray(
        array,
        stem == null ? "" : stem,
        level == null ? 1 : Integer.parseInt(level),
        array.grouped());
  }

  long parents() {
    return array.length() - 1;
  }

  boolean mayGroup(NamedArray other) {
    return other.length() == elements
        && (level == 1 ? stem.isEmpty() || begins(other.name(), stem) : other.name().equals(stem));
  }

  /** Whether the others are of lists within these lists. */
  boolean mayGroup(OffsetsArray others) {
    return others.stem.equals(stem) && others.level == level + 1 && others.parents() == elements;
  }

  /** Whether a name is a stem, or goes on behind it with a separator. */
  static boolean begins(String name, String stem) {
    return name.startsWith(stem)
        && (name.length() == stem.length() || ".:_".indexOf(name.charAt(stem.length())) >= 0);
  }
}
