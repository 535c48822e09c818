package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.List;
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
    columns.add(shape, "", outer, 0);
    return columns.found;
  }

  private void add(Shape shape, String path, List<Level> levels, int depth) {
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
      case Shape.Instance(String className, StreamerInfo info) -> {
        if (info != null) {
          members(className, info, path, levels, depth);
        }
      }
      case Shape.Opaque(String reason) -> problem(path, levels, reason);
      case Shape.Pointer(String reason) -> problem(path, levels, reason);
      case Shape.Unknown(String reason) -> problem(path, levels, reason);
    }
  }

  private void members(
      String className, StreamerInfo info, String path, List<Level> levels, int depth) {
    int before = found.size();
    boolean lost = false;
    for (ShapeResolver.Member member : resolver.members(info)) {
      if (lost) {
        problem(
            below(path, member.name()),
            levels,
            "it stands behind a member that cannot be passed over");
        continue;
      }
      add(member.shape(), below(path, member.name()), levels, depth + 1);
      lost = member.shape() instanceof Shape.Unknown;
    }
    if (found.size() == before && depth == 0) {
      problem(path, levels, "class %s has no members".formatted(className));
    }
  }

  private void problem(String path, List<Level> levels, String reason) {
    found.add(new Found(path, levels, null, reason));
  }

  /** A member's path; a base class, whose name is empty, has that of its object. */
  static String below(String path, String name) {
    if (name.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static List<Level> deeper(List<Level> levels, Level level) {
    List<Level> deeper = new ArrayList<>(levels);
    deeper.add(level);
    return deeper;
  }
}
