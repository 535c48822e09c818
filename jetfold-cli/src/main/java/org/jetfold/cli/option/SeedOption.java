package org.jetfold.cli.option;

import picocli.CommandLine.Option;

/** Where random numbers start, for studies that draw some. */
public final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where random numbers start. Default: 1.")
  public long seed = 1;
}
