package org.jetfold.train.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.train.KnownUnit;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the unit of the energies in tables that a model is trained on: the one that columns state,
 * else the one that the caller states, else the one that the median of the first momenta suggests.
 * Not thread-safe.
 */
public final class EnergyUnits {
  private final List<Column> energies;
  private final int momentum;
  private final String momentumName;
  private final List<EnergyUnitEstimator> estimators = new ArrayList<>();

  /**
   * Nothing is read yet.
   *
   * @param columns of the tables
   * @param isEnergy for each column, whether it is an energy
   */
  public EnergyUnits(List<Column> columns, List<Boolean> isEnergy) {
    energies = new ArrayList<>();
    int found = -1;
    for (int column = 0; column < columns.size(); column++) {
      if (isEnergy.get(column)) {
        energies.add(columns.get(column));
        boolean tells = EnergyUnitEstimator.isMomentum(columns.get(column).name());
        found = found < 0 && tells ? column : found;
      }
    }
    momentum = found;
    momentumName = found < 0 ? "" : columns.get(found).name();
  }

  /** The column from which the unit can be estimated; −1 where there is none. */
  public int momentum() {
    return momentum;
  }

  /** Begins the next table. */
  public void beginTable() {
    estimators.add(new EnergyUnitEstimator());
  }

  /** Looks at momenta of the table that was begun last. */
  public void add(ColumnValues momenta) {
    estimators.getLast().add(momenta);
  }

  /**
   * The unit of the tables so far; null where they have energies, and nothing tells their unit.
   *
   * @param said by the caller; null to estimate it
   * @throws UntrainableTableException where a column states another one than the caller, or the
   *     tables have different ones
   */
  public @Nullable KnownUnit find(@Nullable EnergyUnit said) {
    for (Column column : energies) {
      EnergyUnit stated = EnergyUnit.of(column.unit());
      if (stated != null && said != null && said != stated) {
        throw new UntrainableTableException(
            "has column %s in %s, not in %s"
                .formatted(column.name(), stated.symbol(), said.symbol()));
      }
      if (stated != null) {
        return new KnownUnit(stated, "as column %s states".formatted(column.name()));
      }
    }
    if (said != null) {
      return new KnownUnit(said, "as you state");
    }
    if (energies.isEmpty()) {
      return KnownUnit.NONE;
    }
    return momentum < 0 ? null : estimated();
  }

  private KnownUnit estimated() {
    KnownUnit known = KnownUnit.NONE;
    for (int table = 0; table < estimators.size(); table++) {
      EnergyUnit unit = estimators.get(table).unit();
      if (known.unit() != null && unit != null && known.unit() != unit) {
        throw new UntrainableTableException(
            "and the other tables have energies in different units, by the median of %s: table %d is in %s"
                .formatted(momentumName, table + 1, unit.symbol()));
      }
      if (known.unit() == null && unit != null) {
        double median = estimators.get(table).median();
        String shown = String.format(Locale.ROOT, median < 100 ? "%.3g" : "%.0f", median);
        known = new KnownUnit(unit, "by the median of %s, %s".formatted(momentumName, shown));
      }
    }
    return known;
  }
}
