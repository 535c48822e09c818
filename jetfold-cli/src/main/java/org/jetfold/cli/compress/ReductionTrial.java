package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.ShortestFloats;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.FloatPacking;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.ValueGrid;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a table to find out how its columns are best reduced: which integers fit into
 * smaller types, which floats are smaller on a grid or as few different levels, and what the
 * largest errors are. Not thread-safe.
 */
final class ReductionTrial {
  private final Schema schema;
  private final List<ColumnTrial> columns = new ArrayList<>();
  private final @Nullable PackingTrial packings;

  /** A table without values yet, and the format that it is written in. */
  ReductionTrial(Schema schema, List<Precision> precisions, TableFormat format) {
    this.schema = schema;
    packings = format.choosesPacking() ? new PackingTrial(format) : null;
    for (int i = 0; i < precisions.size(); i++) {
      columns.add(new ColumnTrial(schema.columns().get(i), precisions.get(i), format));
    }
  }

  /** Looks at more of the table. */
  void add(Table piece) throws IOException {
    if (packings != null && packings.isOpen() && piece.rootEntries() > 0) {
      packings.run(
          table(piece, columns.stream().map(column -> column.shortest).toList()),
          table(piece, columns.stream().map(column -> column.levels).toList()));
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnValues values = piece.values(i);
      columns.get(i).add(values);
      if (packings != null) {
        packings.count(i, columns.get(i).levels.of(values));
      }
    }
  }

  private Table table(Table piece, List<Candidate> candidates) {
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      offsets.add(piece.offsets(group));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      values.add(candidates.get(i).of(piece.values(i)));
    }
    return new Table(schema, piece.rootEntries(), offsets, values);
  }

  /** What was found. */
  Reduction found() {
    List<ReducedColumn> found = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      found.add(columns.get(i).found(packings != null && packings.isDictionary(i)));
    }
    return packings == null
        ? new Reduction(found, FloatPacking.SPLIT)
        : new Reduction(found, packings.found());
  }

  /** One way to reduce a column, and the errors so far. */
  private record Candidate(
      UnaryOperator<ColumnValues> reduction, @Nullable BoundCheck check, ErrorExtremes errors) {
    ColumnValues of(ColumnValues values) {
      return reduction.apply(values);
    }

    void add(ColumnValues values) {
      if (check != null) {
        check.firstViolation(values, 0, of(values), 0, values.size(), errors);
      }
    }

    ReducedColumn column(ValueType type, @Nullable ValueGrid grid) {
      return new ReducedColumn(type, reduction, grid, check == null ? null : errors);
    }
  }

  /** What is tried for one column. */
  private static final class ColumnTrial {
    private final ValueType type;
    private final @Nullable IntegerRange range;
    private final Candidate shortest;

    /** The same as the shortest where a format keeps no dictionaries, or a column all bits. */
    private final Candidate levels;

    private final @Nullable BoundGrid grid;
    private final @Nullable Candidate placed;

    ColumnTrial(Column column, Precision precision, TableFormat format) {
      type = column.type();
      range = type.isFloat() ? null : new IntegerRange(type);
      BoundCheck check = precision.isLossy() ? BoundCheck.of(precision, type) : null;
      if (check == null) {
        shortest = new Candidate(UnaryOperator.identity(), null, new ErrorExtremes());
        levels = shortest;
        grid = null;
        placed = null;
        return;
      }
      ShortestFloats floats = new ShortestFloats(precision, type);
      shortest = new Candidate(floats::of, check, new ErrorExtremes());
      levels =
          format.choosesPacking() && !(precision.promise() instanceof Precision.Bits)
              ? new Candidate(floats::levels, check, new ErrorExtremes())
              : shortest;
      grid =
          format.keepsGrids()
                  && type == ValueType.FLOAT32
                  && precision.promise() instanceof Precision.Absolute absolute
              ? new BoundGrid(absolute)
              : null;
      placed = grid == null ? null : new Candidate(grid::placed, check, new ErrorExtremes());
    }

    void add(ColumnValues values) {
      if (range != null) {
        range.add(values);
      }
      shortest.add(values);
      if (!levels.equals(shortest)) {
        levels.add(values);
      }
      if (grid != null && placed != null) {
        grid.add(values);
        placed.add(values);
      }
    }

    ReducedColumn found(boolean asDictionary) {
      if (range != null) {
        return ReducedColumn.exact(range.smallestType());
      }
      ValueGrid places = grid == null ? null : grid.found();
      return places != null && placed != null
          ? placed.column(type, places)
          : (asDictionary ? levels : shortest).column(type, null);
    }
  }
}
