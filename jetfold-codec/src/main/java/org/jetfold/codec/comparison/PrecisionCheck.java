package org.jetfold.codec.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.precision.ScaledPrecisions;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.ScaledCheck;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Whether every value of a restored table is within its column's precision of the original, decided
 * in exact arithmetic.
 *
 * @param differences what keeps the tables from being compared, or from being compared to their
 *     ends; columns and lists are compared before any value is
 * @param columns what was found in each column of the restored table; where {@code differences} is
 *     not empty, among the values up to there
 */
public record PrecisionCheck(List<TableDifference> differences, List<CheckedColumn> columns) {
  private static final String ORIGINAL = "the original";
  private static final String RESTORED = "the restored table";

  /** Copies the lists. */
  public PrecisionCheck {
    differences = List.copyOf(differences);
    columns = List.copyOf(columns);
  }

  /**
   * What was found in one column.
   *
   * @param earlier what the restored values had lost before they got the precision
   * @param values how many were compared
   * @param changed how many of them are not bit for bit the original's
   * @param violations how many of them are not within the precision
   * @param largestAbsoluteError the largest |restored − original|, in the column's unit
   * @param largestRelativeError the largest |restored − original| / |original|, zeros left out
   * @param firstViolation null where there is none
   */
  public record CheckedColumn(
      QualifiedColumn column,
      Precision precision,
      Loss earlier,
      long values,
      long changed,
      long violations,
      double largestAbsoluteError,
      double largestRelativeError,
      @Nullable Violation firstViolation) {}

  /**
   * A value that is not within its column's precision.
   *
   * @param entry its place in the column, counted from 0
   * @param original the original value, in full
   * @param restored the restored value, in full
   */
  public record Violation(long entry, String original, String restored) {}

  /** Whether the tables are the same but for what the precisions allow. */
  public boolean passed() {
    return differences.isEmpty() && violations().isEmpty();
  }

  /** The columns with values that are not within their precision. */
  public List<CheckedColumn> violations() {
    return columns.stream().filter(column -> column.violations() > 0).toList();
  }

  /**
   * Reads both tables to their ends and compares them. Columns are matched by their names.
   *
   * @param precisions one for each column of the restored table, in the order of its schema
   * @param progress is told how many rows or events were compared
   * @throws IOException where a table cannot be read
   */
  public static PrecisionCheck of(
      TableSource original, TableSource restored, List<Precision> precisions, LongConsumer progress)
      throws IOException {
    return of(
        original,
        restored,
        precisions,
        Collections.nCopies(precisions.size(), Loss.NONE),
        progress);
  }

  /**
   * As above, of values that were restored from another file before.
   *
   * @param earlier what those of each column had lost then
   */
  public static PrecisionCheck of(
      TableSource original,
      TableSource restored,
      List<Precision> precisions,
      List<Loss> earlier,
      LongConsumer progress)
      throws IOException {
    ColumnMatch match = new ColumnMatch(restored.schema(), original.schema());
    List<TableDifference> differences = differences(original.schema(), restored.schema(), match);
    if (!differences.isEmpty()) {
      return new PrecisionCheck(differences, List.of());
    }
    Comparison found = new Comparison(restored.schema(), match, precisions, earlier);
    AlignedTables tables =
        new AlignedTables(List.of(original, restored), List.of(ORIGINAL, RESTORED));
    try {
      for (List<Table> pieces = tables.next(); pieces != null; pieces = tables.next()) {
        found.compare(pieces.getFirst(), pieces.getLast());
        progress.accept(tables.entries());
      }
    } catch (DifferentTablesException e) {
      differences.add(e.difference());
    }
    return new PrecisionCheck(differences, found.columns());
  }

  private static List<TableDifference> differences(
      Schema original, Schema restored, ColumnMatch match) {
    List<TableDifference> differences = new ArrayList<>();
    if (original.hasEvents() != restored.hasEvents()) {
      differences.add(
          new TableDifference(
              TableDifference.Kind.EVENTS,
              original.hasEvents()
                  ? "%s has events, %s has none".formatted(ORIGINAL, RESTORED)
                  : "%s has events, %s has none".formatted(RESTORED, ORIGINAL)));
      return differences;
    }
    match.added().forEach(column -> add(differences, RESTORED, "column " + column.path()));
    match.missing().forEach(column -> add(differences, ORIGINAL, "column " + column.path()));
    match.addedLists().forEach(list -> add(differences, RESTORED, "list " + list));
    match.missingLists().forEach(list -> add(differences, ORIGINAL, "list " + list));
    List<QualifiedColumn> names = QualifiedColumn.all(restored);
    for (int column = 0; column < names.size(); column++) {
      ValueType type = restored.columns().get(column).type();
      int found = match.column(column);
      if (found >= 0 && original.columns().get(found).type() != type) {
        differences.add(
            new TableDifference(
                TableDifference.Kind.COLUMNS,
                "column %s has type %s in %s and %s in %s"
                    .formatted(
                        names.get(column).path(),
                        name(original.columns().get(found).type()),
                        ORIGINAL,
                        name(type),
                        RESTORED)));
      }
    }
    return differences;
  }

