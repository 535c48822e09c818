package org.jetfold.root.streamer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads streamed objects with all that they point to, as StreamerInfos describe them. Objects of
 * classes that are not wanted or not known are passed over by their byte counts and read as null.
 * For one buffer; not thread-safe.
 */
public final class ObjectReader {
  /**
   * Added to every position that a tag names, so that tag 0 is null and 1 the buffer's own parent.
   */
  private static final int TAG_OFFSET = 2;

  /** No real object nests nearly as deeply; a damaged one must not exhaust the stack. */
  private static final int MAX_DEPTH = 200;

  private final StreamerInfos infos;
  private final Map<String, CustomReader> custom;
  private final Predicate<String> wanted;
  private final ByteCursor in;
  private final int displacement;
  private final Map<Long, String> classes = new HashMap<>();
  private final Map<Long, Object> objects = new HashMap<>();
  private int depth;

  /**
   * How many members may still be read. Members of no bytes at all must not keep a small damaged
   * file busy for hours.
   */
  private long budget;

  /**
   * @param infos the file's classes
   * @param custom readers for classes that need one of their own
   * @param wanted which classes are read at all
   * @param in the object's bytes
   * @param keyBytes the size of the key before them, from whose begin tags count
   */
  public ObjectReader(
      StreamerInfos infos,
      Map<String, CustomReader> custom,
      Predicate<String> wanted,
      ByteCursor in,
      int keyBytes) {
    this.infos = infos;
    this.custom = custom;
    this.wanted = wanted;
    this.in = in;
    this.displacement = keyBytes - in.position();
    this.budget = 100_000 + 16L * in.remaining();
  }

  /** Reads an object of a known class that stands where the cursor is, with its own header. */
  public StreamedObject object(String className) throws IOException {
    StreamedObject object = new StreamedObject(className, in, true);
    content(object, className);
    return object;
  }

  /** Reads an object behind its class tag, or a reference to one read before. */
  private @Nullable Object any() throws IOException {
    enter();
    long start = tagAt(in.position());
    int count = in.i4();
    int end = -1;
    int tag = count;
    long tagStart = start;
    if ((count & ObjectHeader.BYTE_COUNT) != 0 && count != ObjectHeader.NEW_CLASS) {
      count &= ~ObjectHeader.BYTE_COUNT;
      if (count < 4 || count > in.remaining()) {
        throw in.error("an object of %d bytes, but %d are left".formatted(count, in.remaining()));
      }
      end = in.position() + count;
      tagStart = tagAt(in.position());
      tag = in.i4();
    }
    Object object;
    if ((tag & ObjectHeader.CLASS_MASK) == 0) {
      object = tag == 0 ? null : objects.get(tag & 0xFFFFFFFFL);
      if (end >= 0) {
        in.position(end);
      }
    } else {
      object = tagged(className(tag, tagStart), start, end);
    }
    depth--;
    return object;
  }

  private long tagAt(int position) {
    return (long) position + displacement + TAG_OFFSET;
  }

  private String className(int tag, long tagStart) throws IOException {
    if (tag == ObjectHeader.NEW_CLASS) {
      String name = in.zeroEnded();
      classes.put(tagStart, name);
      return name;
    }
    String name = classes.get((long) (tag & ~ObjectHeader.CLASS_MASK));
    if (name == null) {
      throw in.error(
          "an object of a class that was not named before (tag %d)"
              .formatted(tag & ~ObjectHeader.CLASS_MASK));
    }
    return name;
  }

  private @Nullable Object tagged(String className, long start, int end) throws IOException {
    Object object;
    CustomReader reader = custom.get(className);
    if (reader != null) {
      object = reader.read(in, end);
      if (object != null) {
        objects.put(start, object);
      }
    } else if (isCollection(className)) {
      object = collection(className);
      objects.put(start, object);
    } else if (isKnown(className)) {
      StreamedObject streamed = new StreamedObject(className, in, true);
      objects.put(start, streamed);
      content(streamed, className);
      object = streamed;
    } else {
      if (end < 0) {
        throw in.error(
            "an object of class %s, of which neither form nor size is known".formatted(className));
      }
      object = wanted.test(className) ? new StreamedObject(className, in, false) : null;
    }
    if (end >= 0) {
      in.position(end);
    }
    return object;
  }

  private boolean isKnown(String className) {
    return wanted.test(className) && infos.knows(className);
  }

