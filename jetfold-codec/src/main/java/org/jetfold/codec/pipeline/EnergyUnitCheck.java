package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.density.TrainingRecord;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.UnknownUnitException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a table's energies are in the unit that a model was trained on: as its columns state,
 * else as somebody says, else by the median of the first momenta. Not thread-safe.
 */
final class EnergyUnitCheck {
  private static final TrainingRecord NOTHING_KNOWN = new TrainingRecord(null, List.of());

  private final @Nullable EnergyUnit trained;

  /** The column that tells the unit; −1 where there is none. */
  private final int momentum;

  private final EnergyUnitEstimator estimator = new EnergyUnitEstimator();
  private boolean isOpen;

  /**
   * Begins a check.
   *
   * @param trained the unit that the model was trained on; null where it is not known
   * @param energies numbers of the columns that the model sees and that are energies
   * @param said the unit that somebody says; null where that is left to the table
   * @throws ModelException where another unit than the model's is said
   */
  private EnergyUnitCheck(
      Schema schema,
      @Nullable EnergyUnit trained,
      List<Integer> energies,
      @Nullable EnergyUnit said) {
    this.trained = trained;
    List<Column> columns = energies.stream().map(schema.columns()::get).toList();
    momentum =
        energies.stream()
            .filter(column -> EnergyUnitEstimator.isMomentum(schema.columns().get(column).name()))
            .findFirst()
            .orElse(-1);
    if (trained == null || energies.isEmpty()) {
      return;
    }
    if (said != null && said != trained) {
      throw wrong(trained, said, "");
    }
    isOpen =
        said == null && columns.stream().allMatch(column -> EnergyUnit.of(column.unit()) == null);
  }

  /**
   * A check for an autoencoder, which restores wrong values from energies in another unit.
   *
   * @param said the unit that somebody says; null where that is left to the table
   * @throws ModelException where another unit than the model's is said, or nothing will tell it.
   *     That columns state another, the coder has checked.
   */
  static EnergyUnitCheck of(Schema schema, AutoencoderCoder coder, @Nullable EnergyUnit said) {
    List<AutoencoderVariable> variables = coder.model().description().variables();
    EnergyUnitCheck check =
        new EnergyUnitCheck(
            schema,
            coder.model().description().unit(),
            IntStream.range(0, variables.size())
                .filter(v -> variables.get(v).energy())
                .mapToObj(coder.seenColumns()::get)
                .toList(),
            said);
    if (check.isOpen && check.momentum < 0 && check.trained != null) {
      throw new UnknownUnitException(check.trained);
    }
    return check;
  }

  /**
   * A check for a density model, which would only take more bytes. Where nothing tells the unit,
   * nothing is checked.
   *
   * @throws ModelException where another unit than the model's is said or stated by a column
   */
  static EnergyUnitCheck of(Schema schema, DensityCoder coder) {
    TrainingRecord training = coder.model().training().orElse(NOTHING_KNOWN);
    List<Integer> energies =
        IntStream.range(0, training.columns().size())
            .filter(j -> training.columns().get(j).energy())
            .mapToObj(coder.columns()::get)
            .toList();
    for (int column : energies) {
      requireStated(schema.columns().get(column), true, training.unit());
    }
    EnergyUnitCheck check = new EnergyUnitCheck(schema, training.unit(), energies, coder.unit());
    check.isOpen &= check.momentum >= 0;
    return check;
  }

  /**
   * Checks what a column states.
   *
   * @param trained the unit that the model was trained on; null where it is not known
   * @throws ModelException where it is an energy in another unit
   */
  static void requireStated(Column column, boolean energy, @Nullable EnergyUnit trained) {
    EnergyUnit stated = EnergyUnit.of(column.unit());
    if (stated != null && energy && trained != null && trained != stated) {
      throw new ModelException(
          "column %s is in %s, but the model was trained on %s: use a model for %s"
              .formatted(column.name(), stated.symbol(), trained.symbol(), stated.symbol()));
    }
  }

  private static ModelException wrong(EnergyUnit trained, EnergyUnit here, String how) {
    return new ModelException(
        "energies are in %s%s, but the model was trained on %s: convert them, or train a model for %s"
            .formatted(here.symbol(), how, trained.symbol(), here.symbol()));
  }

  /**
   * Looks at a piece of the table.
   *
   * @throws ModelException where the momenta so far are enough, and in another unit
   */
  void see(Table piece) {
    if (isOpen) {
      estimator.add(piece.values(momentum));
      if (estimator.isComplete()) {
        finish();
      }
    }
  }

  /**
   * Judges by what was seen, at the latest when there is no more.
   *
   * @throws ModelException where the momenta are in another unit. A table without any momentum
   *     above 0 has nothing that a unit could change.
   */
  void finish() {
    EnergyUnit here = isOpen ? estimator.unit() : null;
    isOpen = false;
    if (here != null && trained != null && here != trained) {
      throw wrong(trained, here, " by their median");
    }
  }
}