  private static void add(List<TableDifference> differences, String table, String what) {
    differences.add(
        new TableDifference(TableDifference.Kind.COLUMNS, "%s has no %s".formatted(table, what)));
  }

  private static String name(ValueType type) {
    return type.toString();
  }

  /** What was found so far. */
  private static final class Comparison {
    private final Schema schema;
    private final ColumnMatch match;
    private final List<Precision> precisions;
    private final List<Loss> earlier;
    private final List<BoundCheck> checks = new ArrayList<>();
    private final List<ErrorExtremes> extremes = new ArrayList<>();
    private final @Nullable Violation[] firstViolations;

    /** For each column, how many values break a bound that is a share of another column's. */
    private final long[] scaledViolations;

    /** For each group how many entries were compared. */
    private final long[] compared;

    Comparison(Schema schema, ColumnMatch match, List<Precision> precisions, List<Loss> earlier) {
      this.schema = schema;
      this.match = match;
      this.precisions = List.copyOf(precisions);
      this.earlier = List.copyOf(earlier);
      for (int column = 0; column < precisions.size(); column++) {
        checks.add(
            BoundCheck.of(
                precisions.get(column), earlier.get(column), schema.columns().get(column).type()));
        extremes.add(new ErrorExtremes());
      }
      firstViolations = new Violation[precisions.size()];
      scaledViolations = new long[precisions.size()];
      compared = new long[schema.groups().size()];
    }

    void compare(Table original, Table restored) throws DifferentTablesException {
      for (int group = 1; group < compared.length; group++) {
        requireSameLengths(group, original.offsets(match.group(group)), restored.offsets(group));
      }
      for (int column = 0; column < checks.size(); column++) {
        ColumnValues before = original.values(match.column(column));
        ColumnValues after = restored.values(column);
        int first =
            checks
                .get(column)
                .firstViolation(before, 0, after, 0, after.size(), extremes.get(column));
        note(column, first, before, after);
        if (precisions.get(column) instanceof Precision.Scaled scaled) {
          checkScaled(column, scaled, original, restored);
        }
      }
      for (int group = 0; group < compared.length; group++) {
        compared[group] += restored.entries(group);
      }
    }

    /** Checks values whose bounds are shares of another column's, which both tables have. */
    private void checkScaled(int column, Precision.Scaled scaled, Table original, Table restored) {
      int bound = ScaledPrecisions.columnOf(schema, column, scaled);
      ColumnValues before = original.values(match.column(column));
      ColumnValues after = restored.values(column);
      ColumnValues bounds = original.values(match.column(bound));
      ColumnValues boundsAfter = restored.values(bound);
      ScaledCheck check = new ScaledCheck(scaled.factor());
      int next = -1;
      do {
        next = check.firstViolation(before, after, bounds, boundsAfter, next + 1, after.size());
        if (next >= 0) {
          scaledViolations[column]++;
          note(column, next, before, after);
        }
      } while (next >= 0);
    }

    private void note(int column, int first, ColumnValues before, ColumnValues after) {
      if (first >= 0 && firstViolations[column] == null) {
        firstViolations[column] =
            new Violation(
                compared[schema.groupOf(column)] + first, text(before, first), text(after, first));
      }
    }

    private void requireSameLengths(int group, int[] original, int[] restored)
        throws DifferentTablesException {
      int end = Arrays.mismatch(original, restored);
      if (end >= 0) {
        int parent = schema.parent(group);
        throw new DifferentTablesException(
            TableDifference.Kind.OBJECTS,
            "%s %d has different numbers of %s: %d in %s, %d in %s"
                .formatted(
                    parent == 0 ? "event" : "entry",
                    compared[parent] + end - 1,
                    schema.groups().get(group).name(),
                    original[end] - original[end - 1],
                    ORIGINAL,
                    restored[end] - restored[end - 1],
                    RESTORED));
      }
    }

    private static String text(ColumnValues values, int index) {
      return switch (values) {
        case ColumnValues.Floats(float[] floats) -> Float.toString(floats[index]);
        case ColumnValues.Doubles(double[] doubles) -> Double.toString(doubles[index]);
        case ColumnValues.Integers(long[] integers) -> Long.toString(integers[index]);
      };
    }

    List<CheckedColumn> columns() {
      List<QualifiedColumn> names = QualifiedColumn.all(schema);
      List<CheckedColumn> columns = new ArrayList<>();
      for (int column = 0; column < checks.size(); column++) {
        ErrorExtremes found = extremes.get(column);
        columns.add(
            new CheckedColumn(
                names.get(column),
                precisions.get(column),
                earlier.get(column),
                compared[schema.groupOf(column)],
                found.changed(),
                found.violations() + scaledViolations[column],
                found.largestAbsolute(),
                found.largestRelative(),
                firstViolations[column]));
      }
      return columns;
    }
  }
}
