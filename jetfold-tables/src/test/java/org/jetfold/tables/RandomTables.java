package org.jetfold.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/** Tables of any shape that one collection allows, full of special values. */
final class RandomTables {
  private static final List<ValueType> TYPES = List.of(ValueType.values());
  private static final int[] SPECIAL_FLOATS = {
    0,
    0x8000_0000,
    0x7F80_0000,
    0xFF80_0000,
    0x7FC0_0000,
    0x7FC0_0123,
    0x7F80_0001,
    0xFFFF_FFFF,
    1,
    0x8000_0001,
    0x7F7F_FFFF
  };
  private static final long[] SPECIAL_DOUBLES = {
    0,
    Long.MIN_VALUE,
    0x7FF0L << 48,
    0xFFF0L << 48,
    0x7FF8L << 48,
    0x7FF8_0000_0000_0123L,
    0x7FF0_0000_0000_0001L,
    -1,
    1
  };

  private final Random random;

  RandomTables(long seed) {
    random = new Random(seed);
  }

  /**
   * A flat table, or one with events (some without objects, or objects without columns), of float32
   * only or of all types.
   */
  Table next() {
    if (random.nextBoolean()) {
      return flat();
    }
    return random.nextInt(6) == 0 ? events(0, 1 + random.nextInt(3)) : events();
  }

  Table flat() {
    List<Column> columns = columns("c", 1 + random.nextInt(5), random.nextBoolean());
    int rows = random.nextInt(4) == 0 ? 0 : random.nextInt(50);
    return new Table(Schema.flat(columns), rows, List.of(), values(columns, rows));
  }

  Table events() {
    return events(1 + random.nextInt(5), random.nextInt(3));
  }

  private Table events(int objectColumnCount, int eventColumnCount) {
    List<Column> columns = columns("c", objectColumnCount, random.nextBoolean());
    List<Column> eventColumns = columns("e", eventColumnCount, false);
    int events = random.nextInt(20);
    int[] offsets = new int[events + 1];
    int most = random.nextInt(5);
    for (int i = 0; i < events; i++) {
      offsets[i + 1] = offsets[i] + (random.nextInt(5) == 0 ? 1 : random.nextInt(most + 1));
    }
    List<ColumnValues> values = new ArrayList<>(values(eventColumns, events));
    values.addAll(values(columns, offsets[events]));
    return new Table(
        Schema.events(eventColumns, "jets", columns), events, List.of(offsets), values);
  }

  /**
   * Events with the collections A, B and C, whose objects have lists up to a depth; columns are
   * called after their collections.
   */
  Table collections(int depth) {
    int events = random.nextInt(20) + 1;
    List<int[]> offsets = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    List<Column> eventColumns = columns("e", random.nextInt(3), false);
    eventColumns =
        eventColumns.stream().map(c -> new Column(c.name().substring(0, 2), c.type())).toList();
    values.addAll(values(eventColumns, events));
    List<Group> groups = new ArrayList<>();
    for (String name : List.of("A", "B", "C")) {
      int[] objects = lists(events);
      offsets.add(objects);
      List<Column> own = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        own.add(new Column(name + "_c" + i, type()));
      }
      values.addAll(values(own, objects[events]));
      List<Group> inner = new ArrayList<>();
      for (int i = 0; i < random.nextInt(3); i++) {
        Column column = new Column(name + "_l" + i, type());
        int levels = 1 + random.nextInt(depth - 1);
        int entries = objects[events];
        for (int level = 0; level < levels; level++) {
          int[] lists = lists(entries);
          offsets.add(lists);
          entries = lists[entries];
        }
        values.add(values(column.type(), entries));
        Group group = new Group(column.name(), List.of(column), List.of());
        for (int level = 1; level < levels; level++) {
          group = new Group(column.name(), List.of(), List.of(group));
        }
        inner.add(group);
      }
      groups.add(new Group(name, own, inner));
    }
    return new Table(new Schema(new Group("", eventColumns, groups)), events, offsets, values);
  }

  private ValueType type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  /** Offsets of lists; one in eight tables has none that is not empty. */
  private int[] lists(int entries) {
    int[] offsets = new int[entries + 1];
    int most = random.nextInt(8) == 0 ? 0 : 4;
    for (int i = 0; i < entries; i++) {
      offsets[i + 1] = offsets[i] + random.nextInt(most + 1);
    }
    return offsets;
  }

  private List<Column> columns(String prefix, int count, boolean floatsOnly) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ValueType type = floatsOnly ? ValueType.FLOAT32 : TYPES.get(random.nextInt(TYPES.size()));
      boolean integral = prefix.equals("c") && type.isFloat() && random.nextInt(4) == 0;
      columns.add(
          new Column(
              prefix + i + (random.nextInt(6) == 0 ? "'é\"," : ""), type, "", integral, false));
    }
    return columns;
  }

  private List<ColumnValues> values(List<Column> columns, int count) {
    return columns.stream().map(column -> values(column.type(), count)).toList();
  }

  private ColumnValues values(ValueType type, int count) {
    return switch (type) {
      case FLOAT32 -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          int bits =
              random.nextInt(3) == 0
                  ? SPECIAL_FLOATS[random.nextInt(SPECIAL_FLOATS.length)]
                  : random.nextInt();
          values[i] = Float.intBitsToFloat(bits);
        }
        yield new ColumnValues.Floats(values);
      }
      case FLOAT64 -> {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          long bits =
              random.nextInt(3) == 0
                  ? SPECIAL_DOUBLES[random.nextInt(SPECIAL_DOUBLES.length)]
                  : random.nextLong();
          values[i] = Double.longBitsToDouble(bits);
        }
        yield new ColumnValues.Doubles(values);
      }
      default -> {
        long[] values = new long[count];
        Arrays.setAll(values, _ -> integer(type));
        yield new ColumnValues.Integers(values);
      }
    };
  }

  private long integer(ValueType type) {
    return switch (random.nextInt(4)) {
      case 0 -> type == ValueType.UINT64 ? -1 : type.maximum();
      case 1 -> type == ValueType.UINT64 ? 0 : type.minimum();
      default -> {
        long bits = random.nextLong();
        int shift = 64 - 8 * type.bytes();
        yield type == ValueType.BOOL
            ? bits & 1
            : type.minimum() < 0 ? bits << shift >> shift : bits << shift >>> shift;
      }
    };
  }
}
