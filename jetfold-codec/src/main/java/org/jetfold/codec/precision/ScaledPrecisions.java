package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Schema;

/** Finds the columns that {@link Precision.Scaled bounds from other columns} are shares of. */
public final class ScaledPrecisions {
  private ScaledPrecisions() {}

  /**
   * Precisions that name these columns as they are called.
   *
   * @param precisions one for each column, which may name others by any of their {@linkplain
   *     QualifiedColumn#names names}
   * @throws PrecisionException where there is no such column in the same collection, or it cannot
   *     be a bound
   */
  static List<Precision> named(Schema schema, List<Precision> precisions) {
    List<QualifiedColumn> all = QualifiedColumn.all(schema);
    List<Precision> named = new ArrayList<>(precisions);
    for (int column = 0; column < precisions.size(); column++) {
      if (precisions.get(column) instanceof Precision.Scaled(double factor, String name)) {
        int number = column;
        int group = schema.groupOf(column);
        List<QualifiedColumn> siblings =
            IntStream.range(0, all.size())
                .filter(other -> schema.groupOf(other) == group)
                .mapToObj(all::get)
                .toList();
        QualifiedColumn found =
            siblings.stream()
                .filter(other -> other.names().contains(name))
                .findFirst()
                .orElseThrow(() ->
                    new PrecisionException(
                        "column %s, %s: its collection has no column %s; %s"
                            .formatted(
                                all.get(number).path(),
                                precisions.get(number),
                                name,
                                QualifiedColumn.near(name, siblings))));
        named.set(column, new Precision.Scaled(factor, found.column().name()));
      }
    }
    require(schema, named);
    return named;
  }

  /**
   * Checks that each bound from another column is one that can be.
   *
   * @param precisions one for each column
   * @throws PrecisionException where one cannot; its message names the columns
   */
  public static void require(Schema schema, List<Precision> precisions) {
    for (int column = 0; column < precisions.size(); column++) {
      if (precisions.get(column) instanceof Precision.Scaled scaled) {
        int bound = columnOf(schema, column, scaled);
        String name = schema.columns().get(column).name();
        if (bound < 0 || bound == column || !schema.columns().get(bound).type().isFloat()) {
          throw new PrecisionException(
              "column %s, %s: %s must be another float column of its collection"
                  .formatted(name, scaled, scaled.column()));
        }
        Precision own = precisions.get(bound);
        if (own instanceof Precision.Scaled || own instanceof Precision.Measured) {
          throw new PrecisionException(
              "column %s, %s: %s is stored as %s itself: give it a bound of its own, as in %s=rel:0.01"
                  .formatted(name, scaled, scaled.column(), own, scaled.column()));
        }
      }
    }
  }

  /** The number of the column that another one's bound is a share of; −1 where there is none. */
  public static int columnOf(Schema schema, int column, Precision.Scaled scaled) {
    int group = schema.groupOf(column);
    return IntStream.range(0, schema.columns().size())
        .filter(other ->
            schema.groupOf(other) == group
                && schema.columns().get(other).name().equals(scaled.column()))
        .findFirst()
        .orElse(-1);
  }
}
