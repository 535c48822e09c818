package org.jetfold.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;

/**
 * How files hold the columns of a table that is to be compressed again: what their values have lost
 * before, and what they may not promise any more. Immutable.
 *
 * @param files for each file how it holds each column; none where the table is no file's
 * @param types of the columns
 * @param refined numbers of columns some of whose values are exact in some file, whatever their
 *     precision
 */
record StoredColumns(List<List<ColumnCoding>> files, List<ValueType> types, Set<Integer> refined) {
  /** The table is no file's. */
  static final StoredColumns NONE = new StoredColumns(List.of(), List.of(), Set.of());

  StoredColumns {
    files = List.copyOf(files);
    types = List.copyOf(types);
    refined = Set.copyOf(refined);
  }

  /** Whether the table is no file's. */
  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The precisions of the first file. What an autoencoder restored there is kept as it is. */
  List<Precision> kept() {
    return files.getFirst().stream()
        .map(column ->
            column.precision() instanceof Precision.Measured
                ? Precision.exact()
                : column.precision())
        .toList();
  }

  /** The precisions of a column in the files. */
  private List<Precision> of(int column) {
    return files.stream().map(file -> file.get(column).precision()).toList();
  }

  /**
   * Checks that no column gets a precision that its values cannot keep.
   *
   * @throws PrecisionException where some do; its message names them
   */
  void requireNotFiner(Schema schema, List<Precision> stored) {
    List<QualifiedColumn> names = QualifiedColumn.all(schema);
    List<String> finer = new ArrayList<>();
    for (int column = 0; column < stored.size(); column++) {
      for (Precision held : of(column)) {
        if (isFiner(stored.get(column), held, types.get(column))) {
          finer.add(
              "%s (%s, it holds %s)".formatted(names.get(column).path(), stored.get(column), held));
          break;
        }
      }
    }
    if (!finer.isEmpty()) {
      throw new PrecisionException(
          "a finer precision than the file holds cannot be kept, of %s: ask for a coarser one, or compress the original table"
              .formatted(Quantities.names(finer)));
    }
  }

  private static boolean isFiner(Precision asked, Precision held, ValueType type) {
    if (asked.equals(held)
        || !held.isLossy()
        || held instanceof Precision.Measured
        || held instanceof Precision.Scaled) {
      return false;
    }
    Loss next = Loss.of(asked, type);
    Loss before = Loss.of(held, type);
    if (next.isNone()) {
      return true;
    }
    return isInUnits(asked) == isInUnits(held)
        && (isInUnits(held)
            ? next.absolute() < before.absolute()
            : next.relative() < before.relative());
  }

  /** Whether a bound is in the column's unit; else it is relative. */
  private static boolean isInUnits(Precision bound) {
    return bound.promise() instanceof Precision.Absolute || bound instanceof Precision.Step;
  }

  /**
   * Whether events keep the phases that they had: where each file is dithered, and no column is
   * dithered once more in another way. A second dither with the same phases would leave the trace
   * of the first.
   *
   * @param stored the precisions that the columns get
   */
  boolean keepsPhases(List<Precision> stored) {
    for (List<ColumnCoding> file : files) {
      if (file.stream().noneMatch(column -> column.precision() instanceof Precision.Dithered)) {
        return false;
      }
    }
    for (int column = 0; column < stored.size(); column++) {
      Precision next = stored.get(column);
      if (next instanceof Precision.Dithered
          && of(column).stream()
              .anyMatch(held -> held instanceof Precision.Dithered && !held.equals(next))) {
        return false;
      }
    }
    return true;
  }

  /**
   * For each column, whether its values come back as they are: its precision stays the same, and so
   * do the phases if they shift its grid.
   */
  boolean[] unchanged(List<Precision> stored) {
    boolean keepsPhases = keepsPhases(stored);
    boolean[] unchanged = new boolean[stored.size()];
    for (int column = 0; column < unchanged.length; column++) {
      Precision next = stored.get(column);
      unchanged[column] =
          of(column).stream().allMatch(next::equals)
              && !(next instanceof Precision.Measured)
              && !refined.contains(column)
              && (keepsPhases || !(next instanceof Precision.Dithered));
    }
    return unchanged;
  }

  /** For each column, what its values had lost before it gets a precision. */
  List<Loss> losses(List<Precision> stored) {
    boolean[] unchanged = unchanged(stored);
    List<Loss> losses = new ArrayList<>();
    for (int column = 0; column < unchanged.length; column++) {
      Loss largest = Loss.NONE;
      for (List<ColumnCoding> file : files) {
        ColumnCoding held = file.get(column);
        Loss lost =
            unchanged[column]
                ? held.earlier()
                : held.earlier().then(Loss.of(held.precision(), types.get(column)));
        largest = largest.orLarger(lost);
      }
      losses.add(largest);
    }
    return losses;
  }
}
