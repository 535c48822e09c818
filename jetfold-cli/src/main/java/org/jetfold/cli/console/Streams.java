package org.jetfold.cli.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

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

  /** How many characters a line of messages may have at a terminal without being broken. */
  public static int messageColumns() {
    return Terminal.columns() - 1;
  }

  /** Prints a message, with the program's name before it. */
  public void say(String line) {
    err.println("jetfold: " + printable(line));
  }

  /** Prints a warning. */
  public void warn(String line) {
    say("warning: " + line);
  }

  /**
   * Writes text for a person to standard output: its lines are printable, whatever names are in
   * them.
   */
  public void print(String text) throws IOException {
    out.write(
        text.lines()
            .map(line -> printable(line) + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Standard output for what a program reads (JSON, CSV). At a terminal, without bytes that would
   * control it.
   */
  public OutputStream data() {
    return outIsTerminal ? new TerminalOutput(out) : out;
  }

  /**
   * A text without characters that would move a terminal's cursor, break a line or turn the
   * direction of writing.
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().map(c -> isPrintable(c) ? c : '?').forEach(printable::appendCodePoint);
    return printable.toString();
  }

  private static boolean isPrintable(int c) {
    boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && !turns
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }
}
