package org.jetfold.cli.console;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jetfold.train.TrainingInterruptedException;

/**
 * Lets a command that is interrupted (Ctrl-C, kill) remove its temporary files before the process
 * ends. Its thread is interrupted, so that its next read or write fails and everything that is open
 * is closed.
 */
public final class Interruption {
  private static final int PATIENCE_SECONDS = 5;

  private static volatile boolean interrupted;

  private final CountDownLatch end = new CountDownLatch(1);

  private Interruption() {}

  /** Starts to watch a command that runs on a thread. */
  public static Interruption watch(Thread command) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("jetfold-interruption")
                .unstarted(() -> interruption.stop(command)));
    return interruption;
  }

  private void stop(Thread command) {
    if (end.getCount() == 0) {
      return;
    }
    interrupted = true;
    command.interrupt();
    try {
      boolean _ = end.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the command has closed everything that it opened. */
  public void ended() {
    end.countDown();
  }

  /**
   * Tells the user that a training was stopped, and how to continue it.
   *
   * @param checkpoint the file that was written
   */
  public static CommandFailure ofTraining(
      Path checkpoint, Streams streams, TrainingInterruptedException cause) {
    streams.say(
        "stopped; the state is in %s: continue with the same command and --resume"
            .formatted(checkpoint));
    return of(cause);
  }

  /** The failure of a command that trains and was interrupted; the caller says what is kept. */
  public static CommandFailure of(TrainingInterruptedException cause) {
    return new CommandFailure(ExitCode.FAILED, "interrupted", cause);
  }

  /**
   * Ends work that does not notice the interruption of its thread.
   *
   * @throws CommandFailure once the process was told to end
   */
  public static void check() {
    if (interrupted) {
      throw new CommandFailure(ExitCode.FAILED, "interrupted");
    }
  }

  /** True once the process was told to end. */
  public static boolean happened() {
    return interrupted;
  }
}
