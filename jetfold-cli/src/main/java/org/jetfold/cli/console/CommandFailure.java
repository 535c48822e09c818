package org.jetfold.cli.console;

/** Ends a command, or its work on one file, with a line for the user. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command line is wrong, or does not fit the data. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /** The command line is wrong, or does not fit the data, as something else found. */
  public static CommandFailure usage(String message, Throwable cause) {
    return new CommandFailure(ExitCode.USAGE, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }

  /** The line for the user, without the program's name before it. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
