package org.jetfold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.table.EnergyUnit;

/** Models that nobody trained: what they restore is wrong, and all else is right. */
final class RandomAutoencoder {
  private RandomAutoencoder() {}

  /** Writes a model of pt, which is an energy, eta and phi, with one latent. */
  static Path write(Path file, EnergyUnit unit) throws IOException {
    return write(file, unit, "pt");
  }

  /** Writes a model of an energy, eta and phi, with one latent. */
  static Path write(Path file, EnergyUnit unit, String energy) throws IOException {
    return write(file, unit, energy, false, 0);
  }

  /** Writes a model of pt, eta and phi whose decoder is given pt beside the latent. */
  static Path writeKeepingPt(Path file) throws IOException {
    return write(file, EnergyUnit.MEV, "pt", true, 0);
  }

  /** Writes a model of pt, eta and phi that remembers the jets of an event in two numbers. */
  static Path writeWithMemory(Path file) throws IOException {
    return write(file, EnergyUnit.MEV, "pt", false, 2);
  }

  private static Path write(Path file, EnergyUnit unit, String energy, boolean keepsIt, int memory)
      throws IOException {
    List<AutoencoderVariable> variables =
        List.of(
            variable(energy, true, keepsIt),
            variable("eta", false, false),
            variable("phi", false, false));
    AutoencoderDescription description =
        new AutoencoderDescription(
            "test", "", unit, 1, Activation.TANH, false, variables, List.of(4), 1, memory);
    Random random = new Random(1);
    Autoencoder model =
        Autoencoder.of(
            description,
            layers(random, description.encoderWidths()),
            layers(random, description.decoderWidths()),
            memory(random, description));
    return Files.write(file, model.bytes());
  }

  private static List<DenseLayer> memory(Random random, AutoencoderDescription description) {
    List<DenseLayer> memory = new ArrayList<>();
    for (int[] widths : description.memoryWidths()) {
      memory.addAll(layers(random, widths));
    }
    return memory;
  }

  private static AutoencoderVariable variable(String name, boolean energy, boolean kept) {
    return new AutoencoderVariable(
        name, energy, kept, new Normalization.Formula(false, 1, 0, 0, energy ? 1e5 : 3));
  }

  private static List<DenseLayer> layers(Random random, int[] widths) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      float[] weights = new float[widths[l] * widths[l - 1]];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      layers.add(new DenseLayer(weights, new float[widths[l]]));
    }
    return layers;
  }
}
