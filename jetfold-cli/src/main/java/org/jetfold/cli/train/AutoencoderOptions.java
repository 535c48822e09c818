package org.jetfold.cli.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.option.TrainingTime;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.train.autoencoder.AutoencoderPreset;
import org.jetfold.train.autoencoder.AutoencoderSampleReader;
import org.jetfold.train.autoencoder.AutoencoderSettings;
import org.jetfold.train.autoencoder.LearningRates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code train --codec autoencoder} can be told. */
public final class AutoencoderOptions {
  private static final int DEFAULT_BATCH = 256;
  private static final double DEFAULT_RATE = 2e-3;
  private static final double DEFAULT_DECAY = 1e-6;
  private static final String JETS_RANGE =
      "choose 1 to %d jets".formatted(AutoencoderDescription.MOST_JETS);

  @Option(
      names = "--preset",
      paramLabel = "P",
      description = "A network of the field: ntuple-4d, tla-4d, tla-27d or ttbar-15d.")
  @Nullable String preset;

  @Option(
      names = "--layers",
      paramLabel = "W",
      description =
          "Widths of the encoder's layers, the latents last: 200,200,20,3. The decoder mirrors"
              + " them; all of 4-200-200-20-3-20-200-200-4 may be given, too. With --preset:"
              + " instead of its own.")
  @Nullable String layers;

  @Option(names = "--latent", paramLabel = "X", description = "Number of latents.")
  @Nullable Integer latent;

  @Option(names = "--activation", paramLabel = "A", description = "tanh or leaky-relu.")
  @Nullable String activation;

  @Option(
      names = "--batch-norm",
      negatable = true,
      description = "Normalize activations over each batch while training.")
  @Nullable Boolean batchNorm;

