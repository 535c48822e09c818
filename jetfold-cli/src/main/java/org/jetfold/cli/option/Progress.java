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

  private static final int WIDTH = 90;

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
      Streams streams, WorkingOptions options, String task, long total, String unit) {
    if (options.quiet || !streams.errIsTerminal()) {
      return new Progress(null);
    }
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(Streams.printable(task))
            .setInitialMax(total)
            .setUnit(" " + unit + "s", 1)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setMaxRenderedLength(WIDTH)
            .setConsumer(new ConsoleProgressBarConsumer(streams.err(), WIDTH))
            .clearDisplayOnFinish()
            .build();
    return new Progress(bar);
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
