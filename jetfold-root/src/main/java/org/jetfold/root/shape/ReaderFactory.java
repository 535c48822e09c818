package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.PackedRange;
import org.jspecify.annotations.Nullable;

/**
 * Makes readers of resolver that fill the sinks of the columns that are wanted, and pass over
 * everything else. Not thread-safe.
 */
public final class ReaderFactory {
  /** Objects of real classes do not nest so deep; damaged ones must not exhaust the stack. */
  private static final int MAX_DEPTH = 24;

  private final ShapeResolver resolver;
  private final List<ColumnSink> sinks;

  /** A factory of readers for some columns of one branch. */
  public ReaderFactory(ShapeResolver resolver, List<ColumnSink> sinks) {
    this.resolver = resolver;
    this.sinks = List.copyOf(sinks);
  }

  /** A reader of a shape that stands within {@code level} levels of nesting. */
  public ValueReader reader(Shape shape, int level) {
    return member(shape, "", level, 0, new HashMap<>(), null, Map.of());
  }

  /** A reader of a shape whose columns have a path of their own. */
  public ValueReader reader(String path, Shape shape) {
    return member(shape, path, 0, 0, new HashMap<>(), null, Map.of());
  }

  /** A reader of one value of each of several readers, in turn. */
  public ValueReader inSequence(List<ValueReader> readers) {
    return new InSequenceReader(readers);
  }

  /** A reader of objects whose members have headers, but they themselves have none. */
  public ValueReader withoutHeader(Shape.Instance shape) {
    return new MembersReader(new InstanceReader(this, shape, "", 0, 0, new HashMap<>()));
  }

  /** A reader of an entry that holds any number of values of a shape: a list at level 0. */
  public EntryListReader list(Shape shape) {
    return new EntryListReader(new ToEndReader(reader(shape, 1), sinks));
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

  /**
   * A reader of a member.
   *
   * @param baseCounts the lengths that a base class shares with its object; a map of its own
   *     elsewhere
   * @param asCount where the member's own value goes as a length; null where it is none
   * @param counts the lengths in the object, by the names of members
   */
  ValueReader member(
      Shape shape,
      String path,
      int level,
      int depth,
      Map<String, GrowingInts> baseCounts,
      @Nullable GrowingInts asCount,
      Map<String, GrowingInts> counts) {
    if (depth > MAX_DEPTH) {
      return new UnknownReader("objects are nested more than %d deep".formatted(MAX_DEPTH));
    }
    return switch (shape) {
      case Shape.Numeric(ValueType type) -> new NumberReader(type, valuesAt(path, level), asCount);
      case Shape.Packed(ValueType type, PackedRange range) ->
          new PackedReader(type, range, valuesAt(path, level));
      case Shape.Text(boolean wideCount) -> new TextReader(wideCount);
      case Shape.FixedArray(int count, Shape element) ->
          new FixedArrayReader(count, nested(element, path, level + 1, depth));
      case Shape.Sequence(Shape element, boolean association) ->
          new SequenceReader(
              nested(element, path, level + 1, depth + 1), association, sinksUnder(path), level);
      case Shape.Counted(Shape element, String count) ->
          new CountedReader(
              nested(element, path, level + 1, depth), counts.get(count), sinksUnder(path), level);
      case Shape.Headed(Shape content) -> headed(content, path, level, depth);
      case Shape.Instance instance ->
          new InstanceReader(this, instance, path, level, depth, baseCounts);
      case Shape.Opaque(String reason) -> new OpaqueReader(reason);
      case Shape.Pointer ignored -> new PointerReader();
      case Shape.Unknown(String reason) -> new UnknownReader(reason);
    };
  }

  private ValueReader nested(Shape shape, String path, int level, int depth) {
    return member(shape, path, level, depth, new HashMap<>(), null, Map.of());
  }

  private HeadedReader headed(Shape content, String path, int level, int depth) {
    int inner = level;
    Shape shape = content;
    List<Integer> sizes = new ArrayList<>();
    while (shape instanceof Shape.FixedArray(int count, Shape element)) {
      sizes.add(count);
      shape = element;
      inner++;
    }
    ValueReader reader = nested(shape, path, inner, depth);
    SequenceReader sequence = reader instanceof SequenceReader found ? found : null;
    for (int size : sizes.reversed()) {
      reader = new FixedArrayReader(size, reader);
    }
    return new HeadedReader(reader, sequence, !sinksUnder(path).isEmpty());
  }
}
