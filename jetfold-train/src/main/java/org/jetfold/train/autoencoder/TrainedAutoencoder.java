package org.jetfold.train.autoencoder;

import java.util.List;
import org.jetfold.codec.autoencoder.Autoencoder;

/**
 * A trained autoencoder, and how good it is on events that it did not learn from, found with the
 * codec's own networks and latents that lose nothing.
 *
 * @param model the model
 * @param meanSquare mean squared error of normalized variables
 * @param lossShare the loss, by that of predicting the mean of each variable; NaN where that is 0
 * @param variables one a variable of the network
 * @param heldOutJets jets that this was found with
 * @param exceptions values among theirs that the network cannot take
 * @param seconds how long training took
 * @param epochs passes over the data
 * @param history the loss on held-out events as training went on
 */
public record TrainedAutoencoder(
    Autoencoder model,
    double meanSquare,
    double lossShare,
    List<Residuals> variables,
    int heldOutJets,
    long exceptions,
    double seconds,
    double epochs,
    List<Judgement> history) {
  /** A network that squeezes correlated variables is far below this. */
  private static final double NOTHING_LEARNED = 0.9;

  /** Copies the lists. */
  public TrainedAutoencoder {
    variables = List.copyOf(variables);
    history = List.copyOf(history);
  }

  /** Whether predicting the mean of each variable would be about as good. */
  public boolean isAsGoodAsConstant() {
    return lossShare >= NOTHING_LEARNED;
  }

  /**
   * How well a variable comes back.
   *
   * @param meanSquare of the normalized variable
   * @param variance of the normalized variable: what predicting its mean would give
   * @param relative quantiles 0.5, 0.68, 0.95, 0.999 and 1 of |x̂ − x| / |x|, x ≠ 0
   * @param absolute the same of |x̂ − x|
   */
  public record Residuals(
      String name, double meanSquare, double variance, double[] relative, double[] absolute) {}

  /** Mean squared error on held-out events after some epochs. */
  public record Judgement(double epoch, double meanSquare) {}
}
