package org.jetfold.train.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** Measures the errors of an autoencoder on a sample, with the codec's networks. */
final class AutoencoderValidator {
  private static final double[] QUANTILES = {0.5, 0.68, 0.95, 0.999, 1};

  private final AutoencoderSample sample;
  private final @Nullable Precision rounding;

  /**
   * Measures on a sample.
   *
   * @param rounding what latents lose; null for nothing
   */
  AutoencoderValidator(AutoencoderSample sample, @Nullable Precision rounding) {
    this.sample = sample;
    this.rounding = rounding;
  }

  private InputRows rows(Autoencoder model) {
    return model.description().rows(sample.offsets(), sample.jets());
  }

  private float[][] normalized(JetNetworks networks) {
    float[][] normalized = new float[sample.values().length][];
    for (int v = 0; v < normalized.length; v++) {
      normalized[v] = networks.normalized(v, sample.values());
    }
    return normalized;
  }

  /** The standard deviation of each latent. */
  double[] latentDeviations(Autoencoder model) {
    float[][] latents = latents(model);
    double[] deviations = new double[latents.length];
    for (int l = 0; l < latents.length; l++) {
      double mean = 0;
      for (float latent : latents[l]) {
        mean += latent;
      }
      mean /= latents[l].length;
      double square = 0;
      for (float latent : latents[l]) {
        square += (latent - mean) * (latent - mean);
      }
      deviations[l] = Math.sqrt(square / latents[l].length);
    }
    return deviations;
  }

  /** The latents of all rows, not rounded. */
  float[][] latents(Autoencoder model) {
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    return networks.encode(normalized(networks), rows(model), this::round);
  }

  /**
   * A loss, beside that of predicting the mean of each variable.
   *
   * @param loss the weighted sum of the mean squared errors of the variables
   * @param ofMeans the same of predicting their means
   * @param meanSquare the mean squared error
   */
  record Loss(double loss, double ofMeans, double meanSquare) {}

  /** The loss of a model. */
  Loss loss(Autoencoder model) {
    return loss(model, residuals(model));
  }

  private Loss loss(Autoencoder model, List<TrainedAutoencoder.Residuals> residuals) {
    double sum = 0;
    double weighted = 0;
    double weightedOfMeans = 0;
    int reproduced = 0;
    for (int v = 0; v < residuals.size(); v++) {
      if (!model.description().variables().get(v).kept()) {
        sum += residuals.get(v).meanSquare();
        weighted += sample.weights()[v] * residuals.get(v).meanSquare();
        weightedOfMeans += sample.weights()[v] * residuals.get(v).variance();
        reproduced++;
      }
    }
    return new Loss(weighted, weightedOfMeans, sum / reproduced);
  }

  /**
   * Measures the errors of a model.
   *
   * @param validation its loss on the validation set
   */
  TrainedAutoencoder validate(
      Autoencoder model,
      Loss validation,
      double seconds,
      double epochs,
      List<TrainedAutoencoder.Validation> history) {
    List<TrainedAutoencoder.Residuals> residuals = residuals(model);
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    long exceptions = 0;
    for (float[] normalized : normalized(networks)) {
      for (float y : normalized) {
        exceptions += Float.isNaN(y) ? 1 : 0;
      }
    }
    Loss test = loss(model, residuals);
    // Of few jets either set alone says little.
    double ofMeans = test.ofMeans() + validation.ofMeans();
    return new TrainedAutoencoder(
        model,
        test.meanSquare(),
        ofMeans > 0 ? (test.loss() + validation.loss()) / ofMeans : Double.NaN,
        residuals,
        sample.jets(),
        validation.meanSquare(),
        exceptions,
        seconds,
        epochs,
        history);
  }

  private List<TrainedAutoencoder.Residuals> residuals(Autoencoder model) {
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    float[][] normalized = normalized(networks);
    InputRows rows = rows(model);
    boolean[] asked = new boolean[normalized.length];
    Arrays.fill(asked, true);
    double[] @Nullable [] restored =
        networks.decode(rounded(latents(model)), normalized, asked, rows);
    List<TrainedAutoencoder.Residuals> residuals = new ArrayList<>();
    for (int v = 0; v < asked.length; v++) {
      double[] values = restored[v];
      if (values == null) {
        throw new IllegalStateException("the networks did not restore variable " + v);
      }
      residuals.add(residuals(model.description().variables().get(v), v, normalized[v], values));
    }
    return residuals;
  }

