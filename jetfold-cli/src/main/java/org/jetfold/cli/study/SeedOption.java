package org.jetfold.cli.study;

import picocli.CommandLine.Option;

/** Where random numbers start, for studies that draw some. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where random numbers start. Default: 1.")
  long seed = 1;
}
