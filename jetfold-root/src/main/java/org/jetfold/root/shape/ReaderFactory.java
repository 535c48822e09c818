package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.PackedRange;
import org.jspecify.annotations.Nullable;

/**
 * Makes readers of shapes that fill the sinks of the columns that are wanted, and pass over
 * everything else. Not thread-safe.
 */
public final class ReaderFactory {
  private final ShapeResolver resolver;
  private final List<ColumnSink> sinks;

  /**
   * Where a value stands in its branch.
   *
   * @param path the members that lead there, as in the names of columns
   * @param level the levels of nesting around it
   * @param depth the number of objects around it
   */
  record Spot(String path, int level, int depth) {
    /** A member of an object that stands here. */
    Spot member(String name) {
      return new Spot(ShapeColumns.below(path, name), level, depth + 1);
    }

    /** An element of an array or collection that stands here. */
    Spot element() {
      return new Spot(path, level + 1, depth);
    }
  }

  /** A factory of readers for some columns of one branch. */
  public ReaderFactory(ShapeResolver resolver, List<ColumnSink> sinks) {
    this.resolver = resolver;
    this.sinks = List.copyOf(sinks);
  }

  /** A reader of a shape that is the whole of an entry. */
  public ValueReader reader(Shape shape) {
    return reader("", shape);
  }

  /** A reader of a shape whose columns have a path of their own. */
  public ValueReader reader(String path, Shape shape) {
    return reader(shape, new Spot(path, 0, 0));
  }

  /** A reader of one value of each of several readers, in turn. */
  public ValueReader inSequence(List<ValueReader> readers) {
    return new InSequenceReader(readers);
  }

  /** A reader of an entry that holds any number of values of a shape: a list at level 0. */
  public EntryListReader list(Shape shape) {
    return new EntryListReader(reader(shape, new Spot("", 1, 0)), sinks);
  }

  ShapeResolver resolver() {
    return resolver;
  }

  /** The columns at a path and below it. */
  List<ColumnSink> sinksUnder(String path) {
    List<ColumnSink> under = new ArrayList<>();
    for (ColumnSink sink : sinks) {
      if (path.isEmpty() || sink.path().equals(path) || sink.path().startsWith(path + ".")) {
        under.add(sink);
      }
    }
    return under;
  }

  private @Nullable GrowingValues valuesAt(String path, int level) {
    for (ColumnSink sink : sinks) {
      if (sink.path().equals(path) && sink.depth() == level) {
        return sink.values();
      }
    }
    return null;
  }

  private ValueReader reader(Shape shape, Spot spot) {
    return reader(shape, spot, null, Map.of());
  }

  /** A reader of objects, or of their part that is of a base class. */
  InstanceReader instance(
      Shape.Instance shape, Spot spot, Map<String, GrowingInts> counts, Set<String> hidden) {
    return new InstanceReader(this, shape, spot, counts, hidden);
  }

  /**
   * A reader of a member.
   *
   * @param asCount where the member's own value goes as a length; null where it is none
   * @param counts the lengths in the object, by the keys of members
   */
  ValueReader reader(
      Shape shape, Spot spot, @Nullable GrowingInts asCount, Map<String, GrowingInts> counts) {
    return switch (shape) {
      case Shape.Numeric(ValueType type) ->
          new NumberReader(type, valuesAt(spot.path(), spot.level()), asCount);
      case Shape.Packed(ValueType type, PackedRange range) ->
          packed(type, range, valuesAt(spot.path(), spot.level()));
      case Shape.Text(boolean wideCount) -> new TextReader(wideCount);
      case Shape.FixedArray(int count, Shape element) ->
          new FixedArrayReader(count, reader(element, spot.element()));
      case Shape.Sequence(Shape element, boolean association) ->
          new SequenceReader(
              reader(element, spot.element()), association, sinksUnder(spot.path()), spot.level());
      case Shape.Counted(Shape element, String count) ->
          new CountedReader(
              reader(element, spot.element()),
              counts.get(count),
              sinksUnder(spot.path()),
              spot.level());
      case Shape.Headed(Shape content) -> headed(content, spot);
      case Shape.Instance instance -> instance(instance, spot, new HashMap<>(), Set.of());
      case Shape.Reference(boolean many) -> reference(many, spot);
      case Shape.Opaque(String reason) -> new OpaqueReader(reason);
      case Shape.Pointer unused -> new PointerReader();
      case Shape.Unknown(String reason) -> new UnknownReader(reason);
    };
  }

  private static ValueReader packed(
      ValueType type, PackedRange range, @Nullable GrowingValues values) {
    return values == null || values.type() == type || values.type() == ValueType.FLOAT64
        ? new PackedReader(type, range, values)
        : new UnknownReader("it is packed in that version of its class");
  }

  private ValueReader reference(boolean many, Spot spot) {
    Spot inside = spot.member(many ? ReferenceReader.ALL : ReferenceReader.ONE);
    int level = many ? spot.level() + 1 : spot.level();
    GrowingValues numbers = valuesAt(inside.path(), level);
    return numbers == null || numbers.type() == ValueType.UINT32
        ? new ReferenceReader(many, numbers, sinksUnder(inside.path()), spot.level())
        : new UnknownReader("it is a reference in that version of its class");
  }

  private HeadedReader headed(Shape content, Spot spot) {
    Spot inner = spot;
    Shape shape = content;
    List<Integer> sizes = new ArrayList<>();
    while (shape instanceof Shape.FixedArray(int count, Shape element)) {
      sizes.add(count);
      shape = element;
      inner = inner.element();
    }
    ValueReader reader = reader(shape, inner);
    SequenceReader sequence = reader instanceof SequenceReader found ? found : null;
    for (int size : sizes.reversed()) {
      reader = new FixedArrayReader(size, reader);
    }
    return new HeadedReader(reader, sequence, !sinksUnder(spot.path()).isEmpty());
  }
}
