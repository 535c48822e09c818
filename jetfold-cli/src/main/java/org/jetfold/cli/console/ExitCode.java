package org.jetfold.cli.console;

/** What the process says to the shell when it ends. */
public final class ExitCode {
  /** All is well. */
  public static final int OK = 0;

  /**
   * The data could be read, and is not what was asked for: a bound is violated, the table is
   * another one, or a part is lost.
   */
  public static final int DIFFERENT = 1;

  /** The command line makes no sense for this data. */
  public static final int USAGE = 2;

  /** A file is missing, unreadable, damaged or of an unknown version, or cannot be written. */
  public static final int FAILED = 3;

  /** Whoever read our standard output stopped: 128 + SIGPIPE, as other commands end then. */
  public static final int BROKEN_PIPE = 141;

  private ExitCode() {}
}
