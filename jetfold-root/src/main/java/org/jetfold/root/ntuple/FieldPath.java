package org.jetfold.root.ntuple;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.Level;
import org.jetfold.root.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The way from an entry to the numbers of one column: through collections and arrays, to a field
 * with numbers.
 *
 * @param name the column's name
 * @param steps what is on the way, the outermost first
 * @param leaf the columns that hold the numbers, in all representations
 * @param cardinality whether the leaf holds ends of lists, of which the lengths are asked for
 * @param top the field at the top
 * @param type the type of the numbers; null where they cannot be read
 * @param problem why they cannot be read; null where they can
 */
record FieldPath(
    String name,
    List<Step> steps,
    List<PhysicalColumn> leaf,
    boolean cardinality,
    Field top,
    @Nullable ValueType type,
    @Nullable String problem) {
  /** A collection, or an array of a fixed size. */
  sealed interface Step {
    /** A collection, by the columns that hold the ends of its lists. */
    record Collection(List<PhysicalColumn> index) implements Step {
      /** Copies the list. */
      public Collection {
        index = List.copyOf(index);
      }
    }

    /** An array of a fixed size. */
    record Array(int size) implements Step {}
  }

  FieldPath {
    steps = List.copyOf(steps);
    leaf = List.copyOf(leaf);
  }

  /** The levels of nesting. */
  List<Level> levels() {
    List<Level> levels = new ArrayList<>();
    for (Step step : steps) {
      levels.add(step instanceof Step.Array(int size) ? Level.array(size) : Level.LIST);
    }
    return levels;
  }

  /** The columns of all numbers in a schema, in the order of its fields. */
  static List<FieldPath> all(Schema schema) {
    List<FieldPath> paths = new ArrayList<>();
    for (Field field : schema.top()) {
      new Finder(schema, field, paths).add(field, field.name(), List.of(), 0);
    }
    return paths;
  }

  private static final class Finder {
    private static final int MAX_DEPTH = 32;

    private final Schema schema;
    private final Field top;
    private final List<FieldPath> paths;

    Finder(Schema schema, Field top, List<FieldPath> paths) {
      this.schema = schema;
      this.top = top;
      this.paths = paths;
    }

    void add(Field field, String name, List<Step> steps, int depth) {
      if (depth > MAX_DEPTH) {
        problem(name, steps, "fields are nested more than %d deep".formatted(MAX_DEPTH));
        return;
      }
      List<Step> inside = steps;
      if (field.repetitions() > 0) {
        inside = with(steps, new Step.Array((int) field.repetitions()));
      }
      switch (field.role()) {
        case Field.COLLECTION -> collection(field, name, inside, depth);
        case Field.RECORD -> members(field, name, inside, depth);
        case Field.LEAF -> leaf(field, name, inside, depth);
        case Field.VARIANT -> problem(name, inside, "it is a variant, " + field.typeName());
        case Field.STREAMED ->
            problem(name, inside, "it holds streamed objects, " + field.typeName());
        default ->
            problem(name, inside, "fields of role %d are not supported".formatted(field.role()));
      }
    }

    private void collection(Field field, String name, List<Step> steps, int depth) {
      List<PhysicalColumn> index =
          schema.columns(field).stream()
              .filter(c -> c.type().kind() == ColumnType.Kind.INDEX)
              .toList();
      List<Field> children = schema.children(field);
      if (index.isEmpty() || children.isEmpty()) {
        problem(name, steps, "it is a collection without content");
        return;
      }
      List<Step> inside = with(steps, new Step.Collection(index));
      for (Field child : children) {
        // The one child of a collection has a name that says nothing.
        add(child, children.size() == 1 ? name : name + "." + child.name(), inside, depth + 1);
      }
    }

    private void members(Field field, String name, List<Step> steps, int depth) {
      List<Field> children = schema.children(field);
      if (children.isEmpty()) {
        problem(name, steps, "class %s has no members".formatted(field.typeName()));
      }
      for (Field child : children) {
        boolean base = child.name().startsWith(":_");
        add(child, base ? name : name + "." + child.name(), steps, depth + 1);
      }
    }

    private void leaf(Field field, String name, List<Step> steps, int depth) {
      List<PhysicalColumn> columns = schema.columns(field);
      List<Field> children = schema.children(field);
      if (columns.isEmpty() && children.size() == 1) {
        add(children.getFirst(), name, steps, depth + 1); // an array, an enumeration, an atomic
        return;
      }
      if (columns.isEmpty()) {
        problem(name, steps, "it has no columns");
        return;
      }
      boolean text =
          columns.stream().anyMatch(c -> c.type() == ColumnType.CHAR) && columns.size() > 1;
      if (text || field.typeName().equals("std::string")) {
        problem(name, steps, "it holds text");
        return;
      }
      for (PhysicalColumn column : columns) {
        if (column.type().kind() == ColumnType.Kind.OTHER) {
          problem(name, steps, "columns of type %s are not supported".formatted(column.type()));
          return;
        }
      }
      boolean cardinality = field.isCardinality();
      if (cardinality != (columns.getFirst().type().kind() == ColumnType.Kind.INDEX)) {
        problem(
            name, steps, "its type %s does not go with its columns".formatted(field.typeName()));
        return;
      }
      ValueType type = type(field, columns.getFirst());
      boolean real = isReal(columns.getFirst());
      if (type.isFloat() != real && !cardinality) {
        problem(
            name, steps, "its type %s does not go with its columns".formatted(field.typeName()));
        return;
      }
      paths.add(new FieldPath(name, steps, columns, cardinality, top, type, null));
    }

    private static boolean isReal(PhysicalColumn column) {
      return switch (column.type().kind()) {
        case REAL, TRUNCATED, QUANTIZED -> true;
        default -> false;
      };
    }

    private static ValueType type(Field field, PhysicalColumn column) {
      return switch (field.typeName()) {
        case "float" -> ValueType.FLOAT32;
        case "double", "Double32_t" -> ValueType.FLOAT64;
        case "bool" -> ValueType.BOOL;
        case "char", "std::int8_t" -> ValueType.INT8;
        case "std::byte", "std::uint8_t" -> ValueType.UINT8;
        case "std::int16_t" -> ValueType.INT16;
        case "std::uint16_t" -> ValueType.UINT16;
        case "std::int32_t" -> ValueType.INT32;
        case "std::uint32_t", "ROOT::RNTupleCardinality<std::uint32_t>" -> ValueType.UINT32;
        case "std::int64_t" -> ValueType.INT64;
        case "std::uint64_t", "ROOT::RNTupleCardinality<std::uint64_t>" -> ValueType.UINT64;
        default -> stored(column);
      };
    }

    private static ValueType stored(PhysicalColumn column) {
      return switch (column.type().kind()) {
        case BIT -> ValueType.BOOL;
        case REAL -> column.bits() == 64 ? ValueType.FLOAT64 : ValueType.FLOAT32;
        case TRUNCATED, QUANTIZED -> ValueType.FLOAT32;
        case SIGNED ->
            switch (column.bits()) {
              case 8 -> ValueType.INT8;
              case 16 -> ValueType.INT16;
              case 32 -> ValueType.INT32;
              default -> ValueType.INT64;
            };
        default ->
            switch (column.bits()) {
              case 8 -> ValueType.UINT8;
              case 16 -> ValueType.UINT16;
              case 32 -> ValueType.UINT32;
              default -> ValueType.UINT64;
            };
      };
    }

    private void problem(String name, List<Step> steps, String reason) {
      paths.add(new FieldPath(name, steps, List.of(), false, top, null, reason));
    }

    private static List<Step> with(List<Step> steps, Step step) {
      List<Step> longer = new ArrayList<>(steps);
      longer.add(step);
      return longer;
    }
  }
}
