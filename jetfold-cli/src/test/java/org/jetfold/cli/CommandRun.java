package org.jetfold.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jetfold.cli.console.Streams;

/**
 * What a command did in this process.
 *
 * @param out all that it wrote to standard output
 * @param err all that it wrote to standard error
 */
record CommandRun(int exitCode, byte[] out, String err) {
  /** Runs a command without anything on standard input. Paths are turned to text. */
  static CommandRun of(Object... arguments) {
    return withInput(new byte[0], arguments);
  }

  static CommandRun withInput(byte[] input, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new ByteArrayInputStream(input),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int exitCode = Jetfold.run(streams, texts);
    return new CommandRun(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that must succeed. */
  static CommandRun fine(Object... arguments) {
    CommandRun run = of(arguments);
    if (run.exitCode != 0) {
      throw new AssertionError(
          "exit code %d of %s: %s".formatted(run.exitCode, List.of(arguments), run.err));
    }
    return run;
  }

  String text() {
    return new String(out, StandardCharsets.UTF_8);
  }
}
