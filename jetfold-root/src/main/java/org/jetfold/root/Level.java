package org.jetfold.root;

/**
 * One level of nesting: a list of any length, or an array of a fixed size.
 *
 * @param fixedSize the number of elements of a fixed-size array; −1 for a list
 */
public record Level(int fixedSize) {
  /** A list whose length differs from one to the next. */
  public static final Level LIST = new Level(-1);

  /** An array that always has {@code size} elements. */
  public static Level array(int size) {
    return new Level(size);
  }

  /** Whether the length differs from one list to the next. */
  public boolean isList() {
    return fixedSize < 0;
  }
}
