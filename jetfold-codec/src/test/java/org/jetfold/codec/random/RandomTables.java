package org.jetfold.codec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/** Valid tables of all shapes, each from its seed. */
public final class RandomTables {
  private static final int MAX_ENTRIES = 1 << 17;

  private RandomTables() {}

  /**
   * A table and what it may lose.
   *
   * @param table the values
   * @param precisions of each column
   */
  public record Sample(Table table, List<Precision> precisions) {
    /** The shape. */
    public Schema schema() {
      return table.schema();
    }
  }

  /** A table of at most {@code mostRows} root entries, often far fewer. */
  public static Sample of(long seed, int mostRows) {
    SplittableRandom random = new SplittableRandom(seed);
    Schema schema = new RandomSchemas(random, false).next();
    int rows = random.nextInt(1 + random.nextInt(mostRows + 1));
    return of(random, schema, rows);
  }

  /** A table with this shape and number of root entries. */
  public static Sample of(SplittableRandom random, Schema schema, int rows) {
    List<Precision> precisions = new ArrayList<>();
    for (Column column : schema.columns()) {
      // Settings repeat within a group now and then, so that columns can refer to one another.
      Precision last = precisions.isEmpty() ? new Precision.Exact() : precisions.getLast();
      boolean same = column.type().isFloat() && column.mayLoseBits() && random.nextBoolean();
      precisions.add(same && fits(last, column) ? last : RandomPrecisions.next(random, column));
    }
    return new Sample(values(random, schema, rows), precisions);
  }

  private static boolean fits(Precision precision, Column column) {
    return !(precision instanceof Precision.Bits(int bits))
        || bits <= Precision.Bits.MAX_FOR_FLOAT32
        || column.type().bytes() == 8;
  }

  /** Values for a shape. */
  public static Table values(SplittableRandom random, Schema schema, int rows) {
    int[] entries = new int[schema.groups().size()];
    entries[0] = rows;
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < entries.length; group++) {
      int[] list = offsets(random, entries[schema.parent(group)]);
      offsets.add(list);
      entries[group] = list[list.length - 1];
    }
    RandomColumns columns = new RandomColumns(random);
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      Column described = schema.columns().get(column);
      ColumnValues near = null;
      for (int other = column - 1; other >= 0 && near == null; other--) {
        boolean alike =
            schema.groupOf(other) == schema.groupOf(column)
                && schema.columns().get(other).type() == described.type();
        near = alike ? values.get(other) : null;
      }
      values.add(columns.next(described, entries[schema.groupOf(column)], near));
    }
    return new Table(schema, rows, offsets, values);
  }

  private static int[] offsets(SplittableRandom random, int parents) {
    int[] offsets = new int[parents + 1];
    int mode = random.nextInt(5);
    int constant = random.nextInt(4);
    for (int i = 0; i < parents; i++) {
      int count =
          switch (mode) {
            case 0 -> constant;
            case 1 -> 0;
            case 2 -> random.nextInt(8) == 0 ? random.nextInt(5) : 0;
            case 3 -> random.nextInt(100) == 0 ? random.nextInt(200) : random.nextInt(3);
            default -> (int) Math.abs(3 * random.nextGaussian());
          };
      offsets[i + 1] = Math.min(offsets[i] + count, MAX_ENTRIES);
    }
    return offsets;
  }
}
