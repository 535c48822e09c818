package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetfold.root.Level;
import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.StreamerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Lists the columns in a shape: one for each number that it holds, by the path of members that
 * leads there.
 */
public final class ShapeColumns {
  /**
   * A column in a shape.
   *
   * @param path members, separated by dots; empty for the shape itself
   * @param levels the levels of nesting
   * @param type the type of the values; null where they cannot be read
   * @param problem why they cannot be read; null where they can
   */
  public record Found(
      String path, List<Level> levels, @Nullable ValueType type, @Nullable String problem) {
    /** Copies the list. */
    public Found {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Classes that hold each other by the thousand are not real; listing them would take all memory.
   */
  private static final int MAX_COLUMNS = 4096;

  private static final int MAX_DEPTH = 16;

  private final ShapeResolver resolver;
  private final List<Found> found = new ArrayList<>();
  private int visits;

  private ShapeColumns(ShapeResolver resolver) {
    this.resolver = resolver;
  }

  /** The columns of a shape that stands within some levels of nesting. */
  public static List<Found> of(Shape shape, ShapeResolver resolver, List<Level> outer) {
    ShapeColumns columns = new ShapeColumns(resolver);
    columns.add(shape, "", outer, 0, Set.of());
    if (columns.found.isEmpty()) {
      columns.problem("", outer, "it has no members");
    }
    return columns.found;
  }

  private void add(Shape shape, String path, List<Level> levels, int depth) {
    add(shape, path, levels, depth, Set.of());
  }

  private void add(Shape shape, String path, List<Level> levels, int depth, Set<String> hidden) {
    if (++visits > MAX_COLUMNS || depth > MAX_DEPTH) {
      if (visits <= MAX_COLUMNS + 1) {
        problem(path, levels, "classes are nested too deep");
      }
      return;
    }
    switch (shape) {
      case Shape.Numeric(ValueType type) -> found.add(new Found(path, levels, type, null));
      case Shape.Packed packed -> found.add(new Found(path, levels, packed.type(), null));
      case Shape.Text ignored -> problem(path, levels, "it holds text");
      case Shape.FixedArray(int count, Shape element) ->
          add(element, path, deeper(levels, Level.array(count)), depth);
      case Shape.Sequence(Shape element, boolean ignored) ->
          add(element, path, deeper(levels, Level.LIST), depth + 1);
      case Shape.Counted(Shape element, String ignored) ->
          add(element, path, deeper(levels, Level.LIST), depth + 1);
      case Shape.Headed(Shape content) -> add(content, path, levels, depth);
      case Shape.Instance(var ignored, StreamerInfo info, var ignoredToo) -> {
        if (info != null) {
          members(info, path, levels, depth, hidden);
        }
      }
      case Shape.Reference(boolean many) ->
          found.add(
              new Found(
                  below(path, many ? ReferenceReader.ALL : ReferenceReader.ONE),
                  many ? deeper(levels, Level.LIST) : levels,
                  ValueType.UINT32,
                  null));
      case Shape.Opaque(String reason) -> problem(path, levels, reason);
      case Shape.Pointer(String reason) -> problem(path, levels, reason);
      case Shape.Unknown(String reason) -> problem(path, levels, reason);
    }
  }

  private void members(
      StreamerInfo info, String path, List<Level> levels, int depth, Set<String> hidden) {
    boolean lost = false;
    for (ShapeResolver.Member member : resolver.members(info, hidden)) {
      if (lost) {
        problem(
            below(path, member.name()),
            levels,
            "it stands behind a member that cannot be passed over");
        continue;
      }
      add(member.shape(), below(path, member.name()), levels, depth + 1, member.hidden());
      lost = member.shape() instanceof Shape.Unknown;
    }
  }

  private void problem(String path, List<Level> levels, String reason) {
    found.add(new Found(path, levels, null, reason));
  }

  /** The place of a member in an object; a base class, whose name is empty, has the object's. */
  public static String below(String object, String member) {
    if (member.isEmpty()) {
      return object;
    }
    return object.isEmpty() ? member : object + "." + member;
  }

  private static List<Level> deeper(List<Level> levels, Level level) {
    List<Level> deeper = new ArrayList<>(levels);
    deeper.add(level);
    return deeper;
  }
}
