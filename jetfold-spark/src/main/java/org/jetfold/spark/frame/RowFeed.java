package org.jetfold.spark.frame;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jetfold.codec.StreamingCompressor;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.spark.frame.FrameColumn.Step;

/**
 * Gives the rows of a frame to a compressor. A missing float becomes NaN and a missing list an
 * empty one, both counted; a missing integer is an error. Not thread-safe.
 */
public final class RowFeed {
  private static final BigDecimal TWO_TO_64 = BigDecimal.TWO.pow(64);

  private final Schema schema;
  private final List<FrameColumn> columns;
  private final StreamingCompressor compressor;

  /** For each group, the lengths of the row's lists, as its first column has them. */
  private final List<Lengths> lengths = new ArrayList<>();

  private final Map<String, Long> missing = new TreeMap<>();
  private long rows;

  /** Lengths of lists. */
  private static final class Lengths {
    private int[] values = new int[16];
    private int count;
    private int owner = -1;

    void add(int length) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = length;
    }
  }

  /** Goes down to the values of a column. */
  private final class Descent {
    private final int column;
    private final FrameColumn described;

    /**
     * The groups of the lists on the way, the outermost first, and which of their lists is next.
     */
    private final int[] groups;

    private final int[] next;

    Descent(int column) {
      this.column = column;
      described = columns.get(column);
      groups = new int[described.lists().size()];
      next = new int[groups.length];
      int group = schema.groupOf(column);
      for (int level = groups.length - 1; level >= 0; level--) {
        groups[level] = group;
        Lengths ofGroup = lengths.get(group);
        if (ofGroup.owner < 0) {
          ofGroup.owner = column;
        }
        group = schema.parent(group);
      }
    }

    void begin() {
      Arrays.fill(next, 0);
    }

    /** Adds what is below a place of a row, a record or a list. */
    void add(SpecializedGetters from, int place, int step, int level) {
      if (step == described.steps().size()) {
        addValue(from, place);
        return;
      }
      switch (described.steps().get(step)) {
        case Step.Elements unused -> {
          if (from.isNullAt(place)) {
            count("lists");
            addLength(level, 0);
            return;
          }
          ArrayData list = from.getArray(place);
          addLength(level, list.numElements());
          for (int i = 0; i < list.numElements(); i++) {
            add(list, i, step + 1, level + 1);
          }
        }
        case Step.Field(int member, int fields) -> {
          if (from.isNullAt(place)) {
            throw failure("has a record that is missing: fill it or leave the row out");
          }
          add(from.getStruct(place, fields), member, step + 1, level);
        }
      }
    }

    private void addLength(int level, int size) {
      Lengths ofGroup = lengths.get(groups[level]);
      if (ofGroup.owner == column) {
        ofGroup.add(size);
        compressor.addList(groups[level], size);
      } else {
        int list = next[level]++;
        int expected = list < ofGroup.count ? ofGroup.values[list] : -1;
        if (expected != size) {
          throw failure(
              "has %d values, but %s has %d, so they are not the same objects: leave one out or rename it"
                  .formatted(size, columns.get(ofGroup.owner).shown(), expected));
        }
      }
    }

    private void addValue(SpecializedGetters from, int place) {
      ValueType type = described.type();
      boolean isMissing = from.isNullAt(place);
      if (isMissing) {
        if (!type.isFloat()) {
          throw failure(
              "is missing, which %s cannot be: fill it or cast it to float".formatted(type));
        }
        count("values");
      }
      switch (type) {
        case FLOAT32 -> compressor.add(column, isMissing ? Float.NaN : from.getFloat(place));
        case FLOAT64 -> compressor.add(column, isMissing ? Double.NaN : from.getDouble(place));
        default -> compressor.add(column, integer(from, place, type));
      }
    }

    private long integer(SpecializedGetters from, int place, ValueType type) {
      return switch (type) {
        case BOOL -> from.getBoolean(place) ? 1 : 0;
        case INT8 -> from.getByte(place);
        case INT16 -> from.getShort(place);
        case INT32 -> from.getInt(place);
        case INT64 -> from.getLong(place);
        case UINT8 -> inRange(from.getShort(place), 0xFF);
        case UINT16 -> inRange(from.getInt(place), 0xFFFF);
        case UINT32 -> inRange(from.getLong(place), 0xFFFF_FFFFL);
        case UINT64 -> {
          BigDecimal value = from.getDecimal(place, 20, 0).toJavaBigDecimal();
          if (value.signum() < 0 || value.compareTo(TWO_TO_64) >= 0) {
            throw failure("is %s, and must be between 0 and 2^64 - 1".formatted(value));
          }
          yield value.toBigInteger().longValue();
        }
        case FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is no integer type");
      };
    }

    private long inRange(long value, long most) {
      if (value < 0 || value > most) {
        throw failure("is %d, and must be between 0 and %d".formatted(value, most));
      }
      return value;
    }

    private void count(String what) {
      missing.merge("%s of column %s".formatted(what, described.shown()), 1L, Long::sum);
    }

    private UnreadableTableException failure(String what) {
      return new UnreadableTableException(
          "row %d of the partition: column %s %s".formatted(rows, described.shown(), what));
    }
  }

  private final List<Descent> descents = new ArrayList<>();

  /** A feed of a compressor whose plan is for the table. */
  public RowFeed(FrameTable table, StreamingCompressor compressor) {
    this.schema = table.schema();
    this.columns = table.inOrder(schema);
    this.compressor = compressor;
    for (int group = 0; group < schema.groups().size(); group++) {
      lengths.add(new Lengths());
    }
    for (int column = 0; column < columns.size(); column++) {
      descents.add(new Descent(column));
    }
  }

  /**
   * Gives a row.
   *
   * @throws UnreadableTableException where its values do not fit the table; the message names the
   *     row, counted from 0, and the column
   */
  public void add(InternalRow row) throws IOException {
    for (Lengths ofGroup : lengths) {
      ofGroup.count = 0;
    }
    for (Descent descent : descents) {
      descent.begin();
      Step.Field first = (Step.Field) descent.described.steps().getFirst();
      descent.add(row, first.place(), 1, 0);
    }
    compressor.endEvent();
    rows++;
  }

  /** How many rows were given. */
  public long rows() {
    return rows;
  }

  /** Which values were missing, and how many. */
  public Map<String, Long> missing() {
    return new TreeMap<>(missing);
  }
}
