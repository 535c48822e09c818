package org.jetfold.train.autoencoder;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jetfold.codec.table.EnergyUnitEstimator;

/** Which columns hold energies, by their names. */
public final class EnergyNames {
  /** {@code jet_mass}, {@code jet2mass}, {@code softDropMass}; not biomass. */
  private static final Pattern WORD =
      Pattern.compile(
          ".*(?:(?i:(?:^|[^a-z]|jet[0-9]*)(?:mass|energy|momentum))"
              + "|[a-z0-9](?:Mass|Energy|Momentum))");

  private EnergyNames() {}

  /**
   * Whether a column with this name holds energies. The variables of all presets decide first, the
   * longest that the name ends with: {@code Jet_pt} is an energy, {@code ActiveArea4vec_pt} is not.
   * Words decide then.
   */
  public static boolean isEnergy(String column) {
    Optional<AutoencoderPreset.Variable> known = known(column);
    return known.isPresent()
        ? known.get().unit() != null
        : EnergyUnitEstimator.isMomentum(column) || WORD.matcher(column).matches();
  }

  private static Optional<AutoencoderPreset.Variable> known(String column) {
    return AutoencoderPreset.all().stream()
        .flatMap(preset -> preset.variables().stream())
        .filter(variable -> NetworkColumns.endsWith(column, variable.name()))
        .max(Comparator.comparingInt(variable -> variable.name().length()));
  }
}
