package org.jetfold.cli.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code train --codec autoencoder}, as given. */
public final class AutoencoderOptions {
  @Mixin NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--layers",
      paramLabel = "W",
      description =
          "Widths of the encoder's layers, the latents last: 200,200,20,3. The decoder mirrors"
              + " them. The whole network, 4-200-200-20-3-20-200-200-4, is accepted, too. With"
              + " --preset: instead of the preset's layers.")
  @Nullable String layers;

  @Option(names = "--latent", paramLabel = "X", description = "Number of latents.")
  @Nullable Integer latent;

  @Option(names = "--activation", paramLabel = "A", description = "tanh or leaky-relu.")
  @Nullable String activation;

  @Option(
      names = "--batch-norm",
      negatable = true,
      description = "Normalize activations over each batch during the training.")
  @Nullable Boolean batchNorm;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "Largest learning rate of one cycle, or rates with epochs: 1e-3:10,1e-4:100. Default:"
              + " the preset's, otherwise 2e-3.")
  @Nullable String rate;

  @Option(names = "--weight-decay", paramLabel = "D", description = "Decoupled weight decay.")
  @Nullable Double decay;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description = "β₂ of AdamW, at least 0 and below 1. Default: 0.96; the field used 0.99.")
  @Nullable Double beta2;

  @Option(names = "--batch", paramLabel = "N", description = "Rows of a mini-batch.")
  @Nullable Integer batch;

  @Option(
      names = "--weights",
      paramLabel = "V=W",
      split = ",",
      description =
          "Weights of variables in the loss: pt=10. Default: 1 each. tune: those with which the"
              + " loss is the squared error of the dijet mass; tune:NAME: of another quantity"
              + " (docs/derived.md).")
  List<String> weights = new ArrayList<>();

  @Option(
      names = "--keep",
      paramLabel = "NAMES",
      split = ",",
      description = "Variables that are stored beside the latents, and that the decoder is given.")
  List<String> keep = new ArrayList<>();

  @Option(
      names = "--jets",
      paramLabel = "K",
      description = "How many consecutive jets of an event are one input. Default: 1.")
  int jets = 1;

  @Option(
      names = "--memory",
      paramLabel = "UNITS",
      description =
          "Make the network recurrent: it remembers the earlier jets of an event in so many gated"
              + " units. Default: 0, each input stands for itself.")
  int memory;

  @Option(
      names = "--latent-noise",
      paramLabel = "D",
      description =
          "Train with uniform noise of ±D standard deviations on the latents, like the error of"
              + " rounding them.")
  double latentNoise;

  @Option(
      names = "--prior",
      paramLabel = "P",
      description =
          "Train a density model of the latents, too, which codes them: rounded to abs:0.05, say."
              + " 'compress' then rounds them so, if --latents does not say otherwise.")
  @Nullable String prior;

  @Option(
      names = "--rate",
      paramLabel = "LAMBDA",
      description =
          "Train with what rounded latents take: the loss is the mean squared error and LAMBDA for"
              + " each bit of a row. Steps of latents are learned, and a prior of them. 1e-4, say.")
  double bitWeight;
}
