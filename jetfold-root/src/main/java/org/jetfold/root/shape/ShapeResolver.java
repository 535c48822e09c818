package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.ElementType;
import org.jetfold.root.streamer.StreamerElement;
import org.jetfold.root.streamer.StreamerInfo;
import org.jetfold.root.streamer.StreamerInfos;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resolver of C++ types, from their names and the classes that a file describes.
 * Immutable, thread-safe.
 */
public final class ShapeResolver {
  /**
   * A member of a class.
   *
   * @param name its name; empty for a base class
   * @param key the name behind that of its class, whatever {@code name} is
   * @param shape how it is streamed
   * @param hidden of a base class, the names that other members of the whole object have
   */
  public record Member(String name, String key, Shape shape, Set<String> hidden) {}

  private static final int MAX_DEPTH = 16;

  private final StreamerInfos infos;

  /** ShapeResolver for the classes of a file. */
  public ShapeResolver(StreamerInfos infos) {
    this.infos = infos;
  }

  /** The classes of the file. */
  public StreamerInfos infos() {
    return infos;
  }

  /** The shape of a type that stands inside a collection, or of a class. */
  public Shape ofType(String typeName) {
    return of(TypeName.parse(typeName), 0);
  }

  /** The shape of a class version. */
  public Shape ofClass(String className, int version, int checksum) {
    return switch (className) {
      case "TObject" -> new Shape.Instance(className, null, true);
      case "TRef" -> new Shape.Reference(false);
      case "TRefArray" -> new Shape.Reference(true);
      default -> described(className, version, checksum);
    };
  }

  private Shape described(String className, int version, int checksum) {
    StreamerInfo info = checksum == 0 ? null : infos.checksum(className, checksum);
    if (info == null) {
      info = infos.version(className, version);
    }
    if (info == null) {
      info = infos.newest(className);
    }
    return info == null
        ? new Shape.Opaque("the file does not describe class " + className)
        : new Shape.Instance(className, info, !className.equals("TDatime"));
  }

  private Shape of(TypeName type, int depth) {
    if (depth > MAX_DEPTH) {
      return new Shape.Unknown("a type nested more than %d deep".formatted(MAX_DEPTH));
    }
    Shape basic = BasicTypes.shape(type.name());
    if (basic != null) {
      return basic;
    }
    if (type.name().endsWith("*")) {
      return new Shape.Pointer("it is a pointer, " + type.text());
    }
    List<TypeName> arguments = type.arguments();
    return switch (type.name()) {
      case "vector",
          "list",
          "forward_list",
          "deque",
          "set",
          "multiset",
          "unordered_set",
          "unordered_multiset",
          "RVec",
          "VecOps::RVec",
          "ROOT::RVec",
          "ROOT::VecOps::RVec" ->
          arguments.isEmpty()
              ? unknown(type)
              : new Shape.Sequence(of(arguments.getFirst(), depth + 1), false);
      case "map", "multimap", "unordered_map", "unordered_multimap" ->
          arguments.size() < 2 ? unknown(type) : new Shape.Sequence(pair(arguments, depth), true);
      case "bitset" -> new Shape.Sequence(new Shape.Numeric(ValueType.BOOL), false);
      case "pair" -> arguments.size() < 2 ? unknown(type) : pair(arguments, depth);
      default -> ofClass(type.text(), Integer.MIN_VALUE, 0);
    };
  }

  private static Shape unknown(TypeName type) {
    return new Shape.Unknown("type %s is not supported".formatted(type.text()));
  }

  /** A pair: as the file describes it, or as its two types say. */
  private Shape pair(List<TypeName> arguments, int depth) {
    if (depth > MAX_DEPTH) {
      return new Shape.Unknown("a type nested more than %d deep".formatted(MAX_DEPTH));
    }
    String name = "pair<%s,%s>".formatted(arguments.get(0).text(), arguments.get(1).text());
    StreamerInfo info = infos.newest(name);
    if (info == null) {
      info =
          new StreamerInfo(
              name,
              0,
              0,
              List.of(
                  half("first", arguments.get(0), depth), half("second", arguments.get(1), depth)));
    }
    return new Shape.Instance(name, info, true);
  }

