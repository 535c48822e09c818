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
import org.jetfold.codec.selection.CutBlockException;
import org.jetfold.codec.table.IllFormedNameException;
import org.jetfold.codec.text.Quantities;
import org.jetfold.root.RootException;
import org.jetfold.tables.format.FileFailures;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.train.MissingUnitException;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.DivergedException;

/** Turns any exception into one line for the user and the exit code of the command. */
public final class Failures {
  /** For developers: where this property is set, failures are printed with their stack trace. */
  private static final String STACK_TRACE = "jetfold.stacktrace";

  private static final String RECOVERY =
      "; copy it again, or save what is left with 'jetfold decompress --recover'";

  private Failures() {}

  /** Prints what failed, in one line, and returns the exit code. */
  public static int report(CommandFailure failure, Streams streams) {
    if (Interruption.happened()) {
      // A training has said itself what it keeps.
      if (!(failure.getCause() instanceof TrainingInterruptedException)) {
        streams.say("stopped; no unfinished file is left");
      }
    } else if (failure.exitCode() != ExitCode.BROKEN_PIPE) {
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
    String message = file + ": " + failure.getMessage();
    return switch (failure) {
      case CommandFailure known -> known;
      case FileAlreadyExistsException _ ->
          CommandFailure.usage(
              file + ": exists already: choose another name, or replace it with -f", failure);
      case DamagedFileException _ -> failed(message + RECOVERY, failure);
      case MissingModelException _ ->
          failed(message + ": copy it to the file's folder, or name it with --model", failure);
      case UnknownUnitException unit ->
          CommandFailure.usage(
              "%s: say --unit %s if they are in it".formatted(message, unit.trained().symbol()),
              failure);
      case MissingUnitException _ ->
          CommandFailure.usage(message + " with --unit MeV or --unit GeV", failure);
      case DivergedException _ -> failed(message + " with --lr", failure);
      case UntrainableTableException _, ModelException _ -> CommandFailure.usage(message, failure);
      case CutBlockException _ ->
          CommandFailure.usage(
              message + " ('jetfold decompress' has --events and --where, too)", failure);
      case UnsupportedFormatException _, IllFormedNameException _ -> failed(message, failure);
      case FileSystemException e -> failed(file + ": " + FileFailures.reason(e), failure);
      default -> of(failure);
    };
  }

  /** The failure of a command that is not about a known file. */
  public static CommandFailure of(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case CommandFailure known -> known;
      case PrecisionException _ -> CommandFailure.usage(message, failure);
      case TableUsageException e -> CommandFailure.usage(message + option(e), failure);
      case IOException _ when isBrokenPipe(failure) ->
          new CommandFailure(ExitCode.BROKEN_PIPE, "", failure);
      case JetfoldException _, IOException _ -> failed(message + branchAdvice(failure), failure);
      case OutOfMemoryError _ ->
          failed(
              "not enough memory (%s): give it more with JETFOLD_JAVA_OPTS=-Xmx4g, or use fewer threads (-T 1)"
                  .formatted(Quantities.bytes(Runtime.getRuntime().maxMemory())),
              failure);
      case StackOverflowError _ ->
          failed(
              "the data is nested too deeply for the stack: try JETFOLD_JAVA_OPTS=-Xss8m", failure);
      case LinkageError _ -> ofLoading(failure);
      default -> internal(failure);
    };
  }

  /** A class or a library that cannot be loaded; libraries are unpacked into temporary files. */
  private static CommandFailure ofLoading(Throwable failure) {
    Throwable root = rootCause(failure);
    return switch (root) {
      case OutOfMemoryError _ -> of(root);
      case UnsatisfiedLinkError _, IOException _ ->
          failed(
              "a native library cannot be loaded (%s): check that %s, the folder for temporary files, has space left and allows programs to run"
                  .formatted(root.getMessage(), System.getProperty("java.io.tmpdir")),
              failure);
      case NoClassDefFoundError _, ClassNotFoundException _ ->
          failed(
              "this installation of Jetfold is not complete, it lacks %s: unpack or build it anew"
                  .formatted(root.getMessage()),
              failure);
      default -> internal(failure);
    };
  }

  private static CommandFailure internal(Throwable failure) {
    return failed(
        "internal error (%s): please report it, with the file if you can"
            .formatted(
                failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : failure.getMessage()),
        failure);
  }

  private static CommandFailure failed(String message, Throwable cause) {
    return new CommandFailure(ExitCode.FAILED, message, cause);
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
}
