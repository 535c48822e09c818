package org.jetfold.train.autoencoder;

import java.util.List;
import org.jetfold.codec.autoencoder.Autoencoder;

/**
 * A trained autoencoder, and its errors on the test set, which neither trained it nor chose its
 * weights, measured with the codec's own networks. Latents are exact, or rounded where the settings
 * say how. Immutable.
 *
 * @param model the model
 * @param meanSquare mean squared error of the normalized variables
 * @param lossShare the loss on both sets divided by that of predicting the mean of each variable;
 *     NaN where that is 0
 * @param variables one for each variable of the network
 * @param testJets the number of jets of the test set
 * @param validationLoss the mean squared error on the validation set, which chose the weights, and
 *     so tends to be too low
 * @param exceptions the number of their values that the network cannot take
 * @param seconds duration of the training by the clock
 * @param epochs of the training
 * @param history the validation loss during the training
 */
public record TrainedAutoencoder(
    Autoencoder model,
    double meanSquare,
    double lossShare,
    List<Residuals> variables,
    int testJets,
    double validationLoss,
    long exceptions,
    double seconds,
    double epochs,
    List<Validation> history) {
  /** With correlated variables a trained network is far below this. */
  private static final double MIN_UNTRAINED_SHARE = 0.9;

  /** Copies the lists. */
  public TrainedAutoencoder {
    variables = List.copyOf(variables);
    history = List.copyOf(history);
  }

  /** Whether the network is hardly better than predicting the mean of each variable. */
  public boolean isAsBadAsConstant() {
    return lossShare >= MIN_UNTRAINED_SHARE;
  }

  /**
   * The errors of a variable.
   *
   * @param name its name
   * @param meanSquare the mean squared error of the normalized variable
   * @param variance of the normalized variable: the mean squared error of predicting its mean
   * @param relative the quantiles 0.5, 0.68, 0.95, 0.999 and 1 of |x̂ − x| / |x| for x ≠ 0
   * @param absolute the same quantiles of |x̂ − x|
   */
  public record Residuals(
      String name, double meanSquare, double variance, double[] relative, double[] absolute) {}

  /** The mean squared error of the validation set after some epochs. */
  public record Validation(double epoch, double meanSquare) {}
}
