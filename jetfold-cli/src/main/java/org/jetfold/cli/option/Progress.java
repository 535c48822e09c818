package org.jetfold.cli.option;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jetfold.cli.console.Streams;
import org.jspecify.annotations.Nullable;

/** A bar that shows how far the work is, where a person watches; otherwise nothing. */
public final class Progress implements LongConsumer, AutoCloseable {
  /** The number of entries where nobody knows it yet. */
  public static final long UNKNOWN = -1;

  private static final int WIDTH = 90;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Starts a bar.
   *
   * @param total how many entries there are to do, or {@link #UNKNOWN}
   * @param unit what an entry is called
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
