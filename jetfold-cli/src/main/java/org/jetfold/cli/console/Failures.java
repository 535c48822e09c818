package org.jetfold.cli.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.UnknownUnitException;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.IllFormedNameException;
import org.jetfold.codec.text.Quantities;
import org.jetfold.root.RootException;
import org.jetfold.tables.format.FileFailures;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.DivergedException;
import org.jetfold.train.autoencoder.MissingUnitException;

/** Turns any exception into one line for the user and the exit code of the command. */
public final class Failures {
  /** For developers: where this property is set, failures are printed with their stack trace. */
  private static final String STACK_TRACE = "jetfold.stacktrace";

  private Failures() {}

  /** Prints what failed, in one line, and returns the exit code. */
  public static int report(CommandFailure failure, Streams streams) {
    if (failure.exitCode() != ExitCode.BROKEN_PIPE && !Interruption.happened()) {
      streams.say(failure.line());
      if (Boolean.getBoolean(STACK_TRACE)) {
        failure.printStackTrace(streams.err());
      }
    }
    return failure.exitCode();
  }

  /** What is done with one of several files. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Does it.
     *
     * @return the exit code
     */
    int on(T item) throws IOException;
  }

  /**
   * Does the same with several files. Where there are more than one, one that fails is reported,
   * and the others continue.
   *
   * @return the largest exit code
   */
  public static <T> int each(List<T> items, Streams streams, Work<T> work) throws IOException {
    if (items.size() == 1) {
      return work.on(items.getFirst());
    }
    int worst = ExitCode.OK;
    for (T item : items) {
      try {
        worst = Math.max(worst, work.on(item));
      } catch (IOException | RuntimeException | Error e) {
        CommandFailure failure = of(e);
        if (failure.exitCode() == ExitCode.BROKEN_PIPE || Interruption.happened()) {
          throw failure;
        }
        worst = Math.max(worst, report(failure, streams));
      }
    }
    return worst;
  }

  /**
   * The failure of reading or writing one file. The readers and writers of tables name the file in
   * their messages; the codec does not know it.
   *
   * @param file the file's name as the user gave it
   */
  public static CommandFailure about(String file, Throwable failure) {
    return switch (failure) {
      case CommandFailure known -> known;
      case FileAlreadyExistsException _ ->
          new CommandFailure(
              ExitCode.USAGE,
              file + ": exists already: choose another name, or replace it with -f",
              failure);
      case DamagedFileException damage ->
          new CommandFailure(ExitCode.FAILED, file + ": " + withAdvice(damage), failure);
      case MissingModelException _ ->
          new CommandFailure(
              ExitCode.FAILED,
              "%s: %s: copy it to the file's folder, or name it with --model"
                  .formatted(file, message(failure)),
              failure);
      case UnknownUnitException unit ->
          new CommandFailure(
              ExitCode.USAGE,
              "%s: %s: say --unit %s if they are in it"
                  .formatted(file, message(failure), unit.trained().symbol()),
              failure);
      case MissingUnitException _ ->
          new CommandFailure(
              ExitCode.USAGE,
              "%s: %s with --unit MeV or --unit GeV".formatted(file, message(failure)),
              failure);
      case DivergedException _ ->
          new CommandFailure(
              ExitCode.FAILED, "%s: %s with --lr".formatted(file, message(failure)), failure);
      case UntrainableTableException _ ->
          new CommandFailure(ExitCode.USAGE, file + ": " + message(failure), failure);
      case ModelException _ ->
          new CommandFailure(ExitCode.USAGE, file + ": " + message(failure), failure);
      case UnsupportedFormatException _ ->
          new CommandFailure(ExitCode.FAILED, file + ": " + failure.getMessage(), failure);
      case IllFormedNameException _ ->
          new CommandFailure(ExitCode.FAILED, file + ": " + message(failure), failure);
      case FileSystemException e ->
          new CommandFailure(ExitCode.FAILED, file + ": " + FileFailures.reason(e), failure);
      default -> of(failure);
    };
  }

  /** The failure of a command that is not about a known file. */
  public static CommandFailure of(Throwable failure) {
    return switch (failure) {
      case CommandFailure known -> known;
      case PrecisionException _ -> new CommandFailure(ExitCode.USAGE, message(failure), failure);
      case TableUsageException e ->
          new CommandFailure(ExitCode.USAGE, message(e) + option(e), failure);
      case IOException _ when isBrokenPipe(failure) ->
          new CommandFailure(ExitCode.BROKEN_PIPE, "", failure);
      case JetfoldException _, IOException _ ->
          new CommandFailure(ExitCode.FAILED, message(failure) + branchAdvice(failure), failure);
      case OutOfMemoryError _ ->
          new CommandFailure(
              ExitCode.FAILED,
              "not enough memory (%s): give it more with JETFOLD_JAVA_OPTS=-Xmx4g, or use fewer threads (-T 1)"
                  .formatted(Quantities.bytes(Runtime.getRuntime().maxMemory())),
              failure);
      case StackOverflowError _ ->
          new CommandFailure(
              ExitCode.FAILED,
              "the data is nested too deeply for the stack: try JETFOLD_JAVA_OPTS=-Xss8m",
              failure);
      case LinkageError _ ->
          new CommandFailure(
              ExitCode.FAILED,
              "a native library cannot be loaded (%s): check that %s, the folder for temporary files, has space left and allows programs to run"
                  .formatted(message(rootCause(failure)), System.getProperty("java.io.tmpdir")),
              failure);
      default ->
          new CommandFailure(
              ExitCode.FAILED,
              "internal error (%s): please report it, with the file if you can"
                  .formatted(
                      failure.getMessage() == null
                          ? failure.getClass().getSimpleName()
                          : message(failure)),
              failure);
    };
  }

  /** The option that a wrong request for a table was made with, in brackets. */
  private static String option(TableUsageException failure) {
    return failure
        .subject()
        .map(subject ->
            switch (subject) {
              case SOURCE_FORMAT -> " (--from)";
              case SINK_FORMAT -> " (--to)";
              case COLUMNS -> " (--columns; 'jetfold list' shows all)";
              case COLLECTIONS -> " (--collection)";
              case EVENT_COLUMN -> " (--event-column)";
              case OVERWRITE -> " (-f)";
            })
        .orElse("");
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String withAdvice(DamagedFileException damage) {
    return message(damage)
        + "; copy it again, or save what is left with 'jetfold decompress --recover'";
  }

  /** What to do where one branch of a ROOT file keeps the others from being read. */
  private static String branchAdvice(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RootException root && root.hasPlace()) {
        return "; --skip-unreadable leaves such branches out";
      }
    }
    return "";
  }

  private static boolean isBrokenPipe(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && "Broken pipe".equals(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
