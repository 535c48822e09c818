package org.jetfold.codec.autoencoder;

import java.util.List;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.precision.Precision;
import org.jspecify.annotations.Nullable;

/**
 * An autoencoder: its description, its networks, and perhaps the prior of its latents. Immutable
 * and safe to share.
 */
public final class Autoencoder implements LearnedModel {
  /** The number of this kind of model in a file's header. */
  public static final int KIND = 2;

  private final AutoencoderDescription description;
  private final List<DenseLayer> encoder;
  private final List<DenseLayer> decoder;
  private final List<DenseLayer> memory;
  private final @Nullable LatentPrior prior;
  private final byte[] bytes;

  Autoencoder(
      AutoencoderDescription description,
      List<DenseLayer> encoder,
      List<DenseLayer> decoder,
      List<DenseLayer> memory,
      @Nullable LatentPrior prior,
      byte[] bytes) {
    if (prior != null && prior.latents() != description.latents()) {
      throw new IllegalArgumentException(
          "the prior has %d latents, and the autoencoder %d"
              .formatted(prior.latents(), description.latents()));
    }
    if (prior != null && prior.events() && description.jets() > 1) {
      throw new IllegalArgumentException(
          "the prior tells jets of an event apart that form one input together");
    }
    this.description = description;
    this.encoder = List.copyOf(encoder);
    this.decoder = List.copyOf(decoder);
    this.memory = List.copyOf(memory);
    this.prior = prior;
    this.bytes = bytes;
  }

  /**
   * A new model, without a memory and without a prior.
   *
   * @throws IllegalArgumentException where the layers are not those that are described, or hold a
   *     value that is not finite
   */
  public static Autoencoder of(
      AutoencoderDescription description, List<DenseLayer> encoder, List<DenseLayer> decoder) {
    return of(description, encoder, decoder, List.of());
  }

  /**
   * A new model, without a prior.
   *
   * @param memory where the description has a memory, its two layers: the gates (first those that
   *     reset, then those that keep) and the candidate; else none
   * @throws IllegalArgumentException where the layers are not those that are described, or hold a
   *     value that is not finite
   */
  public static Autoencoder of(
      AutoencoderDescription description,
      List<DenseLayer> encoder,
      List<DenseLayer> decoder,
      List<DenseLayer> memory) {
    requireLayers(description.encoderWidths(), encoder);
    requireLayers(description.decoderWidths(), decoder);
    List<int[]> widths = description.memoryWidths();
    if (memory.size() != widths.size()) {
      throw new IllegalArgumentException("a memory that is not that of the description");
    }
    for (int l = 0; l < widths.size(); l++) {
      requireLayers(widths.get(l), memory.subList(l, l + 1));
    }
    return of(description, encoder, decoder, memory, null);
  }

  private static Autoencoder of(
      AutoencoderDescription description,
      List<DenseLayer> encoder,
      List<DenseLayer> decoder,
      List<DenseLayer> memory,
      @Nullable LatentPrior prior) {
    return new Autoencoder(
        description,
        encoder,
        decoder,
        memory,
        prior,
        AutoencoderFile.write(description, encoder, decoder, memory, prior));
  }

  /**
   * This with a prior, which codes its latents.
   *
   * @throws IllegalArgumentException where it does not suit the latents
   */
  public Autoencoder withPrior(LatentPrior ofLatents) {
    return of(description, encoder, decoder, memory, ofLatents);
  }

  /** What codes the latents; null where they have distributions of their own. */
  public @Nullable LatentPrior prior() {
    return prior;
  }

  @Override
  public Precision latents() {
    return prior == null ? Precision.exact() : prior.precision();
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

  /**
   * The layers that make an event's memory of its rows: the gates and the candidate; none where
   * there is no memory.
   */
  public List<DenseLayer> memoryLayers() {
    return memory;
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
    for (List<DenseLayer> layers : List.of(encoder, decoder, memory)) {
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