  private StreamerElement half(String name, TypeName type, int depth) {
    Shape shape = of(type, depth + 1);
    int kind =
        shape instanceof Shape.Sequence || shape instanceof Shape.Text
            ? ElementType.STL
            : BasicTypes.elementType(type.name());
    return StreamerElement.member(name, kind == 0 ? ElementType.ANY : kind, type.text());
  }

  /**
   * The members of a class version. As in C++, a member hides one of the same name in a base class:
   * that is named {@code Base::member}.
   *
   * @param hidden the names that members of a derived class have; empty for a whole object
   */
  public List<Member> members(StreamerInfo info, Set<String> hidden) {
    Set<String> taken = new HashSet<>(hidden);
    info.elements().stream().filter(e -> !e.isBase()).forEach(e -> taken.add(e.name()));
    List<Member> members = new ArrayList<>();
    for (StreamerElement element : info.elements()) {
      Shape shape = ofElement(element);
      String key = key(info.className(), element.name());
      if (element.isBase()) {
        members.add(new Member("", key, shape, Set.copyOf(taken)));
        addNames(shape, taken, 0);
      } else {
        String name = hidden.contains(element.name()) ? key : element.name();
        members.add(new Member(name, key, shape, Set.of()));
      }
    }
    return members;
  }

  /** Adds the names of an object's members, those of base classes too. */
  private void addNames(Shape shape, Set<String> names, int depth) {
    if (depth < MAX_DEPTH
        && shape instanceof Shape.Instance(var ignored, StreamerInfo info, var ignoredToo)
        && info != null) {
      for (StreamerElement element : info.elements()) {
        if (element.isBase()) {
          addNames(ofElement(element), names, depth + 1);
        } else {
          names.add(element.name());
        }
      }
    }
  }

  private static String key(String className, String member) {
    return className.replace(" ", "") + "::" + member;
  }

  /** The shape of a member. */
  public Shape ofElement(StreamerElement element) {
    int type = element.type();
    if (element.isBase()) {
      Shape array = BasicTypes.tarray(element.name());
      return array != null ? array : ofClass(element.name(), element.baseVersion(), 0);
    }
    if (type > 0 && type < ElementType.OFFSET_ARRAY) {
      return basic(type, element);
    }
    if (type > ElementType.OFFSET_ARRAY && type < ElementType.OFFSET_POINTER) {
      return array(element, basic(type - ElementType.OFFSET_ARRAY, element));
    }
    if (type > ElementType.OFFSET_POINTER
        && type < ElementType.OFFSET_POINTER + ElementType.OFFSET_ARRAY) {
      return new Shape.Counted(
          basic(type - ElementType.OFFSET_POINTER, element),
          key(element.countClass(), element.countName()));
    }
    boolean inArray = type != ElementType.STL_POINTER && !element.dimensions().isEmpty();
    return switch (type) {
      case ElementType.TSTRING -> new Shape.Text(false);
      case ElementType.OFFSET_ARRAY + ElementType.TSTRING ->
          new Shape.Headed(array(element, new Shape.Text(false)));
      case ElementType.TOBJECT -> ofClass("TObject", 0, 0);
      case ElementType.TNAMED -> ofClass("TNamed", 0, 0);
      case ElementType.OBJECT,
          ElementType.ANY,
          ElementType.OBJECT_IN_PLACE,
          ElementType.ANY_IN_PLACE,
          ElementType.OFFSET_ARRAY + ElementType.OBJECT,
          ElementType.OFFSET_ARRAY + ElementType.ANY,
          ElementType.OFFSET_ARRAY + ElementType.OBJECT_IN_PLACE,
          ElementType.OFFSET_ARRAY + ElementType.ANY_IN_PLACE ->
          inArray ? array(element, inPlace(element)) : inPlace(element);
      case ElementType.OBJECT_POINTER, ElementType.ANY_POINTER, ElementType.ANY_POINTER_NO_TABLE ->
          new Shape.Pointer("it is a pointer, " + element.typeName());
      case ElementType.STL,
          ElementType.STL_STRING,
          ElementType.STL_POINTER,
          ElementType.STREAMER,
          ElementType.OFFSET_ARRAY + ElementType.STL,
          ElementType.OFFSET_ARRAY + ElementType.STL_STRING ->
          headed(element, inArray);
      case ElementType.STREAM_LOOP ->
          new Shape.Opaque("it is an array of objects that a pointer names, " + element.typeName());
      default ->
          new Shape.Unknown(
              "streaming type %d of %s is unknown".formatted(type, element.typeName()));
    };
  }

