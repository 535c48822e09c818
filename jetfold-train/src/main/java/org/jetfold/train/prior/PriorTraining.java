package org.jetfold.train.prior;

import java.io.IOException;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.AutoencoderSample;
import org.jetfold.train.density.DensityTraining;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSample;
import org.jetfold.train.density.TrainingSettings;

/** Trains the prior of a finished autoencoder: a density model of its rounded latents. */
public final class PriorTraining {
  private PriorTraining() {}

  /**
   * Trains a prior. The thread that calls it is busy until the end; it may be interrupted.
   *
   * @param sample that the model was trained on; its validation set is that of the prior, too
   * @param precision of the latents
   * @throws UntrainableTableException where the latents have too many different values
   * @throws org.jetfold.train.LibTorchException where libtorch is missing or cannot be loaded
   * @throws org.jetfold.train.TrainingInterruptedException where the thread was interrupted
   */
  public static TrainedPrior train(
      Autoencoder model, AutoencoderSample sample, Precision precision, TrainingSettings settings)
      throws IOException {
    float[][] latents = latents(model, sample, precision);
    boolean areJets = model.description().jets() == 1;
    TrainedModel trained =
        DensityTraining.train(
            TrainingSample.ofLatents(
                latents,
                areJets && sample.hasEvents() ? sample.offsets() : null,
                precision,
                areJets ? sample.jetWeights() : null),
            settings);
    DensityModel prior = (DensityModel) trained.model();
    if (prior.description().columns().size() != latents.length) {
      throw new UntrainableTableException(
          "has latents with too many different values at %s: round them more coarsely"
              .formatted(precision));
    }
    return new TrainedPrior(
        model.withPrior(new LatentPrior(prior)),
        precision,
        trained.staticBits(),
        trained.learnedBits());
  }

  private static float[][] latents(
      Autoencoder model, AutoencoderSample sample, Precision precision) {
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    float[][] normalized = new float[sample.values().length][];
    for (int v = 0; v < normalized.length; v++) {
      normalized[v] = networks.normalized(v, sample.values());
    }
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    return networks.encode(
        normalized,
        model.description().rows(sample.offsets(), sample.jets()),
        (values, count) -> {
          long[] symbols = new long[count];
          quantizer.quantize(values, 0, count, symbols);
          quantizer.restore(symbols, count, values, 0);
        });
  }

  /**
   * An autoencoder with a prior, and what the latents of a row take on the test set.
   *
   * @param model with the prior
   * @param precision of latents
   * @param staticBits with a distribution of each latent
   * @param bits with the prior
   */
  public record TrainedPrior(
      Autoencoder model, Precision precision, double staticBits, double bits) {}
}
