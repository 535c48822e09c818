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
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.EnergyUnit;

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
    all.put("autoencoded-two-jets-and-kept", file("bits:7", true, 2, true, Precision.exact()));
    return all;
  }

  private static byte[] file(
      String setting, boolean measured, int together, boolean kept, Precision latents)
      throws IOException {
    Sample jets = GoldenTables.jets(200, setting);
    Autoencoder model = model(jets, together, kept);
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
            together);
    Numbers numbers = new Numbers(7);
    return Autoencoder.of(
        description,
        layers(numbers, description.encoderWidths()),
        layers(numbers, description.decoderWidths()));
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
