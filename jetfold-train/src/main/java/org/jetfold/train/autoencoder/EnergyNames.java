package org.jetfold.train.autoencoder;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which columns are energies, or transverse momenta, by their names. */
final class EnergyNames {
  /**
   * What the field writes together: {@code jetpt}, {@code leadingPt}, {@code jet1pT}. Other words
   * that end in pt, as script, are none.
   */
  private static final Pattern JOINED_MOMENTUM =
      Pattern.compile(".*(?:(?i:jet)[0-9]*(?i:pt)|[a-z0-9](?:Pt|PT|pT))");

  /** Whole words, also behind a jet's, and as words are joined in capitals. */
  private static final Pattern WORD =
      Pattern.compile(
          ".*(?:(?i:(?:^|[^a-z]|jet[0-9]*)(?:mass|energy|momentum))"
              + "|[a-z0-9](?:Mass|Energy|Momentum))");

  private EnergyNames() {}

  /**
   * Whether a column of this name is an energy: first by the variables of all presets, of which the
   * longest that the name ends with tells, so that {@code Jet_pt} is one, and {@code
   * ActiveArea4vec_pt} is none; then by words.
   */
  static boolean isEnergy(String column) {
    Optional<AutoencoderPreset.Variable> known = known(column);
    return known.isPresent()
        ? known.get().unit() != null
        : JOINED_MOMENTUM.matcher(column).matches() || WORD.matcher(column).matches();
  }

  private static Optional<AutoencoderPreset.Variable> known(String column) {
    return AutoencoderPreset.all().stream()
        .flatMap(preset -> preset.variables().stream())
        .filter(variable -> AutoencoderSampleReader.endsWith(column, variable.name()))
        .max(Comparator.comparingInt(variable -> variable.name().length()));
  }

  /** Whether a column of this name holds transverse momenta, of whatever. */
  static boolean isMomentum(String column) {
    return AutoencoderSampleReader.endsWith(column, "pt")
        || (known(column).isEmpty() && JOINED_MOMENTUM.matcher(column).matches());
  }
}
