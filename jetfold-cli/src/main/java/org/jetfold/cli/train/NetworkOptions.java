package org.jetfold.cli.train;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of an autoencoder that {@code train} and {@code scan} share. */
final class NetworkOptions {
  @Mixin NetworkInputOptions inputs = new NetworkInputOptions();

  @Option(
      names = "--schedule",
      paramLabel = "S",
      description = "one-cycle (default) or published: the preset's published rates and epochs.")
  @Nullable String schedule;

  @Option(names = "--epochs", paramLabel = "N", description = "Largest number of epochs.")
  @Nullable Integer epochs;
}
