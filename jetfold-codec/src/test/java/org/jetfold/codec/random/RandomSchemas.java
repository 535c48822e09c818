package org.jetfold.codec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/** Shapes of tables: flat ones, events, collections beside and within one another. */
final class RandomSchemas {
  private static final String[] NAMES = {
    "pt", "η", "m²/GeV", "a,b=c", "x y", "Jet_pt", "\u0000", "𝜑"
  };
  private static final List<ValueType> TYPES = List.of(ValueType.values());
  private static final int DEEPEST = 4;

  private final SplittableRandom random;
  private final int deepest;
  private int columnsLeft;

  /** Shapes of up to 14 columns, or of few columns and groups. */
  RandomSchemas(SplittableRandom random, boolean small) {
    this.random = random;
    this.columnsLeft = 1 + random.nextInt(small ? 4 : 14);
    this.deepest = small ? 1 : DEEPEST;
  }

  Schema next() {
    return switch (random.nextInt(4)) {
      case 0 -> Schema.flat(columns(columnsLeft));
      case 1 -> Schema.events(columns(random.nextInt(3)), "jets", columns(columnsLeft));
      default -> new Schema(group("", 0));
    };
  }

  private Group group(String name, int depth) {
    List<Column> columns = columns(random.nextInt(5));
    List<Group> lists = new ArrayList<>();
    int count = depth >= deepest ? 0 : random.nextInt(depth == 0 ? 4 : 3);
    for (int i = 0; i < count; i++) {
      lists.add(group(name(i), depth + 1));
    }
    return new Group(name, columns, lists);
  }

  private List<Column> columns(int most) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < most && columnsLeft > 0; i++, columnsLeft--) {
      // Half of the columns are floats, which have most to get wrong.
      ValueType type =
          random.nextBoolean()
              ? TYPES.get(random.nextInt(TYPES.size()))
              : random.nextInt(3) == 0 ? ValueType.FLOAT64 : ValueType.FLOAT32;
      boolean integral = type.isFloat() && random.nextInt(8) == 0;
      columns.add(
          new Column(
              name(i),
              type,
              random.nextInt(3) == 0 ? "GeV" : "",
              integral,
              random.nextInt(9) == 0));
    }
    return columns;
  }

  private String name(int number) {
    return NAMES[random.nextInt(NAMES.length)] + number;
  }
}
