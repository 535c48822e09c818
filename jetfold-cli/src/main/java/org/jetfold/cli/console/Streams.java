package org.jetfold.cli.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: the process's own streams, or those of a test.
 *
 * @param in standard input
 * @param out standard output; unbuffered, and unlike {@link System#out} it throws when writing
 *     fails
 * @param err messages
 * @param outIsTerminal whether a person sees standard output as it is written
 * @param errIsTerminal whether a person sees the messages as they are written
 */
public record Streams(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  /** The streams of the process. */
  public static Streams ofProcess() {
    return new Streams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Terminal.isTerminal(Terminal.OUT),
        Terminal.isTerminal(Terminal.ERR));
  }

  /** Prints a message, with the program's name before it. */
  public void say(String line) {
    err.println("jetfold: " + printable(line));
  }

  /** A text without characters that would move a terminal's cursor or break a line. */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
