package org.jetfold.root.ntuple;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.root.ntuple.EnvelopeCursor.Frame;

/** Fields and columns, from the header and its extension in the footer. */
final class Schema {
  private static final int REPETITIVE = 1;
  private static final int DEFERRED = 1;
  private static final int RANGE = 2;

  private final List<Field> fields = new ArrayList<>();
  private final List<PhysicalColumn> columns = new ArrayList<>();
  private final Map<Integer, List<Field>> children = new HashMap<>();
  private final Map<Integer, List<PhysicalColumn>> columnsOfField = new HashMap<>();

  /** Adds a schema description. */
  void add(EnvelopeCursor in, boolean extension) throws IOException {
    addFields(in);
    addColumns(in, extension);
    addAliases(in);
    Frame extra = in.enterList(); // type information of streamed fields
    in.position(extra.end());
  }

  private void addFields(EnvelopeCursor in) throws IOException {
    Frame list = in.enterList();
    for (int i = 0; i < list.items(); i++) {
      Frame frame = in.enterRecord();
      in.skip(8); // field version, type version
      int parent = in.i4();
      int role = in.u2();
      int flags = in.u2();
      String name = in.text();
      String typeName = in.text();
      in.text(); // alias
      in.text(); // description
      long repetitions = (flags & REPETITIVE) != 0 ? in.i8() : 0;
      int id = fields.size();
      Field field = new Field(id, parent, role, repetitions, name, typeName);
      // Parents come first: that rules out circles.
      if (parent < 0 || parent > id || repetitions < 0 || repetitions > Integer.MAX_VALUE) {
        throw in.error(
            "field %d with parent %d and %d repetitions".formatted(id, parent, repetitions));
      }
      fields.add(field);
      if (!field.isTop()) {
        children.computeIfAbsent(parent, key -> new ArrayList<>()).add(field);
      }
      in.position(frame.end());
    }
    in.position(list.end());
  }

  private void addColumns(EnvelopeCursor in, boolean extension) throws IOException {
    Frame list = in.enterList();
    for (int i = 0; i < list.items(); i++) {
      Frame frame = in.enterRecord();
      ColumnType type = ColumnType.of(in.u2());
      int bits = in.u2();
      int field = in.i4();
      int flags = in.u2();
      in.skip((flags & DEFERRED) != 0 ? 10 : 2); // which representation, elements not stored
      double minimum = (flags & RANGE) != 0 ? in.f8() : 0;
      double maximum = (flags & RANGE) != 0 ? in.f8() : 0;
      if (field < 0 || field >= fields.size() || !type.allows(bits)) {
        throw in.error("column %d of field %d with %d bits".formatted(columns.size(), field, bits));
      }
      PhysicalColumn column =
          new PhysicalColumn(columns.size(), field, type, bits, minimum, maximum, extension);
      columns.add(column);
      columnsOfField.computeIfAbsent(field, key -> new ArrayList<>()).add(column);
      in.position(frame.end());
    }
    in.position(list.end());
  }

  private void addAliases(EnvelopeCursor in) throws IOException {
    Frame list = in.enterList();
    for (int i = 0; i < list.items(); i++) {
      Frame frame = in.enterRecord();
      int physical = in.i4();
      int field = in.i4();
      if (physical < 0 || physical >= columns.size() || field < 0 || field >= fields.size()) {
        throw in.error("an alias of column %d for field %d".formatted(physical, field));
      }
      columnsOfField.computeIfAbsent(field, key -> new ArrayList<>()).add(columns.get(physical));
      in.position(frame.end());
    }
    in.position(list.end());
  }

  /** The fields at the top, in order. */
  List<Field> top() {
    return fields.stream().filter(Field::isTop).toList();
  }

  /** The fields that belong to one, in order. */
  List<Field> children(Field field) {
    return children.getOrDefault(field.id(), List.of());
  }

  /**
   * The columns of a field, those of a projected field's source for that, in all representations.
   */
  List<PhysicalColumn> columns(Field field) {
    return columnsOfField.getOrDefault(field.id(), List.of());
  }

  /** The number of columns. */
  int columnCount() {
    return columns.size();
  }
}
