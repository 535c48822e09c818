package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import picocli.CommandLine.Option;

/** How a command works; the output does not depend on it. */
public final class WorkingOptions extends QuietOption {
  private static final int MAX_THREADS = 1024;

  @Option(
      names = {"-T", "--threads"},
      paramLabel = "N",
      description = "Use N threads. Default: as many as the machine has processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** How many threads to work with. */
  public int threads() {
    if (threads < 1 || threads > MAX_THREADS) {
      throw CommandFailure.usage(
          "-T must be between 1 and %d, was %d".formatted(MAX_THREADS, threads));
    }
    return threads;
  }
}
