package org.jetfold.cli.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Quantities;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares a restored table with its original, value by value. Both are read piece by piece, side
 * by side; the pieces need not be of the same size.
 */
public final class TableComparison {
  private static final int ROWS_A_PIECE = 1 << 15;

  private final Schema schema;
  private final Cursor original;
  private final Cursor restored;
  private final List<BoundCheck> checks = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final long[] before;

  /** What was found in one column. */
  public static final class Finding {
    private final ErrorExtremes extremes = new ErrorExtremes();
    private long firstViolation = -1;
    private String firstViolationText = "";

    public ErrorExtremes extremes() {
      return extremes;
    }

    /**
     * The entry with the first value that breaks its bound, counted from 0; −1 where there is none.
     */
    public long firstViolation() {
      return firstViolation;
    }

    /** The original and the restored value there. */
    public String firstViolationText() {
      return firstViolationText;
    }
  }

  /** A source with its current piece. */
  private static final class Cursor {
    private final TableSource source;
    private @Nullable Table piece;
    private int next;

    Cursor(TableSource source) {
      this.source = source;
    }

    /** The piece that holds the next entries; null at the end. */
    @Nullable Table current() throws IOException {
      Table current = piece;
      while (current == null || next == current.rootEntries()) {
        current = source.next(ROWS_A_PIECE);
        piece = current;
        next = 0;
        if (current == null) {
          return null;
        }
      }
      return current;
    }
  }

  /**
   * A comparison.
   *
   * @param precisions for each column what it may lose
   * @throws CommandFailure where the tables do not have the same shape
   */
  public TableComparison(TableSource original, TableSource restored, List<Precision> precisions) {
    this.schema = restored.schema();
    SchemaDifference.refuse(original.schema(), schema);
    this.original = new Cursor(original);
    this.restored = new Cursor(restored);
    this.before = new long[schema.groups().size()];
    for (int column = 0; column < precisions.size(); column++) {
      checks.add(BoundCheck.of(precisions.get(column), schema.columns().get(column).type()));
      findings.add(new Finding());
    }
  }

  /**
   * Reads both tables to their ends.
   *
   * @param progress is told how many rows or events are compared
   * @return for each column what was found
   * @throws CommandFailure where one table ends before the other, or an event has another number of
   *     objects
   */
  public List<Finding> run(LongConsumer progress) throws IOException {
    while (true) {
      Table a = original.current();
      Table b = restored.current();
      if (a == null || b == null) {
        if (a != null || b != null) {
          // Only the table that ended is known to have as many as were compared.
          String compared = Quantities.count(before[0], unit());
          throw otherTable(
              a == null
                  ? "the original ends earlier: it has %s, the file has more".formatted(compared)
                  : "the original has more %ss than the %s of the file"
                      .formatted(unit(), compared));
        }
        return List.copyOf(findings);
      }
      int count = Math.min(a.rootEntries() - original.next, b.rootEntries() - restored.next);
      compare(a, b, count);
      original.next += count;
      restored.next += count;
      progress.accept(before[0]);
    }
  }

  private String unit() {
    return schema.hasEvents() ? "event" : "row";
  }

  private void compare(Table a, Table b, int count) {
    int groups = schema.groups().size();
    int[] from = new int[groups];
    int[] at = new int[groups];
    int[] counts = new int[groups];
    from[0] = original.next;
    at[0] = restored.next;
    counts[0] = count;
    for (int group = 1; group < groups; group++) {
      int parent = schema.parent(group);
      int[] offsetsA = a.offsets(group);
      int[] offsetsB = b.offsets(group);
      for (int i = 0; i < counts[parent]; i++) {
        int lengthA = offsetsA[from[parent] + i + 1] - offsetsA[from[parent] + i];
        int lengthB = offsetsB[at[parent] + i + 1] - offsetsB[at[parent] + i];
        if (lengthA != lengthB) {
          throw otherTable(
              "entry %d of %s has %d in the original and %d in the file"
                  .formatted(before[parent] + i, groupName(parent), lengthA, lengthB));
        }
      }
      from[group] = offsetsA[from[parent]];
      at[group] = offsetsB[at[parent]];
      counts[group] = offsetsA[from[parent] + counts[parent]] - from[group];
    }
    for (int column = 0; column < findings.size(); column++) {
      int group = schema.groupOf(column);
      check(
          column,
          a.values(column),
          from[group],
          b.values(column),
          at[group],
          counts[group],
          before[group]);
    }
    for (int group = 0; group < groups; group++) {
      before[group] += counts[group];
    }
  }

  private String groupName(int group) {
    return group == 0 ? "the events" : schema.groups().get(group).name();
  }

  private void check(
      int column,
      ColumnValues originals,
      int from,
      ColumnValues values,
      int at,
      int count,
      long entriesBefore) {
    Finding finding = findings.get(column);
    int first =
        checks.get(column).firstViolation(originals, from, values, at, count, finding.extremes);
    if (first >= 0 && finding.firstViolation < 0) {
      finding.firstViolation = entriesBefore + first;
      finding.firstViolationText =
          "%s in the original, %s in the file"
              .formatted(text(originals, from + first), text(values, at + first));
    }
  }

  private static String text(ColumnValues values, int index) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> Float.toString(floats[index]);
      case ColumnValues.Doubles(double[] doubles) -> Double.toString(doubles[index]);
      case ColumnValues.Integers(long[] integers) -> Long.toString(integers[index]);
    };
  }

  private static CommandFailure otherTable(String difference) {
    return new CommandFailure(ExitCode.DIFFERENT, "the file holds another table: " + difference);
  }
}
