package org.jetfold.root.streamer;

/** ROOT's numbers for how a member is streamed (TVirtualStreamerInfo::EReadWrite). */
public final class ElementType {
  public static final int BASE = 0;
  public static final int CHAR = 1;
  public static final int SHORT = 2;
  public static final int INT = 3;
  public static final int LONG = 4;
  public static final int FLOAT = 5;

  /** An int that another member's length is read from. */
  public static final int COUNTER = 6;

  public static final int CHAR_STAR = 7;
  public static final int DOUBLE = 8;
  public static final int DOUBLE32 = 9;
  public static final int LEGACY_CHAR = 10;
  public static final int UNSIGNED_CHAR = 11;
  public static final int UNSIGNED_SHORT = 12;
  public static final int UNSIGNED_INT = 13;
  public static final int UNSIGNED_LONG = 14;
  public static final int BITS = 15;
  public static final int LONG64 = 16;
  public static final int UNSIGNED_LONG64 = 17;
  public static final int BOOL = 18;
  public static final int FLOAT16 = 19;

  /** Added for an array of a fixed size. */
  public static final int OFFSET_ARRAY = 20;

  /** Added for a pointer to an array whose length another member holds. */
  public static final int OFFSET_POINTER = 40;

  public static final int OBJECT = 61;
  public static final int ANY = 62;

  /** A pointer that is never null: the object stands in place. */
  public static final int OBJECT_IN_PLACE = 63;

  public static final int OBJECT_POINTER = 64;
  public static final int TSTRING = 65;
  public static final int TOBJECT = 66;
  public static final int TNAMED = 67;
  public static final int ANY_IN_PLACE = 68;
  public static final int ANY_POINTER = 69;
  public static final int ANY_POINTER_NO_TABLE = 70;
  public static final int STL_POINTER = 71;
  public static final int STL = 300;
  public static final int STL_STRING = 365;
  public static final int STREAMER = 500;
  public static final int STREAM_LOOP = 501;

  private ElementType() {}

  /** The type of the elements of a TArray class; 0 for any other class. */
  public static int ofTArray(String className) {
    return switch (className) {
      case "TArrayC" -> CHAR;
      case "TArrayS" -> SHORT;
      case "TArrayI" -> INT;
      case "TArrayL" -> LONG;
      case "TArrayL64" -> LONG64;
      case "TArrayF" -> FLOAT;
      case "TArrayD" -> DOUBLE;
      default -> 0;
    };
  }
}
