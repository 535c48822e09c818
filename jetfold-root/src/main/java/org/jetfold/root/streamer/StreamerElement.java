package org.jetfold.root.streamer;

import java.util.List;

/**
 * One member of a class, or one of its base classes, as a TStreamerElement describes it.
 *
 * @param kind the class of the element: {@code TStreamerBase}, {@code TStreamerBasicType}…
 * @param name the member's name, or the base class's
 * @param title the comment behind the member in C++, which may hold a range or the name of a count
 * @param type the kind of streaming: see {@link ElementType}
 * @param arrayLength the number of elements of a fixed-size array in all dimensions; 0 for none
 * @param dimensions the array's dimensions
 * @param typeName the C++ type
 * @param baseVersion the version of a base class; 0 elsewhere
 * @param countName the member that holds the length of a variable-length array; empty elsewhere
 * @param collection the kind of STL collection; 0 elsewhere
 * @param content the type of a collection's content; 0 elsewhere
 * @param range how a Double32_t or Float16_t is packed
 */
public record StreamerElement(
    String kind,
    String name,
    String title,
    int type,
    int arrayLength,
    List<Integer> dimensions,
    String typeName,
    int baseVersion,
    String countName,
    int collection,
    int content,
    PackedRange range) {
  /** Copies the list. */
  public StreamerElement {
    dimensions = List.copyOf(dimensions);
  }

  /** Whether this is a base class. */
  public boolean isBase() {
    return kind.equals("TStreamerBase");
  }
}
