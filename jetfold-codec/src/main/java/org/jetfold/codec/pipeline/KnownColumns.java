package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.quantize.SegmentScale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a segment's columns whose values were restored from another file, and are to
 * come back from this one as the same bits.
 *
 * @param columns one for each column of the table; no columns where nothing is known of any
 */
record KnownColumns(List<KnownColumn> columns) {
  /** Nothing is known. */
  static final KnownColumns NONE = new KnownColumns(List.of());

  /**
   * What is known of a column.
   *
   * @param kept whether its values come back as the same bits
   * @param scale what the other file's segment adds to its precision, which is the same in both
   * @param largestError that was made there
   */
  record KnownColumn(boolean kept, SegmentScale scale, double largestError) {
    /** Of a column that is made anew. */
    static final KnownColumn NOTHING = new KnownColumn(false, SegmentScale.PLAIN, 0);
  }

  KnownColumns {
    columns = List.copyOf(columns);
  }

  private KnownColumn of(int column) {
    return columns.isEmpty() ? KnownColumn.NOTHING : columns.get(column);
  }

  /** What the segment adds to a column's precision; null where that must be found. */
  @Nullable SegmentScale scale(int column) {
    KnownColumn known = of(column);
    return known.kept() ? known.scale() : null;
  }

  /** Whether a column's values come back as the same bits. */
  boolean isKept(int column) {
    return of(column).kept();
  }

  /** Whether segments of both can be one. */
  boolean isLike(KnownColumns other) {
    for (int column = 0; column < columns.size(); column++) {
      KnownColumn known = of(column);
      if (known.kept() && !known.scale().equals(other.of(column).scale())) {
        return false;
      }
    }
    return true;
  }

  /**
   * What the footer says of a block's column: the errors that were made when its values were first
   * compressed, since none were made now.
   *
   * @param found what was found now
   * @param name of the column
   * @throws ModelException where an error was made now
   */
  ColumnStatistics statistics(int column, String name, ColumnStatistics found) {
    KnownColumn known = of(column);
    Double made = found.largestError();
    if (!known.kept() || made == null) {
      return found;
    }
    if (made != 0) {
      throw new ModelException(
          "column %s would not come back as the file has it, since the model shifts its grid in another way: use the model with the original table, or train one on the file"
              .formatted(name));
    }
    return new ColumnStatistics(found.range(), found.nans(), known.largestError(), null);
  }

  /** What is known of a segment that is made of this one and another like it. */
  KnownColumns with(KnownColumns other) {
    return new KnownColumns(
        IntStream.range(0, columns.size())
            .mapToObj(column ->
                new KnownColumn(
                    of(column).kept(),
                    of(column).scale(),
                    Math.max(of(column).largestError(), other.of(column).largestError())))
            .toList());
  }
}
