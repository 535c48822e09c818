package org.jetfold.codec.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.RandomModels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.ValueType;

/** Autoencoders whose weights are drawn by chance. */
public final class RandomAutoencoders {
  private RandomAutoencoders() {}

  /**
   * A model.
   *
   * @param names of the variables; from the third on, some may be azimuths
   * @param kept how many of the first variables are kept
   */
  public static Autoencoder model(
      Random random,
      List<String> names,
      int kept,
      int jets,
      int latents,
      List<Integer> hidden,
      Activation activation) {
    return model(random, names, kept, jets, latents, hidden, activation, 0);
  }

  /** The same, which remembers the earlier jets of an event in {@code memory} units. */
  public static Autoencoder model(
      Random random,
      List<String> names,
      int kept,
      int jets,
      int latents,
      List<Integer> hidden,
      Activation activation,
      int memory) {
    List<AutoencoderVariable> variables = new ArrayList<>();
    int azimuth = -1;
    for (int v = 0; v < names.size(); v++) {
      boolean isAzimuth = v > 1 && v >= kept && random.nextBoolean();
      Normalization normalization =
          isAzimuth
              ? new Normalization.Azimuth(random.nextBoolean(), 0.5 + random.nextDouble(), azimuth)
              : normalization(v);
      azimuth = isAzimuth && azimuth < 0 ? v : azimuth;
      variables.add(new AutoencoderVariable(names.get(v), v % 2 == 0, v < kept, normalization));
    }
    AutoencoderDescription description =
        new AutoencoderDescription(
            "test 1",
            "random",
            EnergyUnit.GEV,
            jets,
            activation,
            random.nextBoolean(),
            variables,
            hidden,
            latents,
            memory);
    return Autoencoder.of(
        description,
        layers(random, description.encoderWidths()),
        layers(random, description.decoderWidths()),
        memory(random, description));
  }

  /**
   * The model with a prior whose network is drawn by chance, and whose distributions are those of
   * latents about 0.
   *
   * @param width of the latents
   */
  public static Autoencoder withPrior(
      Random random, Autoencoder model, Precision precision, boolean events, double width) {
    float[][] latents = new float[model.description().latents()][300];
    for (float[] latent : latents) {
      for (int i = 0; i < latent.length; i++) {
        latent[i] = (float) (width * random.nextGaussian());
      }
    }
    return withPrior(random, model, precision, events, latents);
  }

  /** The same with the distributions of some latents. */
  public static Autoencoder withPrior(
      Random random, Autoencoder model, Precision precision, boolean events, float[][] latents) {
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    List<ModelDescription.Sample> samples = new ArrayList<>();
    for (int latent = 0; latent < latents.length; latent++) {
      long[] symbols = new long[latents[latent].length];
      quantizer.quantize(new ColumnValues.Floats(latents[latent]), 0, symbols.length, symbols);
      samples.add(
          new ModelDescription.Sample(
              "latent_" + (latent + 1), ValueType.FLOAT32, precision, symbols));
    }
    ModelDescription description = ModelDescription.of("test", events, samples, 4, 2);
    return model.withPrior(new LatentPrior(RandomModels.model(random, description, 0.005)));
  }

  private static Normalization normalization(int v) {
    return switch (v % 3) {
      case 0 -> new Normalization.Formula(true, 0.5, 1, 0.5, 1.2);
      case 1 -> new Normalization.Formula(false, 1, 0, 0.25, 2);
      default -> new Normalization.Knots(new double[] {-1, 0, 4}, new double[] {-2, 0.5, 1});
    };
  }

  private static List<DenseLayer> memory(Random random, AutoencoderDescription description) {
    List<DenseLayer> memory = new ArrayList<>();
    for (int[] widths : description.memoryWidths()) {
      memory.addAll(layers(random, widths));
    }
    return memory;
  }

  private static List<DenseLayer> layers(Random random, int[] widths) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      float[] weights = new float[widths[l] * widths[l - 1]];
      float[] biases = new float[widths[l]];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (random.nextGaussian() / Math.sqrt(widths[l - 1]));
      }
      for (int i = 0; i < biases.length; i++) {
        biases[i] = (float) (0.1 * random.nextGaussian());
      }
      layers.add(new DenseLayer(weights, biases));
    }
    return layers;
  }
}
