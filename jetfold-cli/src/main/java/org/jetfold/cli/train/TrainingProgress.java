package org.jetfold.cli.train;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jetfold.cli.console.Quantities;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.train.density.TrainingMonitor;
import org.jetfold.train.density.TrainingSample;
import org.jspecify.annotations.Nullable;

/**
 * Says how training goes: what will be trained in a line; then the bits that a row takes now and
 * the time left, in a bar where a person watches, elsewhere in a line now and then.
 */
final class TrainingProgress implements TrainingMonitor, AutoCloseable {
  private static final int WIDTH = 100;
  private static final int PARTS = 1000;
  private static final int LINES = 10;

  private final Streams streams;
  private final String entry;
  private final boolean quiet;
  private @Nullable ProgressBar bar;
  private String staticBits = "";
  private int linesSaid;

  private TrainingProgress(Streams streams, String entry, boolean quiet) {
    this.streams = streams;
    this.entry = entry;
    this.quiet = quiet;
  }

  static TrainingProgress start(Streams streams, WorkingOptions options, TrainingSample sample) {
    String name = Streams.printable(sample.collection());
    String entry =
        name.isEmpty()
            ? "row"
            : name.length() > 2 && name.endsWith("s")
                ? name.substring(0, name.length() - 1)
                : name + " object";
    TrainingProgress progress = new TrainingProgress(streams, entry, options.quiet);
    if (!options.quiet) {
      progress.sayColumns(sample);
    }
    return progress;
  }

  /** Says which columns no model is for, and which are coded earlier than they stand. */
  private void sayColumns(TrainingSample sample) {
    if (!sample.others().isEmpty()) {
      streams.say(
          "a model is for floats: %s will be coded without it"
              .formatted(Quantities.names(sample.others())));
    }
    if (!sample.movedUp().isEmpty()) {
      streams.say(
          "moved up in coding, for the order within events: %s"
              .formatted(Quantities.names(sample.movedUp())));
    }
  }

  /** Says where a training goes on; nothing of one that starts. */
  static void sayResumed(double share, Streams streams) {
    if (share > 0) {
      streams.say("resumed at %.0f %%".formatted(100 * share));
    }
  }

  @Override
  public void begins(Plan plan) {
    staticBits = Quantities.decimal(plan.staticBits(), 2);
    if (quiet) {
      return;
    }
    streams.say(
        "%s, to learn from %s and be judged by %s; %s, %s, %s"
            .formatted(
                Quantities.count(plan.columns(), "column"),
                Quantities.count(plan.trainingRows(), entry),
                Quantities.count(plan.heldOutRows(), entry),
                Quantities.count(plan.weights(), "weight"),
                Quantities.count(plan.hidden(), "hidden unit"),
                Quantities.count(plan.components(), "component")));
    sayResumed(plan.resumedAt(), streams);
    linesSaid = lines(plan.resumedAt());
    if (streams.errIsTerminal()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax(PARTS)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setMaxRenderedLength(WIDTH)
              .setConsumer(new ConsoleProgressBarConsumer(streams.err(), WIDTH))
              .hideEta()
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void progress(double share, double bits, double secondsLeft) {
    ProgressBar shown = bar;
    if (shown == null && (quiet || lines(share) == linesSaid)) {
      return;
    }
    String state =
        "%s bits a %s (static %s), %s left"
            .formatted(Quantities.decimal(bits, 2), entry, staticBits, clock(secondsLeft));
    if (shown == null) {
      linesSaid = lines(share);
      streams.say("%3.0f %%: %s".formatted(100 * share, state));
    } else {
      shown.stepTo((long) (PARTS * share));
      shown.setExtraMessage(state);
    }
  }

  /** How many lines are said until a share of training is done. */
  private static int lines(double share) {
    return (int) (LINES * share);
  }

  @Override
  public void rounds() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage("rounding the weights");
    }
  }

  /** Minutes and seconds. */
  static String clock(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