  @Option(
      names = "--normalization",
      paramLabel = "N",
      description =
          "public (the preset's), thesis, standard (mean and deviation) or auto (from the"
              + " distributions). Default: public with a preset, else standard.")
  @Nullable String normalization;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "Largest learning rate of one cycle (2e-3), or rates with epochs: 1e-3:10,1e-4:100.")
  @Nullable String rate;

  @Option(
      names = "--schedule",
      paramLabel = "S",
      description = "one-cycle (default), or published: the preset's own epochs and rates.")
  @Nullable String schedule;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data, at most.")
  @Nullable Integer epochs;

  @Option(names = "--weight-decay", paramLabel = "D", description = "Decoupled weight decay.")
  @Nullable Double decay;

  @Option(names = "--batch", paramLabel = "N", description = "Rows of a mini-batch.")
  @Nullable Integer batch;

  @Option(
      names = "--weights",
      paramLabel = "V=W",
      split = ",",
      description = "Weights of variables in the loss: pt=10. Default: 1 each.")
  Map<String, Double> weights = new LinkedHashMap<>();

  @Option(
      names = "--keep",
      paramLabel = "NAMES",
      split = ",",
      description = "Variables that will be stored beside the latents; the decoder is given them.")
  List<String> keep = new ArrayList<>();

  @Option(
      names = "--units",
      paramLabel = "U",
      description = "MeV or GeV, where the table does not say it. Default: by the median pt.")
  @Nullable String units;

  @Option(
      names = "--jets",
      paramLabel = "K",
      description = "How many consecutive jets of an event go through together. Default: 1.")
  int jets = 1;

  @Option(
      names = "--latent-noise",
      paramLabel = "D",
      description =
          "Train with uniform noise of ±D on the latents, as rounding them will make; in their"
              + " standard deviations.")
  double latentNoise;

  /**
   * Checks all that needs no table.
   *
   * @throws CommandFailure where an option makes no sense
   */
  void check() {
    AutoencoderPreset chosen = preset();
    if (chosen == null && layers == null) {
      throw CommandFailure.usage("an autoencoder needs --preset or --layers");
    }
    scheme();
    unit();
    activation(chosen);
    rates(chosen);
    require(jets >= 1 && jets <= AutoencoderDescription.MOST_JETS, "--jets", jets, JETS_RANGE);
    require(epochs == null || epochs >= 1, "--epochs", epochs, "choose 1 or more");
    require(batch == null || batch >= 2, "--batch", batch, "choose 2 rows or more");
    requireNumber("--weight-decay", decay);
    requireNumber("--latent-noise", latentNoise);
    weights.forEach((variable, weight) -> requireNumber("--weights " + variable, weight));
  }

  private static void requireNumber(String option, @Nullable Double number) {
    require(
        number == null || (number >= 0 && number < Double.POSITIVE_INFINITY),
        option,
        number,
        "choose 0 or a number above it");
  }

  private static void require(boolean right, String option, @Nullable Object given, String advice) {
    if (!right) {
      throw CommandFailure.usage(
          "%s%s%s makes no sense: %s"
              .formatted(option, option.contains(" ") ? "=" : " ", given, advice));
    }
  }

  /** The unit asked for; null where none is. */
  @Nullable EnergyUnit unit() {
    return unit(units);
  }

  public static @Nullable EnergyUnit unit(@Nullable String asked) {
    if (asked == null) {
      return null;
    }
    EnergyUnit unit = EnergyUnit.of(asked);
    if (unit == null) {
      throw CommandFailure.usage("--units %s: write MeV or GeV".formatted(asked));
    }
    return unit;
  }

  /** The preset, with the rates for its number of latents; null where there is none. */
  @Nullable AutoencoderPreset preset() {
    String name = preset;
    if (name == null) {
      return null;
    }
    for (AutoencoderPreset known : AutoencoderPreset.all()) {
      if (known.name().equals(name.toLowerCase(Locale.ROOT))) {
        return known.withLatents(latent == null ? known.latents() : latent);
      }
    }
    throw CommandFailure.usage(
        "--preset %s: there are %s"
            .formatted(
                name,
                String.join(
                    ", ", AutoencoderPreset.all().stream().map(AutoencoderPreset::name).toList())));
  }

  AutoencoderSampleReader.Scheme scheme() {
    boolean hasPreset = preset != null;
    String asked = normalization == null ? (hasPreset ? "public" : "standard") : normalization;
    AutoencoderSampleReader.Scheme scheme =
        switch (asked.toLowerCase(Locale.ROOT)) {
          case "public" -> AutoencoderSampleReader.Scheme.PUBLIC;
          case "thesis" -> AutoencoderSampleReader.Scheme.THESIS;
          case "standard" -> AutoencoderSampleReader.Scheme.STANDARD;
          case "auto" -> AutoencoderSampleReader.Scheme.AUTO;
          default ->
              throw CommandFailure.usage(
                  "--normalization %s: write public, thesis, standard or auto".formatted(asked));
        };
    if (!hasPreset
        && asked.equals(normalization)
        && (scheme == AutoencoderSampleReader.Scheme.PUBLIC
            || scheme == AutoencoderSampleReader.Scheme.THESIS)) {
      throw CommandFailure.usage(
          "--normalization %s is a preset's: name one with --preset, or write standard or auto"
              .formatted(asked));
    }
    return scheme;
  }

  /**
   * The settings.
   *
   * @param minutes as the user gave them
   */
  AutoencoderSettings settings(
      String producer, @Nullable Double minutes, long seed, int threads, int variables) {
    check();
    AutoencoderPreset chosen = preset();
    int inputs = jets * variables;
    Widths widths = widths(chosen, inputs);
    LearningRates rates = rates(chosen);
    boolean published = "published".equals(schedule);
    Integer most = epochs;
    if (most == null && minutes == null) {
      if (published && chosen != null) {
        most = chosen.publishedEpochs();
      } else if (rates instanceof LearningRates.Steps steps) {
        most = steps.epochs();
      }
    }
    Double seconds =
        most != null && minutes == null ? null : Double.valueOf(60 * TrainingTime.checked(minutes));
    return new AutoencoderSettings(
        producer,
        chosen == null ? "" : chosen.name(),
        widths.hidden(),
        widths.latents(),
        activation(chosen),
        batchNorm == null ? chosen != null && chosen.batchNorm() : batchNorm,
        rates,
        most,
        seconds,
        decay != null ? decay : chosen == null ? DEFAULT_DECAY : chosen.decay(),
        batch != null ? batch : chosen == null ? DEFAULT_BATCH : chosen.batch(),
        latentNoise,
        jets,
        seed,
        threads);
  }

  private Activation activation(@Nullable AutoencoderPreset chosen) {
    String asked = activation;
    if (asked == null) {
      return chosen == null ? Activation.TANH : chosen.activation();
    }
    return switch (asked.toLowerCase(Locale.ROOT)) {
      case "tanh" -> Activation.TANH;
      case "leaky-relu", "leakyrelu" -> Activation.LEAKY_RELU;
      default ->
          throw CommandFailure.usage("--activation %s: write tanh or leaky-relu".formatted(asked));
    };
  }

  private record Widths(List<Integer> hidden, int latents) {}

  private Widths widths(@Nullable AutoencoderPreset chosen, int inputs) {
    String given = layers;
    if (given == null) {
      if (chosen == null) {
        throw CommandFailure.usage("an autoencoder needs --preset or --layers");
      }
      return checked(new Widths(chosen.hidden(), chosen.latents()), inputs);
    }
    List<Integer> widths = new ArrayList<>();
    for (String width : given.split("[,-]", -1)) {
      try {
        widths.add(Integer.parseInt(width.strip()));
      } catch (NumberFormatException e) {
        throw new CommandFailure(
            ExitCode.USAGE,
            width.isBlank()
                ? "--layers %s: a width is missing: write them as in 200,200,20,3".formatted(given)
                : "--layers %s: '%s' is no width".formatted(given, width),
            e);
      }
    }
    int half = widths.size() / 2;
    boolean whole = widths.size() > 2 && widths.getFirst() == inputs && widths.getLast() == inputs;
    if (whole) {
      if (!widths.equals(widths.reversed()) || widths.size() % 2 == 0) {
        throw CommandFailure.usage(
            "--layers %s does not mirror: the decoder's layers must be the encoder's in reverse"
                .formatted(given));
      }
      widths = widths.subList(1, half + 1);
    } else if (given.contains("-") && widths.size() > 2 && widths.size() % 2 == 1) {
      throw CommandFailure.usage(
          "--layers %s: a whole network begins and ends with its %d inputs"
              .formatted(given, inputs));
    }
    int latents = widths.getLast();
    if (latent != null && latent != latents) {
      throw CommandFailure.usage(
          "--layers %s has %d latents, --latent says %d".formatted(given, latents, latent));
    }
    return checked(new Widths(widths.subList(0, widths.size() - 1), latents), inputs);
  }

  private static Widths checked(Widths widths, int inputs) {
    if (inputs < 2) {
      throw CommandFailure.usage(
          "a single variable cannot be squeezed: an autoencoder needs two columns at least");
    }
    if (widths.latents() >= inputs || widths.latents() < 1) {
      throw CommandFailure.usage(
          "%d latents for %d inputs: an autoencoder that squeezes has 1 to %d"
              .formatted(widths.latents(), inputs, inputs - 1));
    }
    return widths;
  }

  private LearningRates rates(@Nullable AutoencoderPreset chosen) {
    if (schedule != null && !List.of("published", "one-cycle").contains(schedule)) {
      throw CommandFailure.usage("--schedule %s: write published or one-cycle".formatted(schedule));
    }
    String given = rate;
    if ("published".equals(schedule)) {
      if (chosen == null || given != null) {
        throw CommandFailure.usage(
            "--schedule published is a preset's own: give --preset, no --lr");
      }
      return chosen.published();
    }
    try {
      if (given == null) {
        return new LearningRates.OneCycle(chosen == null ? DEFAULT_RATE : chosen.rate());
      }
      if (!given.contains(":")) {
        return new LearningRates.OneCycle(positive(Double.parseDouble(given)));
      }
      return new LearningRates.Steps(
          Arrays.stream(given.split(",", -1)).map(AutoencoderOptions::step).toList());
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--lr %s: write a rate above 0, as 1e-3, or rates with epochs, as 1e-3:10,1e-4:100"
              .formatted(given),
          e);
    }
  }

  private static LearningRates.Step step(String text) {
    String[] parts = text.split(":", 2);
    if (parts.length < 2) {
      throw new NumberFormatException(text);
    }
    int epochs = Integer.parseInt(parts[1].strip());
    if (epochs < 1) {
      throw new NumberFormatException(text);
    }
    return new LearningRates.Step(positive(Double.parseDouble(parts[0])), epochs);
  }

  private static double positive(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new NumberFormatException();
    }
    return rate;
  }
}
