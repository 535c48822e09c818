package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Streams;
import picocli.CommandLine.Option;

/** How a command works; the output does not depend on it. */
public final class WorkingOptions {
  private static final int MAX_THREADS = 1024;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only warnings and errors.")
  public boolean quiet;

  @Option(
      names = {"-T", "--threads"},
      paramLabel = "N",
      description = "Use N threads. Default: as many as the machine has processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Tells the user something that is no warning. */
  public void say(Streams streams, String line) {
    if (!quiet) {
      streams.say(line);
    }
  }

  /** How many threads to work with. */
  public int threads() {
    if (threads < 1 || threads > MAX_THREADS) {
      throw CommandFailure.usage(
          "-T must be between 1 and %d, was %d".formatted(MAX_THREADS, threads));
    }
    return threads;
  }
}
