package org.jetfold.codec.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.DenseLayer;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.JetNetworks;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.ValueType;

/** Good files with autoencoders, whose weights are drawn by chance. */
final class AutoencodedFiles {
  private static final int PT = 2;
  private static final int ETA = 3;

  private AutoencodedFiles() {}

  /** All files by name. */
  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("autoencoded-measured", file("bits:7", true, 1, false, new Precision.Absolute(0.01)));
    all.put("autoencoded-bounded", file("bits:7", false, 1, false, new Precision.Bits(5)));
    all.put("autoencoded-rel", file("rel:0.01", false, 1, false, new Precision.Bits(5)));
    all.put("autoencoded-abs", file("abs:0.01", false, 1, false, new Precision.Bits(5)));
    all.put("autoencoded-prior", withPrior());
    all.put("autoencoded-two-jets-and-kept", file("bits:7", true, 2, true, Precision.exact()));
    all.put("autoencoded-memory-measured", withMemory("bits:7", true, 2, true));
    all.put("autoencoded-memory-bounded", withMemory("abs:0.01", false, 1, false));
    return all;
  }

  private static byte[] file(
      String setting, boolean measured, int together, boolean kept, Precision latents)
      throws IOException {
    Sample jets = GoldenTables.jets(200, setting);
    return file(jets, model(jets, together, kept), measured, latents);
  }

  /** With a network that remembers the earlier jets of an event in five units. */
  private static byte[] withMemory(String setting, boolean measured, int together, boolean kept)
      throws IOException {
    Sample jets = GoldenTables.jets(200, setting);
    return file(jets, model(jets, together, kept, 5), measured, new Precision.Absolute(0.05));
  }

  /** With a prior that has no hidden units. */
  private static byte[] withPrior() throws IOException {
    Sample jets = GoldenTables.jets(200, "bits:7");
    Precision latents = new Precision.Absolute(0.01);
    Autoencoder model = model(jets, 1, false);
    long[] symbols = new long[jets.table().entries(1)];
    Quantizer.of(latents, ValueType.FLOAT32)
        .quantize(new ColumnValues.Floats(latents(jets, model)), 0, symbols.length, symbols);
    Numbers numbers = new Numbers(11);
    ModelDescription description =
        ModelDescription.of(
            "golden 1",
            true,
            List.of(new ModelDescription.Sample("latent_1", ValueType.FLOAT32, latents, symbols)),
            0,
            1);
    int[] lengths = AutoregressiveWeights.lengths(description.shape());
    float[][] weights = new float[lengths.length][];
    float[] steps = new float[lengths.length];
    for (int array = 0; array < lengths.length; array++) {
      weights[array] = new float[lengths[array]];
      steps[array] = 1f / 16;
      for (int i = 0; i < weights[array].length; i++) {
        weights[array][i] = (numbers.below(3) - 1) / 16f;
      }
    }
    DensityModel prior =
        DensityModel.of(description, QuantizedWeights.of(AutoregressiveWeights.of(weights), steps));
    return file(jets, model.withPrior(new LatentPrior(prior)), true, latents);
  }

  private static float[] latents(Sample jets, Autoencoder model) {
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    double[][] values = new double[2][jets.table().entries(1)];
    float[][] normalized = new float[2][];
    for (int v = 0; v < values.length; v++) {
      float[] floats = jets.table().floats(jets.schema().columns().get(v == 0 ? PT : ETA).name());
      for (int i = 0; i < floats.length; i++) {
        values[v][i] = floats[i];
      }
      normalized[v] = networks.normalized(v, values);
    }
    return networks.encode(normalized, InputRows.single(values[0].length))[0];
  }

  private static byte[] file(Sample jets, Autoencoder model, boolean measured, Precision latents)
      throws IOException {
    try (Compressor compressor = new Compressor(1)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      compressor.compress(
          new PiecedSource(jets.table()),
          Compression.of(
              jets.schema(),
              jets.precisions(),
              ModelUse.embedded(model).withLatents(latents).withBounds(!measured)),
          out,
          entries -> {});
      return out.toByteArray();
    }
  }

  private static Autoencoder model(Sample jets, int together, boolean kept) {
    return model(jets, together, kept, 0);
  }

  private static Autoencoder model(Sample jets, int together, boolean kept, int memory) {
    String pt = jets.schema().columns().get(PT).name();
    String eta = jets.schema().columns().get(ETA).name();
    List<AutoencoderVariable> variables =
        List.of(
            new AutoencoderVariable(
                pt, true, false, new Normalization.Formula(true, 1, -21, 1.3, 1.2)),
            new AutoencoderVariable(
                eta,
                false,
                kept,
                new Normalization.Knots(new double[] {-2, 0, 3}, new double[] {-1, 0.25, 1})));
    AutoencoderDescription description =
        new AutoencoderDescription(
            "golden 1",
            "",
            EnergyUnit.GEV,
            together,
            kept ? Activation.LEAKY_RELU : Activation.TANH,
            kept,
            variables,
            List.of(6, 5),
            together,
            memory);
    Numbers numbers = new Numbers(7);
    return Autoencoder.of(
        description,
        layers(numbers, description.encoderWidths()),
        layers(numbers, description.decoderWidths()),
        memory(numbers, description));
  }

  private static List<DenseLayer> memory(Numbers numbers, AutoencoderDescription description) {
    List<DenseLayer> memory = new ArrayList<>();
    for (int[] widths : description.memoryWidths()) {
      memory.addAll(layers(numbers, widths));
    }
    return memory;
  }

  private static List<DenseLayer> layers(Numbers numbers, int[] widths) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      layers.add(
          new DenseLayer(drawn(numbers, widths[l] * widths[l - 1]), drawn(numbers, widths[l])));
    }
    return layers;
  }

  private static float[] drawn(Numbers numbers, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (numbers.below(33) - 16) / 16f;
    }
    return values;
  }
}
