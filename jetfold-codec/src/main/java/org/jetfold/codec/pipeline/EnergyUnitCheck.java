package org.jetfold.codec.pipeline;

import java.util.List;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.UnknownUnitException;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a table's energies are in the unit that an autoencoder was trained on: as its columns
 * state, else as somebody says, else by the median of the first momenta. Not thread-safe.
 */
final class EnergyUnitCheck {
  private final @Nullable EnergyUnit trained;

  /** The column that tells the unit; −1 where there is none. */
  private final int momentum;

  private final EnergyUnitEstimator estimator = new EnergyUnitEstimator();
  private boolean isOpen;

  /**
   * Begins a check.
   *
   * @param said the unit that somebody says; null where that is left to the table
   * @throws ModelException where another unit than the model's is said, or nothing will tell it.
   *     That columns state another, the coder has checked.
   */
  EnergyUnitCheck(Schema schema, AutoencoderCoder coder, @Nullable EnergyUnit said) {
    trained = coder.model().description().unit();
    List<AutoencoderVariable> variables = coder.model().description().variables();
    boolean hasEnergies = false;
    boolean isStated = false;
    int found = -1;
    for (int v = 0; v < variables.size(); v++) {
      if (variables.get(v).energy()) {
        int column = coder.seenColumns().get(v);
        hasEnergies = true;
        isStated |= EnergyUnit.of(schema.columns().get(column).unit()) != null;
        found =
            found < 0 && EnergyUnitEstimator.isMomentum(variables.get(v).name()) ? column : found;
      }
    }
    momentum = found;
    if (trained == null || !hasEnergies) {
      return;
    }
    if (said != null && said != trained) {
      throw wrong(trained, said, "");
    }
    isOpen = said == null && !isStated;
    if (isOpen && momentum < 0) {
      throw new UnknownUnitException(trained);
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
