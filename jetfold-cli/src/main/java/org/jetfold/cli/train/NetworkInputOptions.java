package org.jetfold.cli.train;

import java.util.List;
import org.jetfold.cli.option.UnitOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which columns a network takes, and how they are normalized, as given. */
public final class NetworkInputOptions {
  @Option(
      names = "--preset",
      paramLabel = "P",
      description = "A published network: ntuple-4d, tla-4d, tla-27d or ttbar-15d.")
  @Nullable String preset;

  @Option(
      names = "--normalization",
      paramLabel = "N",
      description =
          "public (the preset's), thesis, standard (mean and standard deviation) or auto (from the"
              + " distributions). Default: public with --preset, otherwise standard.")
  @Nullable String normalization;

  @Option(
      names = "--azimuths",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Columns that are angles in radians and come round, or none. Default: those called phi"
              + " whose values fill a turn.")
  @Nullable List<String> azimuths;

  @Mixin UnitOption unit = new UnitOption();
}
