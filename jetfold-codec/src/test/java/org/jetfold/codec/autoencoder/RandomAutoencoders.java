package org.jetfold.codec.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.table.EnergyUnit;

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
            latents);
    return Autoencoder.of(
        description,
        layers(random, description.encoderWidths()),
        layers(random, description.decoderWidths()));
  }

  private static Normalization normalization(int v) {
    return switch (v % 3) {
      case 0 -> new Normalization.Formula(true, 0.5, 1, 0.5, 1.2);
      case 1 -> new Normalization.Formula(false, 1, 0, 0.25, 2);
      default -> new Normalization.Knots(new double[] {-1, 0, 4}, new double[] {-2, 0.5, 1});
    };
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
