package org.jetfold.study.residual;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of some of the events of two tables: an {@link Evaluator} makes it, and makes an
 * {@link Evaluation} of those of all events. So the events may be shared out among machines. It
 * takes up to 12 MB a column or quantity, however many events there are. Not thread-safe.
 */
public final class PartialEvaluation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final OfColumn[] columns;
  private final ColumnResiduals[] quantities;
  private final JetOrder[] orders;
  private final Evaluation.MatchingCounts[] matching;
  private @Nullable ResidualScales scales;
  private @Nullable Correlations correlations;
  private long rootEntries;

  /** What was found of a column that is in both tables. */
  static final class OfColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ColumnResiduals residuals;
    private final Profile againstPt = new Profile(ProfileAxis.PT);
    private final Profile againstEta = new Profile(ProfileAxis.ETA);
    private long checked;
    private long violations;

    OfColumn(int kept) {
      residuals = new ColumnResiduals(kept);
    }

    /**
     * Adds values.
     *
     * @param differences x̂ − x; of azimuths, wrapped
     * @param ptBins where the objects' pT lies; empty where they have none
     * @param etaBins where their η lies; empty where they have none
     */
    void add(
        double[] before,
        double[] after,
        double[] differences,
        double[] weights,
        int[] ptBins,
        int[] etaBins) {
      for (int row = 0; row < before.length; row++) {
        double difference = differences[row];
        residuals.add(before[row], after[row], difference, weights[row]);
        if (Double.isFinite(difference) && before[row] != 0) {
          double ratio = difference / before[row];
          double weight = Math.abs(weights[row]);
          if (ptBins.length > 0 && ptBins[row] >= 0) {
            againstPt.add(ptBins[row], ratio, weight);
          }
          if (etaBins.length > 0 && etaBins[row] >= 0) {
            againstEta.add(etaBins[row], ratio, weight);
          }
        }
      }
    }

    /** Sets how many values were checked against their precision, and how many do not keep it. */
    void check(PromiseCheck found) {
      checked = found.checked();
      violations = found.violations();
    }

    private void merge(OfColumn other) {
      residuals.merge(other.residuals);
      againstPt.merge(other.againstPt);
      againstEta.merge(other.againstEta);
      checked += other.checked;
      violations += other.violations;
    }

    ColumnResiduals residuals() {
      return residuals;
    }

    Profile againstPt() {
      return againstPt;
    }

    Profile againstEta() {
      return againstEta;
    }

    long checked() {
      return checked;
    }

    long violations() {
      return violations;
    }
  }

  /**
   * Of no events.
   *
   * @param columns how many columns are in both tables
   * @param quantities how many quantities are computed
   * @param collections how many collections have a pT
   * @param matching for each group what was matched, which is nothing yet
   * @param kept how many values of each column are kept at most
   */
  PartialEvaluation(
      int columns,
      int quantities,
      int collections,
      List<Evaluation.MatchingCounts> matching,
      int kept) {
    this.columns = new OfColumn[columns];
    Arrays.setAll(this.columns, column -> new OfColumn(kept));
    this.quantities = new ColumnResiduals[quantities];
    Arrays.setAll(this.quantities, quantity -> new ColumnResiduals(kept));
    orders = new JetOrder[collections];
    Arrays.setAll(orders, collection -> new JetOrder());
    this.matching = matching.toArray(Evaluation.MatchingCounts[]::new);
  }

  /**
   * Adds what was found of the events behind these. Which rows come first counts: histograms of any
   * bins are filled with the first values, and correlations are those of the first rows.
   *
   * @throws IllegalArgumentException where it is of other tables, or other {@link ResidualScales}
   *     were followed
   */
  public void merge(PartialEvaluation next) {
    if (next.rootEntries == 0) {
      return;
    }
    if (columns.length != next.columns.length
        || quantities.length != next.quantities.length
        || orders.length != next.orders.length) {
      throw new IllegalArgumentException("the parts are not of the same tables");
    }
    for (int column = 0; column < columns.length; column++) {
      columns[column].merge(next.columns[column]);
    }
    for (int quantity = 0; quantity < quantities.length; quantity++) {
      quantities[quantity].merge(next.quantities[quantity]);
    }
    for (int collection = 0; collection < orders.length; collection++) {
      orders[collection].merge(next.orders[collection]);
    }
    for (int group = 0; group < matching.length; group++) {
      matching[group] = matching[group].plus(next.matching[group]);
    }
    if (correlations == null) {
      correlations = next.correlations;
    } else if (next.correlations != null) {
      correlations.merge(next.correlations);
    }
    scales = scales == null ? next.scales : scales;
    rootEntries += next.rootEntries;
  }

  /** How many events, or rows of a flat table, were compared. */
  public long rootEntries() {
    return rootEntries;
  }

  void addRootEntries(int more) {
    rootEntries += more;
  }

  OfColumn column(int number) {
    return columns[number];
  }

  ColumnResiduals quantity(int number) {
    return quantities[number];
  }

  JetOrder order(int collection) {
    return orders[collection];
  }

  Evaluation.MatchingCounts[] matching() {
    return matching;
  }

  @Nullable ResidualScales scales() {
    return scales;
  }

  void follow(ResidualScales known) {
    scales = known;
  }

  @Nullable Correlations correlations() {
    return correlations;
  }

  void correlate(Correlations known) {
    correlations = known;
  }
}