  private void enter() throws RootFormatException {
    if (++depth > MAX_DEPTH) {
      throw in.error("objects nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  /** Header and members of an object of a class, put into {@code object}. */
  private void content(StreamedObject object, String className) throws IOException {
    enter();
    if (className.equals("TObject")) {
      object.put("fBits", ObjectBase.read(in).bits());
    } else {
      ObjectHeader header = ObjectHeader.read(in, true);
      StreamerInfo info = info(className, header);
      if (info == null) {
        throw in.error(
            "class %s version %d is not described".formatted(className, header.version()));
      }
      for (StreamerElement element : info.elements()) {
        if (!element(object, element)) {
          if (header.end() < 0) {
            throw in.error(
                "member %s of class %s cannot be read".formatted(element.name(), className));
          }
          break; // what follows is behind the byte count
        }
        if (header.end() >= 0 && in.position() > header.end()) {
          throw in.error(
              "member %s of class %s reaches behind its object"
                  .formatted(element.name(), className));
        }
      }
      if (header.end() >= 0) {
        in.position(header.end());
      }
    }
    depth--;
  }

  private @Nullable StreamerInfo info(String className, ObjectHeader header) {
    StreamerInfo info =
        header.checksum() != 0
            ? infos.checksum(className, header.checksum())
            : infos.version(className, header.version());
    return info == null ? infos.newest(className) : info;
  }

  private static boolean isCollection(String className) {
    return className.equals("TObjArray")
        || className.equals("TList")
        || className.equals("THashList");
  }

  List<@Nullable Object> collection(String className) throws IOException {
    boolean array = className.equals("TObjArray");
    ObjectHeader header = ObjectHeader.read(in);
    if (header.version() > (array ? 2 : 3)) {
      ObjectBase.read(in);
    }
    if (header.version() > 1) {
      in.text(); // fName
    }
    int count = in.i4();
    if (array) {
      in.skip(4); // fLowerBound
    }
    if (count < 0 || count > in.remaining() / 4) {
      throw in.error(
          "a collection of %d objects, but %d bytes are left".formatted(count, in.remaining()));
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(any());
      if (!array) {
        in.skip(in.textLength()); // an option for drawing
      }
    }
    if (header.end() >= 0) {
      in.position(header.end());
    }
    return list;
  }

  /** Reads a member, or passes over it. Returns false where its size is unknown. */
  private boolean element(StreamedObject object, StreamerElement element) throws IOException {
    int type = element.type();
    String name = element.name();
    if (--budget < 0) {
      throw in.error("more members than these bytes can hold");
    }
    if (element.isBase()) {
      content(object, name);
      return true;
    }
    if (type > 0 && type < ElementType.OFFSET_ARRAY) {
      object.put(name, BasicMembers.read(in, type, element.range()));
      return type != ElementType.CHAR_STAR;
    }
    if (type > ElementType.OFFSET_ARRAY && type < ElementType.OFFSET_POINTER) {
      object.put(
          name, BasicMembers.array(in, type - ElementType.OFFSET_ARRAY, element.arrayLength()));
      return true;
    }
    if (type > ElementType.OFFSET_POINTER
        && type < ElementType.OFFSET_POINTER + ElementType.OFFSET_ARRAY) {
      if (in.u1() != 0) {
        long count = object.integer(element.countName());
        object.put(name, BasicMembers.array(in, type - ElementType.OFFSET_POINTER, count));
      } else {
        object.put(name, new long[0]);
      }
      return true;
    }
    return switch (type) {
      case ElementType.TSTRING -> {
        object.put(name, in.text());
        yield true;
      }
      case ElementType.TOBJECT -> {
        ObjectBase.read(in);
        yield true;
      }
      case ElementType.OBJECT_POINTER, ElementType.ANY_POINTER -> {
        object.put(name, any());
        yield true;
      }
      case ElementType.OBJECT,
          ElementType.ANY,
          ElementType.TNAMED,
          ElementType.OBJECT_IN_PLACE,
          ElementType.ANY_IN_PLACE ->
          inPlace(object, element);
      default -> false;
    };
  }

  private boolean inPlace(StreamedObject object, StreamerElement element) throws IOException {
    String type = element.typeName();
    if (type.endsWith("*")) {
      type = type.substring(0, type.length() - 1);
    }
    if (isCollection(type)) {
      object.put(element.name(), collection(type));
    } else if (ElementType.ofTArray(type) > 0) {
      object.put(element.name(), BasicMembers.array(in, ElementType.ofTArray(type), in.i4()));
    } else if (infos.knows(type)) {
      StreamedObject member = new StreamedObject(type, in, true);
      content(member, type);
      object.put(element.name(), member);
    } else {
      ObjectHeader header = ObjectHeader.read(in, true);
      if (header.end() < 0) {
        return false;
      }
      in.position(header.end());
    }
    return true;
  }
}
