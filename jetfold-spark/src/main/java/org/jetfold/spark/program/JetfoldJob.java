package org.jetfold.spark.program;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.study.StudyException;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.train.UntrainableTableException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** What {@code spark-submit jetfold-spark.jar} runs: its first argument names the program. */
@Command(
    name = "jetfold-spark.jar",
    description = "Compresses tables of physics measurements on Apache Spark, and compares them.",
    subcommands = {CompressProgram.class, EvaluateProgram.class, TrainProgram.class},
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT)
public final class JetfoldJob {
  /** What was compared misses a limit. */
  static final int DIFFERENT = 1;

  private static final int USAGE = 2;
  private static final int FAILED = 3;

  private JetfoldJob() {}

  /** Runs a program; a failure ends Spark's application with an exit code. */
  public static void main(String[] arguments) {
    int exitCode =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Runs a program, on the session that there is, or on one of its own.
   *
   * @return 0 where all went well, 1 where what was compared misses a limit, 2 for wrong usage, 3
   *     where a file is missing or cannot be read
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new JetfoldJob())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, line, unused) -> {
          Throwable known = known(failure);
          line.getErr().println("jetfold: " + known.getMessage());
          return exitCode(known);
        })
        .execute(arguments);
  }

  /** What a job failed of where that is about a file or an option; else what Spark says of it. */
  private static Throwable known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JetfoldException) {
        return cause;
      }
    }
    return failure;
  }

  /** As those of the commands. */
  private static int exitCode(Throwable failure) {
    if (failure instanceof DifferentTablesException) {
      return DIFFERENT;
    }
    boolean isUsage =
        failure instanceof TableUsageException
            || failure instanceof StudyException
            || failure instanceof DerivedQuantityException
            || failure instanceof PrecisionException
            || failure instanceof UntrainableTableException;
    return isUsage ? USAGE : FAILED;
  }

  /** Runs on the session that there is, or on one of its own, which is ended. */
  static <T> T onSpark(String name, Callable<T> program) throws Exception {
    if (SparkSession.getActiveSession().isDefined()) {
      return program.call();
    }
    SparkSession session = SparkSession.builder().appName(name).getOrCreate();
    try (session) {
      return program.call();
    }
  }
}
