package org.jetfold.study.residual;

import java.util.List;
import java.util.stream.Collectors;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * What was found between an original table and its restored form.
 *
 * @param rootName what an entry of the root is: event or row
 * @param rootEntries how many there are
 * @param weight the name of the weights' column; empty where every event counts 1
 * @param columns what is in both tables
 * @param missing the original's columns that the restored table lacks
 * @param matching how objects were matched; null where they are compared in their order
 * @param jets what happened to jets; null where there is no pT
 * @param correlations of the residuals of the jets' (or the largest group's) columns; null where
 *     there are no two
 */
public record Evaluation(
    String rootName,
    long rootEntries,
    String weight,
    List<EvaluatedColumn> columns,
    List<QualifiedColumn> missing,
    @Nullable MatchingCounts matching,
    @Nullable Jets jets,
    @Nullable Correlations correlations) {

  /** Copies the lists. */
  public Evaluation {
    columns = List.copyOf(columns);
    missing = List.copyOf(missing);
  }

  /** The names of {@link #missing}, as users know them. */
  public String missingNames() {
    return missing.stream().map(QualifiedColumn::path).collect(Collectors.joining(", "));
  }

  /**
   * One column.
   *
   * @param name the original's column
   * @param relative whether its errors are told relative to the value, as its precision says; where
   *     it has none, absolute if more than 1 % of the first values are 0 or of the other sign
   * @param residuals what became of its values
   * @param againstPt relative residual against the jet's pT; null where it belongs to no jet
   * @param againstEta relative residual against the jet's η; null where it belongs to no jet
   * @param promise of the compressed file; null where the restored table is none
   */
  public record EvaluatedColumn(
      QualifiedColumn name,
      boolean relative,
      ColumnResiduals residuals,
      @Nullable Profile againstPt,
      @Nullable Profile againstEta,
      @Nullable Promise promise) {
    /** The name with its collection's. */
    public String path() {
      return name.path();
    }

    /** Type and unit. */
    public Column column() {
      return name.column();
    }

    /** The residuals that tell most. */
    public ColumnResiduals.Residuals natural() {
      return relative ? residuals.relative() : residuals.absolute();
    }
  }

  /**
   * How objects were matched.
   *
   * @param cut in words
   * @param pairs how many belong together
   * @param lostOriginals originals without a partner
   * @param lostRestored restored objects without a partner
   * @param moved pairs that do not stand at the same place in their events
   */
  public record MatchingCounts(
      String cut, long pairs, long lostOriginals, long lostRestored, long moved) {
    /** All that have no partner. */
    public long unmatched() {
      return lostOriginals + lostRestored;
    }
  }

  /**
   * The jets as a whole.
   *
   * @param pt the column that holds their pT
   * @param order their order within events; null for a table without events
   * @param quantities what is computed of each event's jets: HT, and mjj where eta and phi are
   *     known; none for a table without events
   */
  public record Jets(EvaluatedColumn pt, @Nullable JetOrder order, List<EventQuantity> quantities) {
    /** Copies the list. */
    public Jets {
      quantities = List.copyOf(quantities);
    }

    /** A quantity of the events; null where it cannot be computed. */
    public @Nullable EventQuantity quantity(EventQuantity.Kind kind) {
      return quantities.stream()
          .filter(quantity -> quantity.kind() == kind)
          .findFirst()
          .orElse(null);
    }
  }
}
