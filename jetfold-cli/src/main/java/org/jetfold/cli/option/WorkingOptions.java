package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import picocli.CommandLine.Option;

/** How a command works, which never changes what comes out. */
public final class WorkingOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but warnings and errors.")
  public boolean quiet;

  @Option(
      names = {"-T", "--threads"},
      paramLabel = "N",
      description = "Work with N threads. By default as many as the machine has processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** How many threads to work with. */
  public int threads() {
    if (threads < 1 || threads > MOST_THREADS) {
      throw CommandFailure.usage(
          "-T %d makes no sense: choose 1 to %d threads".formatted(threads, MOST_THREADS));
    }
    return threads;
  }
}
