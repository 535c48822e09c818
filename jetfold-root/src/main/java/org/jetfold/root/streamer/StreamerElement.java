package org.jetfold.root.streamer;

import java.util.List;

/**
 * One member of a class, or one of its base classes, as a TStreamerElement describes it.
 *
 * @param name the member's name, or the base class's
 * @param type the kind of streaming: see {@link ElementType}
 * @param typeName the C++ type
 * @param isBase whether this is a base class
 * @param baseVersion the version of a base class; 0 elsewhere
 * @param dimensions the dimensions of a fixed-size array; empty elsewhere
 * @param countName the member that holds the length of a variable-length array; empty elsewhere
 * @param countClass the class that has that member; empty elsewhere
 * @param content the type of a collection's content; 0 elsewhere
 * @param range how a Double32_t or Float16_t is packed
 */
public record StreamerElement(
    String name,
    int type,
    String typeName,
    boolean isBase,
    int baseVersion,
    List<Integer> dimensions,
    String countName,
    String countClass,
    int content,
    PackedRange range) {
  /** Copies the list. */
  public StreamerElement {
    dimensions = List.copyOf(dimensions);
  }

  /** A base class. */
  static StreamerElement base(String name) {
    return new StreamerElement(
        name, ElementType.BASE, "BASE", true, 0, List.of(), "", "", 0, PackedRange.NONE);
  }

  /** A member that is no array. */
  public static StreamerElement member(String name, int type, String typeName) {
    return array(name, type, typeName, List.of(), "", "");
  }

  /** A member that is an array of some dimensions, or of a length that another member holds. */
  static StreamerElement array(
      String name,
      int type,
      String typeName,
      List<Integer> dimensions,
      String countName,
      String countClass) {
    return new StreamerElement(
        name, type, typeName, false, 0, dimensions, countName, countClass, 0, PackedRange.NONE);
  }

  /** The number of elements of a fixed-size array in all dimensions; −1 where one is negative. */
  long arrayLength() {
    long length = 1;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        return -1;
      }
      length = Math.min(length * dimension, Integer.MAX_VALUE);
    }
    return length;
  }
}
