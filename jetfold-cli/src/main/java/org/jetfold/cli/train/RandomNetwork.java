package org.jetfold.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.train.autoencoder.AutoencoderPreset;

/** Networks of presets with random weights: they cost what trained ones cost. */
final class RandomNetwork {
  private RandomNetwork() {}

  /** A network of a preset, which nobody trained. */
  static Autoencoder of(AutoencoderPreset preset) {
    List<AutoencoderVariable> variables = new ArrayList<>();
    for (AutoencoderPreset.Variable variable : preset.variables()) {
      Normalization.Formula formula = variable.formula();
      variables.add(
          new AutoencoderVariable(
              variable.name(),
              variable.unit() != null,
              false,
              formula == null ? new Normalization.Formula(false, 1, 0, 0, 1) : formula));
    }
    AutoencoderDescription description =
        new AutoencoderDescription(
            "",
            preset.name(),
            EnergyUnit.MEV,
            1,
            preset.activation(),
            preset.batchNorm(),
            variables,
            preset.hidden(),
            preset.latents());
    Random random = new Random(1);
    return Autoencoder.of(
        description,
        layers(random, description.encoderWidths()),
        layers(random, description.decoderWidths()));
  }

  private static List<DenseLayer> layers(Random random, int[] widths) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      float[] weights = new float[widths[l] * widths[l - 1]];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (random.nextGaussian() / Math.sqrt(widths[l - 1]));
      }
      layers.add(new DenseLayer(weights, new float[widths[l]]));
    }
    return layers;
  }
}
