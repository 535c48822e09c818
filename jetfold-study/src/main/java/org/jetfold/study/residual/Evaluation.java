package org.jetfold.study.residual;

import java.io.Serializable;
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
 * @param matching how the objects of each collection were matched; none where they are compared in
 *     their order
 * @param collections those whose objects have a pT
 * @param jets the collection of jets; null where there is none, or it is not clear which it is
 * @param quantities that are computed from columns: HT and mjj where the jets' columns suffice, and
 *     those that were asked for
 * @param correlations of the residuals of the jets' (or the largest group's) columns; null where
 *     there are no two
 */
public record Evaluation(
    String rootName,
    long rootEntries,
    String weight,
    List<EvaluatedColumn> columns,
    List<QualifiedColumn> missing,
    List<MatchingCounts> matching,
    List<Collection> collections,
    @Nullable Collection jets,
    List<EvaluatedQuantity> quantities,
    @Nullable Correlations correlations) {

  /** Copies the lists. */
  public Evaluation {
    columns = List.copyOf(columns);
    missing = List.copyOf(missing);
    matching = List.copyOf(matching);
    collections = List.copyOf(collections);
    quantities = List.copyOf(quantities);
  }

  /** The names of {@link #missing}, as users know them. */
  public String missingNames() {
    return missing.stream().map(QualifiedColumn::path).collect(Collectors.joining(", "));
  }

  /**
   * One column.
   *
   * @param name the original's column
   * @param collection the name of its collection
   * @param relative whether its errors are told relative to the value, as its precision says; where
   *     it has none, absolute if more than 1 % of the first values are 0 or of the other sign
   * @param residuals what became of its values
   * @param againstPt relative residual against the object's pT; null where it has none
   * @param againstEta relative residual against the object's η; null where it has none
   * @param promise of the compressed file; null where the restored table is none
   */
  public record EvaluatedColumn(
      QualifiedColumn name,
      String collection,
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
   * How the objects of a collection were matched.
   *
   * @param collection its name
   * @param cut in words
   * @param pairs how many belong together
   * @param lostOriginals originals without a partner
   * @param lostRestored restored objects without a partner
   * @param moved pairs that do not stand at the same place in their events
   */
  public record MatchingCounts(
      String collection, String cut, long pairs, long lostOriginals, long lostRestored, long moved)
      implements Serializable {
    /** These counts and those of more events. */
    MatchingCounts plus(long morePairs, long moreOriginals, long moreRestored, long moreMoved) {
      return new MatchingCounts(
          collection,
          cut,
          pairs + morePairs,
          lostOriginals + moreOriginals,
          lostRestored + moreRestored,
          moved + moreMoved);
    }

    /** These counts and those of others. */
    MatchingCounts plus(MatchingCounts more) {
      return plus(more.pairs, more.lostOriginals, more.lostRestored, more.moved);
    }

    /** All that have no partner. */
    public long unmatched() {
      return lostOriginals + lostRestored;
    }
  }

  /**
   * A collection whose objects have a pT.
   *
   * @param pt the column that holds it; null where it is not in the restored table
   * @param order of the objects within events; null where there are no events, or no pT
   */
  public record Collection(String name, @Nullable EvaluatedColumn pt, @Nullable JetOrder order) {}

  /** A quantity that was computed, by its usual name; null where there is none. */
  public @Nullable EvaluatedQuantity quantity(String name) {
    return quantities.stream()
        .filter(quantity -> quantity.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
