package org.jetfold.spark.program;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.error.JetfoldException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** What {@code spark-submit jetfold-spark.jar} runs: its first argument names the program. */
@Command(
    name = "jetfold-spark.jar",
    description = "Compresses tables of physics measurements on Apache Spark.",
    subcommands = CompressProgram.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT)
public final class JetfoldJob {
  private static final int FAILED = 3;

  private JetfoldJob() {}

  /** Runs a program; a failure ends Spark's application with an exit code. */
  public static void main(String[] arguments) {
    int exitCode =
        new CommandLine(new JetfoldJob())
            .setExecutionExceptionHandler((failure, line, _) -> {
              line.getErr().println("jetfold: " + message(failure));
              return FAILED;
            })
            .execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The line about a file that is in the failure of a job, or what Spark says of it. */
  private static String message(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JetfoldException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return String.valueOf(failure.getMessage());
  }

  /** Runs on a session, which is ended. */
  static <T> T onSpark(String name, Callable<T> program) throws Exception {
    SparkSession session = SparkSession.builder().appName(name).getOrCreate();
    try (session) {
      return program.call();
    }
  }
}
