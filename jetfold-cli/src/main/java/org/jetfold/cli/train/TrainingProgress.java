package org.jetfold.cli.train;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.Progress;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;
import org.jetfold.train.density.TrainingMonitor;
import org.jetfold.train.density.TrainingSample;
import org.jspecify.annotations.Nullable;

/**
 * Prints the progress of a training: first a line on what is trained, then the bits per row and the
 * time left, as a bar on a terminal, otherwise in about ten lines.
 */
final class TrainingProgress implements TrainingMonitor, AutoCloseable {
  private static final int PARTS = 1000;
  private static final int LINES = 10;

  private final Streams streams;
  private final boolean quiet;
  private @Nullable ProgressBar bar;
  private String entry = "";
  private String staticBits = "";
  private int linesPrinted;

  TrainingProgress(Streams streams, boolean quiet) {
    this.streams = streams;
    this.quiet = quiet;
  }

  /** Prints which columns are not modelled, and which are coded earlier than in the table. */
  private void sayColumns(TrainingSample sample) {
    if (!sample.others().isEmpty()) {
      streams.say(
          "not modelled, integers with many values or always the same: %s"
              .formatted(Quantities.names(sample.others())));
    }
    if (!sample.contexts().isEmpty()) {
      streams.say("known of each before: %s".formatted(Quantities.names(sample.contexts())));
    }
    if (!sample.movedUp().isEmpty()) {
      streams.say(
          "coded first, because their values are in order within events: %s"
              .formatted(Quantities.names(sample.movedUp())));
    }
  }

  @Override
  public void estimates(TrainingSample sample, int number, int of) {
    if (!quiet) {
      streams.say(
          "%d of %d: a short training on %s of %s"
              .formatted(
                  number,
                  of,
                  Quantities.count(sample.columns().size(), "column"),
                  CollectionTable.name(sample)));
    }
  }

  /** Prints where a training continues, if it does. */
  static void sayResumed(double share, Streams streams) {
    if (share > 0) {
      streams.say("resumed at %.0f %%".formatted(100 * share));
    }
  }

  @Override
  public void begins(Plan plan) {
    String path = plan.sample().collection();
    String collection = path.substring(path.lastIndexOf('.') + 1);
    entry = collection.isEmpty() ? "row" : TableShape.singular(collection);
    staticBits = Quantities.decimal(plan.staticBits(), 2);
    linesPrinted = 0;
    if (quiet) {
      return;
    }
    sayColumns(plan.sample());
    streams.say(
        "%s, training on %s, validating on %,d; %s, %s, %s"
            .formatted(
                Quantities.count(plan.columns(), "column"),
                Quantities.count(plan.trainingRows(), entry),
                plan.validationRows(),
                Quantities.count(plan.weights(), "weight"),
                Quantities.count(plan.hidden(), "hidden unit"),
                Quantities.count(plan.components(), "component")));
    sayResumed(plan.resumedAt(), streams);
    linesPrinted = lines(plan.resumedAt());
    if (streams.errIsTerminal()) {
      close();
      bar = Progress.bar(streams, "training", PARTS).hideEta().build();
    }
  }

  @Override
  public void progress(double share, double bits, double secondsLeft) {
    ProgressBar shown = bar;
    if (shown == null && (quiet || lines(share) == linesPrinted)) {
      return;
    }
    String state =
        "%s bits per %s (static %s), %s left"
            .formatted(Quantities.decimal(bits, 2), entry, staticBits, clock(secondsLeft));
    if (shown == null) {
      linesPrinted = lines(share);
      streams.say("%3.0f %%: %s".formatted(100 * share, state));
    } else {
      shown.stepTo((long) (PARTS * share));
      shown.setExtraMessage(state);
    }
  }

  /** How many lines are printed until a share of the training is done. */
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
