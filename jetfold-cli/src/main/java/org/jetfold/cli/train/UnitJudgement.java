package org.jetfold.cli.train;

import java.util.List;
import java.util.Set;
import org.jetfold.cli.file.WatchedSource;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.pipeline.AutoencoderBinding;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a table's energies are in the unit that an autoencoder was trained on: as its
 * columns state, else as the user says, else by the median of the first momenta, while the table is
 * read. Not thread-safe.
 */
public final class UnitJudgement {
  private final @Nullable EnergyUnit known;

  /** The column that tells the unit; −1 where there is none. */
  private final int momentum;

  private final EnergyUnitEstimator sample = new EnergyUnitEstimator();
  private boolean isOpen;

  /**
   * Begins a judgement.
   *
   * @param asked the unit that the user says; null where that is left to the table
   * @throws ModelException where the table or the user states another unit than the model's, or
   *     where nothing will tell it
   */
  public UnitJudgement(Schema schema, Autoencoder model, @Nullable EnergyUnit asked) {
    known = model.description().unit();
    AutoencoderBinding binding = AutoencoderBinding.of(schema, model, Set.of());
    List<AutoencoderVariable> variables = model.description().variables();
    boolean hasEnergies = false;
    boolean isStated = false;
    int found = -1;
    for (int v = 0; v < variables.size(); v++) {
      if (variables.get(v).energy()) {
        int column = binding.columns().get(v);
        hasEnergies = true;
        // That it is the model's unit, the binding has checked.
        isStated |= EnergyUnit.of(schema.columns().get(column).unit()) != null;
        found =
            found < 0 && EnergyUnitEstimator.isMomentum(variables.get(v).name()) ? column : found;
      }
    }
    momentum = found;
    if (known == null || !hasEnergies) {
      return;
    }
    if (asked != null && asked != known) {
      throw wrong(asked, "");
    }
    isOpen = asked == null && !isStated;
    if (isOpen && momentum < 0) {
      throw cannotTell();
    }
  }

  private ModelException cannotTell() {
    return new ModelException(
        "nothing tells the unit of its energies, and the model was trained on %s: say --units %s if they are in it"
            .formatted(symbol(), symbol()));
  }

  private ModelException wrong(EnergyUnit here, String how) {
    return new ModelException(
        "energies are in %s%s, but the model was trained on %s: convert them, or train a model for %s"
            .formatted(here.symbol(), how, symbol(), here.symbol()));
  }

  private String symbol() {
    return known == null ? "" : known.symbol();
  }

  /**
   * Looks at a piece of the table.
   *
   * @throws ModelException where the momenta so far are enough, and in another unit
   */
  public void see(Table piece) {
    if (isOpen) {
      sample.add(piece.values(momentum));
      if (sample.isComplete()) {
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
  public void finish() {
    EnergyUnit here = isOpen ? sample.unit() : null;
    isOpen = false;
    if (here != null && here != known) {
      throw wrong(here, " by their median (--units says otherwise)");
    }
  }

  /** A source whose energies are judged while it is read; closing it closes the other. */
  public TableSource watching(TableSource source) {
    return new WatchedSource(source, this::see, this::finish);
  }
}
