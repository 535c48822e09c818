package org.jetfold.cli.console;

/** What the process says to the shell when it ends. */
public final class ExitCode {
  /** All is well. */
  public static final int OK = 0;

  /**
   * The data was read, but is not what was asked for: a bound or limit is violated, the table is
   * another one, or a part is lost.
   */
  public static final int DIFFERENT = 1;

  /** The command line is wrong, or does not fit the data. */
  public static final int USAGE = 2;

  /** A file is missing, unreadable, damaged or of an unknown version, or cannot be written. */
  public static final int FAILED = 3;

  /** The reader of standard output has gone: 128 + SIGPIPE, as of other commands. */
  public static final int BROKEN_PIPE = 141;

  private ExitCode() {}
}