  private Shape headed(StreamerElement element, boolean inArray) {
    Shape content = collection(element);
    if (content instanceof Shape.Sequence || content instanceof Shape.Text) {
      return new Shape.Headed(inArray ? array(element, content) : content);
    }
    return new Shape.Opaque("type %s is not supported".formatted(element.typeName()));
  }

  private Shape collection(StreamerElement element) {
    String type = element.typeName();
    while (type.endsWith("*")) {
      type = type.substring(0, type.length() - 1);
    }
    Shape shape = ofType(type);
    // A vector of an enumeration: the name of its content says nothing, but the type that it is
    // stored as is there.
    if (shape instanceof Shape.Sequence(Shape.Opaque ignored, boolean association)
        && !association
        && BasicTypes.shape(element.content()) instanceof Shape.Numeric number) {
      return new Shape.Sequence(number, false);
    }
    return shape;
  }

  private Shape inPlace(StreamerElement element) {
    String type = element.typeName();
    if (type.endsWith("*")) {
      type = type.substring(0, type.length() - 1);
    }
    Shape array = BasicTypes.tarray(type);
    if (array != null) {
      return array;
    }
    if (type.equals("TString")) {
      return new Shape.Text(false);
    }
    Shape shape = ofType(type);
    return shape instanceof Shape.Instance || shape instanceof Shape.Reference
        ? shape
        : new Shape.Opaque("the file does not describe class " + type);
  }

  private static Shape basic(int type, StreamerElement element) {
    return switch (type) {
      case ElementType.CHAR_STAR -> new Shape.Text(true);
      case ElementType.DOUBLE32 -> new Shape.Packed(ValueType.FLOAT64, element.range());
      case ElementType.FLOAT16 -> new Shape.Packed(ValueType.FLOAT32, element.range());
      default -> {
        Shape shape = BasicTypes.shape(type);
        yield shape == null
            ? new Shape.Unknown("streaming type %d is unknown".formatted(type))
            : shape;
      }
    };
  }

  private static Shape array(StreamerElement element, Shape content) {
    return element.dimensions().isEmpty()
        ? new Shape.Unknown("an array without dimensions")
        : array(element.dimensions(), content);
  }

  /** An array of one or more dimensions, the outermost first. */
  public static Shape array(List<Integer> dimensions, Shape content) {
    Shape shape = content;
    long total = 1;
    for (int dimension : dimensions.reversed()) {
      total *= Math.max(dimension, 1);
      if (dimension <= 0 || total > Integer.MAX_VALUE) {
        return new Shape.Unknown("an array of %s elements".formatted(dimensions));
      }
      shape = new Shape.FixedArray(dimension, shape);
    }
    return shape;
  }

  /** The shape of a basic type that a StreamerInfo's number names; null for any other. */
  public static @Nullable Shape basic(int elementType) {
    return BasicTypes.shape(elementType);
  }
}
