package org.jetfold.codec.autoencoder;

import java.util.List;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.network.Kernel;

/** An autoencoder: its description and its two networks. Immutable and safe to share. */
public final class Autoencoder implements LearnedModel {
  /** The number of this kind of model in a file's header. */
  public static final int KIND = 2;

  private final AutoencoderDescription description;
  private final List<DenseLayer> encoder;
  private final List<DenseLayer> decoder;
  private final byte[] bytes;

  Autoencoder(
      AutoencoderDescription description,
      List<DenseLayer> encoder,
      List<DenseLayer> decoder,
      byte[] bytes) {
    this.description = description;
    this.encoder = List.copyOf(encoder);
    this.decoder = List.copyOf(decoder);
    this.bytes = bytes;
  }

  /**
   * A new model.
   *
   * @throws IllegalArgumentException where the layers are not those that are described, or hold a
   *     value that is not finite
   */
  public static Autoencoder of(
      AutoencoderDescription description, List<DenseLayer> encoder, List<DenseLayer> decoder) {
    requireLayers(description.encoderWidths(), encoder);
    requireLayers(description.decoderWidths(), decoder);
    return new Autoencoder(
        description, encoder, decoder, AutoencoderFile.write(description, encoder, decoder));
  }

  private static void requireLayers(int[] widths, List<DenseLayer> layers) {
    boolean right = layers.size() == widths.length - 1;
    for (int i = 0; right && i < layers.size(); i++) {
      DenseLayer layer = layers.get(i);
      right =
          layer.outputs() == widths[i + 1]
              && layer.weights().length == widths[i] * widths[i + 1]
              && areFinite(layer.weights())
              && areFinite(layer.biases());
    }
    if (!right) {
      throw new IllegalArgumentException("layers that are not those of the description");
    }
  }

  static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Its variables and the widths of its layers. */
  public AutoencoderDescription description() {
    return description;
  }

  /** The layers from the normalized variables to the latents. */
  public List<DenseLayer> encoderLayers() {
    return encoder;
  }

  /** The layers from the latents, and what is kept, to the normalized variables. */
  public List<DenseLayer> decoderLayers() {
    return decoder;
  }

  /** The encoder, ready to run. */
  public DenseNetwork encoder(Kernel kernel) {
    return new DenseNetwork(
        encoder, description.activation(), description.latentActivated(), kernel);
  }

  /** The decoder, ready to run. */
  public DenseNetwork decoder(Kernel kernel) {
    return new DenseNetwork(decoder, description.activation(), false, kernel);
  }

  /** The encoder, for the jets of an event. */
  public EventNetwork eventEncoder(Kernel kernel) {
    return new EventNetwork(
        encoder, description.activation(), description.latentActivated(), kernel);
  }

  /** The decoder, for the jets of an event. */
  public EventNetwork eventDecoder(Kernel kernel) {
    return new EventNetwork(decoder, description.activation(), false, kernel);
  }

  /** The number of weights and biases. */
  public long weights() {
    long weights = 0;
    for (List<DenseLayer> layers : List.of(encoder, decoder)) {
      for (DenseLayer layer : layers) {
        weights += layer.weights().length + layer.biases().length;
      }
    }
    return weights;
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
