package org.jetfold.cli.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.train.autoencoder.AutoencoderPreset;
import org.jetfold.train.autoencoder.AutoencoderSampleReader.Scheme;
import org.jspecify.annotations.Nullable;

/** Which columns a network takes, and how they are normalized. Not changed once it is made. */
public final class NetworkInputs {
  /** No column is an azimuth. */
  private static final String NONE = "none";

  private final NetworkInputOptions options;
  private final @Nullable AutoencoderPreset preset;
  private final Scheme scheme;
  private final @Nullable EnergyUnit unit;

  /**
   * Checks options.
   *
   * @throws CommandFailure where a value is not allowed, or options contradict each other
   */
  public NetworkInputs(NetworkInputOptions options) {
    this.options = options;
    String name = options.preset;
    preset = name == null ? null : knownPreset(name);
    scheme = scheme(options.normalization);
    unit = options.unit.value();
  }

  /** The preset of a name; another name is wrong usage. */
  static AutoencoderPreset knownPreset(String name) {
    for (AutoencoderPreset known : AutoencoderPreset.all()) {
      if (known.name().equals(name.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw CommandFailure.usage(
        "--preset must be one of %s, was %s"
            .formatted(
                String.join(
                    ", ", AutoencoderPreset.all().stream().map(AutoencoderPreset::name).toList()),
                name));
  }

  private Scheme scheme(@Nullable String asked) {
    if (asked == null) {
      return preset == null ? Scheme.STANDARD : Scheme.PUBLIC;
    }
    Scheme found =
        Arrays.stream(Scheme.values())
            .filter(known -> known.name().equalsIgnoreCase(asked))
            .findFirst()
            .orElseThrow(() ->
                CommandFailure.usage(
                    "--normalization must be public, thesis, standard or auto, was " + asked));
    if (preset == null && (found == Scheme.PUBLIC || found == Scheme.THESIS)) {
      throw CommandFailure.usage("--normalization %s requires --preset".formatted(asked));
    }
    return found;
  }

  /** The preset; null without one. */
  @Nullable AutoencoderPreset preset() {
    return preset;
  }

  /** The variables of the preset; empty without one. */
  List<AutoencoderPreset.Variable> variables() {
    return preset == null ? List.of() : preset.variables();
  }

  /** How variables are normalized. */
  Scheme scheme() {
    return scheme;
  }

  /** How variables are normalized, for people. */
  public String label() {
    String text = scheme.name().toLowerCase(Locale.ROOT);
    return preset == null ? text : "%s, %s".formatted(preset.name(), text);
  }

  /** The unit that the user states; null to find it out. */
  @Nullable EnergyUnit unit() {
    return unit;
  }

  /** The names of azimuths; null to tell them by name and range. */
  @Nullable List<String> azimuths() {
    List<String> names = options.azimuths;
    return names != null && names.equals(List.of(NONE)) ? List.of() : names;
  }
}