  /** Latents as a file will have them. */
  private float[][] rounded(float[][] latents) {
    for (float[] latent : latents) {
      round(latent, latent.length);
    }
    return latents;
  }

  private void round(float[] values, int count) {
    if (rounding != null) {
      Quantizer quantizer = Quantizer.of(rounding, ValueType.FLOAT32);
      long[] symbols = new long[count];
      quantizer.quantize(values, 0, count, symbols);
      quantizer.restore(symbols, count, values, 0);
    }
  }

  private TrainedAutoencoder.Residuals residuals(
      AutoencoderVariable variable, int v, float[] normalized, double[] restored) {
    double[] relative = new double[restored.length];
    double[] absolute = new double[restored.length];
    int relatives = 0;
    int absolutes = 0;
    double[] relativeWeights = new double[restored.length];
    double[] absoluteWeights = new double[restored.length];
    double all = 0;
    double square = 0;
    double sum = 0;
    double sumOfSquares = 0;
    for (int i = 0; i < restored.length; i++) {
      if (Float.isNaN(normalized[i])) {
        continue;
      }
      double x = sample.values()[v][i];
      double error = Math.abs(error(variable.normalization(), restored[i], x));
      double difference = difference(variable.normalization(), restored[i], x, normalized[i]);
      double weight = sample.jetWeight(i);
      all += weight;
      square += weight * (difference * difference);
      sum += weight * normalized[i];
      sumOfSquares += weight * ((double) normalized[i] * normalized[i]);
      absoluteWeights[absolutes] = weight;
      absolute[absolutes++] = error;
      if (x != 0) {
        relativeWeights[relatives] = weight;
        relative[relatives++] = error / Math.abs(x);
      }
    }
    double mean = all == 0 ? 0 : sum / all;
    return new TrainedAutoencoder.Residuals(
        variable.name(),
        all == 0 ? 0 : square / all,
        all == 0 ? 0 : Math.max(0, sumOfSquares / all - mean * mean),
        quantiles(relative, relativeWeights, relatives),
        quantiles(absolute, absoluteWeights, absolutes));
  }

  /** The error of a restored value; of an azimuth, the short way. */
  private static double error(Normalization normalization, double restored, double x) {
    return normalization instanceof Normalization.Azimuth
        ? Normalization.Azimuth.wrapped(restored - x)
        : restored - x;
  }

  /** The error of a restored value, as the network sees it. */
  private static double difference(
      Normalization normalization, double restored, double x, float normalized) {
    if (normalization instanceof Normalization.Azimuth azimuth) {
      return error(azimuth, restored, x) / azimuth.width();
    }
    double back = normalization.apply(restored);
    return (Double.isNaN(back) ? 0 : back) - normalized;
  }

  private double[] quantiles(double[] values, double[] weights, int count) {
    double[] quantiles = new double[QUANTILES.length];
    if (sample.jetWeights() != null) {
      weightedQuantiles(values, weights, count, quantiles);
      return quantiles;
    }
    Arrays.sort(values, 0, count);
    for (int q = 0; q < quantiles.length; q++) {
      quantiles[q] = count == 0 ? 0 : values[(int) (QUANTILES[q] * (count - 1))];
    }
    return quantiles;
  }

  /** The smallest value up to which the values hold a part of the weight. */
  private static void weightedQuantiles(
      double[] values, double[] weights, int count, double[] quantiles) {
    int[] order =
        IntStream.range(0, count)
            .filter(i -> weights[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double all = Arrays.stream(order).mapToDouble(i -> weights[i]).sum();
    double below = 0;
    int q = 0;
    for (int i : order) {
      below += weights[i];
      while (q < quantiles.length && below >= QUANTILES[q] * all) {
        quantiles[q++] = values[i];
      }
    }
    while (q < quantiles.length) {
      // Rounding may leave the sum below its whole.
      quantiles[q++] = order.length == 0 ? 0 : values[order[order.length - 1]];
    }
  }
}
