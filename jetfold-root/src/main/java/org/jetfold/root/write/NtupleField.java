package org.jetfold.root.write;

import org.jetfold.root.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A field to write: numbers, or lists of them.
 *
 * @param name the name; neither empty nor with dots, slashes, backslashes, spaces or control
 *     characters
 * @param type the type of the numbers
 * @param depth the number of lists around them: 0 for one number an entry, 1 for {@code
 *     std::vector<float>}…
 * @param grid what all floats are on; null where they need not be on any
 */
public record NtupleField(String name, ValueType type, int depth, @Nullable FloatGrid grid) {
  private static final int MAX_DEPTH = 16;

  /** Numbers of any value. */
  public NtupleField(String name, ValueType type, int depth) {
    this(name, type, depth, null);
  }

  /** Checks the name, the depth and the grid. */
  public NtupleField {
    if (name.isEmpty()
        || name.chars().anyMatch(c -> c <= ' ' || c == 0x7F || c == '.' || c == '/' || c == '\\')) {
      throw new IllegalArgumentException(
          "an RNTuple's field cannot be called '%s'".formatted(name));
    }
    if (depth < 0 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("field %s has lists %d deep".formatted(name, depth));
    }
    if (grid != null && type != ValueType.FLOAT32) {
      throw new IllegalArgumentException("field %s is of %s and has a grid".formatted(name, type));
    }
  }

  /** The C++ type behind {@code lists} lists. */
  String typeName(int lists) {
    String number =
        switch (type) {
          case BOOL -> "bool";
          case FLOAT32 -> "float";
          case FLOAT64 -> "double";
          case INT8 -> "std::int8_t";
          case UINT8 -> "std::uint8_t";
          case INT16 -> "std::int16_t";
          case UINT16 -> "std::uint16_t";
          case INT32 -> "std::int32_t";
          case UINT32 -> "std::uint32_t";
          case INT64 -> "std::int64_t";
          case UINT64 -> "std::uint64_t";
        };
    return "std::vector<".repeat(lists) + number + ">".repeat(lists);
  }
}
