package org.jetfold.cli.train;

import java.util.List;
import org.jetfold.cli.option.UnitOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of an autoencoder that {@code train} and {@code scan} share. */
final class NetworkOptions {
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
      names = "--schedule",
      paramLabel = "S",
      description = "one-cycle (default) or published: the preset's published rates and epochs.")
  @Nullable String schedule;

  @Option(names = "--epochs", paramLabel = "N", description = "Largest number of epochs.")
  @Nullable Integer epochs;

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
