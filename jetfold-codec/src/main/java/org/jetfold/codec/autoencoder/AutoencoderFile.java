package org.jetfold.codec.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.EnergyUnitField;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@code .jetm} file with an autoencoder (docs/format.md section 13.1). */
public final class AutoencoderFile {
  private static final int ENERGY = 1;
  private static final int KEPT = 2;

  private static final int LATENT_ACTIVATED = 1;
  private static final int MEMORY = 2;

  private AutoencoderFile() {}

  static byte[] write(
      AutoencoderDescription description,
      List<DenseLayer> encoder,
      List<DenseLayer> decoder,
      List<DenseLayer> memory,
      @Nullable LatentPrior prior) {
    ByteWriter body = new ByteWriter();
    body.u8(Autoencoder.KIND);
    body.string(description.producer());
    body.string(description.name());
    EnergyUnitField.write(description.unit(), body);
    body.varint(description.jets());
    body.u8(description.activation().code());
    body.u8(
        (description.latentActivated() ? LATENT_ACTIVATED : 0)
            | (description.memory() > 0 ? MEMORY : 0));
    body.varint(description.variables().size());
    for (AutoencoderVariable variable : description.variables()) {
      body.string(variable.name());
      body.u8((variable.energy() ? ENERGY : 0) | (variable.kept() ? KEPT : 0));
      variable.normalization().write(body);
    }
    body.varint(description.hidden().size());
    description.hidden().forEach(body::varint);
    body.varint(description.latents());
    if (description.memory() > 0) {
      body.varint(description.memory());
    }
    for (List<DenseLayer> layers : List.of(encoder, decoder, memory)) {
      for (DenseLayer layer : layers) {
        write(layer.biases(), body);
        write(layer.weights(), body);
      }
    }
    if (prior != null) {
      byte[] file = prior.model().bytes();
      body.varint(file.length);
      body.raw(file, 0, file.length);
    }
    return ModelEnvelope.seal(body);
  }

  private static void write(float[] values, ByteWriter out) {
    for (float value : values) {
      out.f32(value);
    }
  }

  /**
   * Reads a model.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged autoencoder
   */
  public static Autoencoder read(byte[] bytes) {
    ByteReader in = ModelEnvelope.open(bytes);
    int kind = in.u8();
    if (kind != Autoencoder.KIND) {
      throw in.malformed("a model of the kind %d, which is no autoencoder".formatted(kind));
    }
    try {
      AutoencoderDescription description = readDescription(in);
      List<DenseLayer> encoder = readLayers(in, description.encoderWidths());
      List<DenseLayer> decoder = readLayers(in, description.decoderWidths());
      List<DenseLayer> memory = readMemory(in, description);
      LatentPrior prior = in.remaining() == 0 ? null : readPrior(in);
      in.expectEnd("the model");
      return new Autoencoder(description, encoder, decoder, memory, prior, bytes.clone());
    } catch (IllegalArgumentException | JetfoldException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static List<DenseLayer> readMemory(ByteReader in, AutoencoderDescription description) {
    List<DenseLayer> memory = new ArrayList<>();
    for (int[] widths : description.memoryWidths()) {
      memory.addAll(readLayers(in, widths));
    }
    return memory;
  }

  private static LatentPrior readPrior(ByteReader in) {
    byte[] file = in.raw(in.count(in.remaining(), "the length of the prior"));
    return new LatentPrior(DensityModelFile.read(file));
  }

  private static AutoencoderDescription readDescription(ByteReader in) {
    String producer = in.string();
    String name = in.string();
    EnergyUnit unit = EnergyUnitField.read(in);
    int jets = in.count(AutoencoderDescription.MAX_JETS, "the number of jets");
    Activation activation = readActivation(in);
    int flags = in.u8();
    if (flags > (LATENT_ACTIVATED | MEMORY)) {
      throw in.malformed("the unknown flags %d".formatted(flags));
    }
    int count = in.count(AutoencoderDescription.MAX_VARIABLES, "the number of variables");
    List<AutoencoderVariable> variables = new ArrayList<>();
    for (int v = 0; v < count; v++) {
      String variable = in.string();
      int ofVariable = in.u8();
      if (ofVariable > (ENERGY | KEPT)) {
        throw in.malformed("variable %s has the unknown flags %d".formatted(variable, ofVariable));
      }
      variables.add(
          new AutoencoderVariable(
              variable,
              (ofVariable & ENERGY) != 0,
              (ofVariable & KEPT) != 0,
              Normalization.read(in)));
    }
    int layers = in.count(AutoencoderDescription.MAX_LAYERS, "the number of layers");
    List<Integer> hidden = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      hidden.add(in.count(AutoencoderDescription.MAX_UNITS, "the width of a layer"));
    }
    int latents = in.count(Integer.MAX_VALUE, "the number of latents");
    int memory = 0;
    if ((flags & MEMORY) != 0) {
      memory = in.count(AutoencoderDescription.MAX_UNITS, "the units of a memory");
      if (memory == 0) {
        throw in.malformed("a memory without units");
      }
    }
    return new AutoencoderDescription(
        producer,
        name,
        unit,
        jets,
        activation,
        (flags & LATENT_ACTIVATED) != 0,
        variables,
        hidden,
        latents,
        memory);
  }

  private static Activation readActivation(ByteReader in) {
    int code = in.u8();
    for (Activation activation : Activation.values()) {
      if (activation.code() == code) {
        return activation;
      }
    }
    throw in.malformed("the unknown activation %d".formatted(code));
  }

  private static List<DenseLayer> readLayers(ByteReader in, int[] widths) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      float[] biases = readFloats(in, widths[i]);
      layers.add(new DenseLayer(readFloats(in, widths[i] * widths[i - 1]), biases));
    }
    return layers;
  }

  private static float[] readFloats(ByteReader in, int count) {
    if (count > in.remaining() / Float.BYTES) {
      throw in.malformed("the model ends within its weights");
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.f32();
    }
    if (!Autoencoder.areFinite(values)) {
      throw in.malformed("a weight is not finite");
    }
    return values;
  }
}
