package org.jetfold.cli.option;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jetfold.cli.console.Streams;
import org.jspecify.annotations.Nullable;

/** A progress bar where standard error is a terminal; otherwise nothing. */
public final class Progress implements LongConsumer, AutoCloseable {
  /** The number of entries where it is not known. */
  public static final long UNKNOWN = -1;

  private static final int MAX_WIDTH = 100;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Starts a bar.
   *
   * @param total the number of entries, or {@link #UNKNOWN}
   * @param unit the noun for an entry
   */
  public static Progress start(
      Streams streams, QuietOption options, String task, long total, String unit) {
    if (options.quiet || !streams.errIsTerminal()) {
      return new Progress(null);
    }
    return new Progress(bar(streams, task, total).setUnit(" " + unit + "s", 1).build());
  }

  /**
   * A bar that fits the terminal: a longer line would be broken, and each drawing would begin a new
   * one.
   *
   * @param task what is done; its beginning, where it is long
   */
  public static ProgressBarBuilder bar(Streams streams, String task, long total) {
    int width = Math.clamp(Streams.messageColumns(), 1, MAX_WIDTH);
    String name = Streams.printable(task);
    int room = width / 3;
    return new ProgressBarBuilder()
        .setTaskName(name.length() > room ? name.substring(0, room) : name)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setMaxRenderedLength(width)
        .setConsumer(new ConsoleProgressBarConsumer(streams.err(), width))
        .clearDisplayOnFinish();
  }

  @Override
  public void accept(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
