package org.jetfold.train;

import java.util.List;
import org.jetfold.codec.autoencoder.Autoencoder;

/**
 * A trained autoencoder, and how good it is on events that it did not learn from, found with the
 * codec's own networks and latents that lose nothing.
 *
 * @param model the model
 * @param meanSquare mean squared error of normalized variables
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
    List<Residuals> variables,
    int heldOutJets,
    long exceptions,
    double seconds,
    double epochs,
    List<Judgement> history) {
  /** Copies the lists. */
  public TrainedAutoencoder {
    variables = List.copyOf(variables);
    history = List.copyOf(history);
  }

  /**
   * How well a variable comes back.
   *
   * @param meanSquare of the normalized variable
   * @param relative quantiles 0.5, 0.68, 0.95, 0.999 and 1 of |x̂ − x| / |x|, x ≠ 0
   * @param absolute the same of |x̂ − x|
   */
  public record Residuals(String name, double meanSquare, double[] relative, double[] absolute) {}

  /** Mean squared error on held-out events after some epochs. */
  public record Judgement(double epoch, double meanSquare) {}
}
