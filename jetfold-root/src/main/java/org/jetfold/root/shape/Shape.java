package org.jetfold.root.shape;

import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.PackedRange;
import org.jetfold.root.streamer.StreamerInfo;
import org.jspecify.annotations.Nullable;

/** How a value lies in streamed bytes. */
public sealed interface Shape {
  /** A number, big-endian. */
  record Numeric(ValueType type) implements Shape {}

  /** A Double32_t or Float16_t. */
  record Packed(ValueType type, PackedRange range) implements Shape {}

  /**
   * Text: a byte count and bytes.
   *
   * @param wideCount whether the count always has four bytes
   */
  record Text(boolean wideCount) implements Shape {}

  /** A fixed number of elements, one behind the other. */
  record FixedArray(int count, Shape element) implements Shape {}

  /**
   * A number of elements (four bytes) and that many elements.
   *
   * @param association whether the elements are the pairs of a map, which have no headers of their
   *     own
   */
  record Sequence(Shape element, boolean association) implements Shape {}

  /**
   * An array that a member points to: a byte that says whether there is one, and as many elements
   * as another member of the object says, or as fit in the rest of the entry where the array is a
   * branch of its own.
   *
   * @param count the other member, behind the name of its class: {@code TBits::fNbytes}
   */
  record Counted(Shape element, String count) implements Shape {}

  /**
   * A byte count and a version before something. Split or member-wise, there is one header before
   * all objects' content.
   */
  record Headed(Shape content) implements Shape {}

  /**
   * An object with members.
   *
   * @param info the version of the class to list members of; null for TObject
   * @param headed whether a header stands before it
   */
  record Instance(String className, @Nullable StreamerInfo info, boolean headed) implements Shape {
    /** The same object where no header stands before it. */
    public Instance bare() {
      return new Instance(className, info, false);
    }
  }

  /**
   * A TRef, or a TRefArray: the numbers of other objects, written by code of their own.
   *
   * @param many whether it is a TRefArray
   */
  record Reference(boolean many) implements Shape {}

  /** A header, then something that is not understood; passed over. */
  record Opaque(String reason) implements Shape {}

  /** An object behind a pointer, which may be null or read before; passed over. */
  record Pointer(String reason) implements Shape {}

  /** What cannot even be passed over. */
  record Unknown(String reason) implements Shape {}
}
