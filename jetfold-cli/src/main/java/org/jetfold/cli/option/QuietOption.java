package org.jetfold.cli.option;

import org.jetfold.cli.console.Streams;
import picocli.CommandLine.Option;

/** Whether a command tells what it does. */
public class QuietOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print only warnings and errors.")
  public boolean quiet;

  /** Tells the user something that is no warning. */
  public final void say(Streams streams, String line) {
    if (!quiet) {
      streams.say(line);
    }
  }
}
