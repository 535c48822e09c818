package org.jetfold.cli.option;

import picocli.CommandLine.Option;

/** The seed of commands that draw random numbers. */
public final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random numbers. Default: 1.")
  public long seed = 1;
}
