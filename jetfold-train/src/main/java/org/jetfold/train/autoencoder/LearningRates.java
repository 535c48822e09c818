package org.jetfold.train.autoencoder;

import java.util.List;

/** The learning rates of a training. Immutable. */
public sealed interface LearningRates {
  /** The rate at a share of the training, from 0 to 1. */
  double at(double progress);

  /** The largest rate. */
  double largest();

  /**
   * The share of the training from which on batch normalization uses the running means and
   * variances and no longer those of the batch (docs/autoencoder.md); above 1 for never.
   */
  double freezesNormalizationFrom();

  /**
   * One cycle (Smith and Topin, 2018): up along a cosine from a 25th of the largest rate, then down
   * to nearly nothing.
   */
  record OneCycle(double largest) implements LearningRates {
    private static final double WARM_UP = 0.25;
    private static final double FIRST = 1.0 / 25;
    private static final double LAST = 1e-4;

    /** Earlier, while rates are large, frozen means soon no longer fit the network. */
    private static final double FREEZES_NORMALIZATION = 0.6;

    @Override
    public double at(double progress) {
      return progress < WARM_UP
          ? between(FIRST * largest, largest, progress / WARM_UP)
          : between(largest, LAST * largest, (progress - WARM_UP) / (1 - WARM_UP));
    }

    @Override
    public double freezesNormalizationFrom() {
      return FREEZES_NORMALIZATION;
    }

    @Override
    public String toString() {
      return Double.toString(largest);
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
    }
  }

  /** Rates that are constant for some epochs each. */
  record Steps(List<Step> steps) implements LearningRates {
    /** Copies the list, which must not be empty. */
    public Steps {
      steps = List.copyOf(steps);
    }

    /** The epochs of all steps. */
    public int epochs() {
      return steps.stream().mapToInt(Step::epochs).sum();
    }

    @Override
    public double at(double progress) {
      double epoch = progress * epochs();
      for (Step step : steps) {
        if (epoch < step.epochs()) {
          return step.rate();
        }
        epoch -= step.epochs();
      }
      return steps.getLast().rate();
    }

    /** Never: steps reproduce the trainings of others. */
    @Override
    public double freezesNormalizationFrom() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public String toString() {
      return String.join(",", steps.stream().map(Step::toString).toList());
    }

    @Override
    public double largest() {
      return steps.stream().mapToDouble(Step::rate).max().orElseThrow();
    }
  }

  /** A constant rate for some epochs. */
  record Step(double rate, int epochs) {
    @Override
    public String toString() {
      return rate + ":" + epochs;
    }
  }
}
