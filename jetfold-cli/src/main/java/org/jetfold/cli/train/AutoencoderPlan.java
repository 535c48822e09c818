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
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.train.autoencoder.AutoencoderPreset;
import org.jetfold.train.autoencoder.AutoencoderSettings;
import org.jetfold.train.autoencoder.LearningRates;
import org.jspecify.annotations.Nullable;

/**
 * The network and training that a user's options describe. Everything is checked that needs no
 * table. Not changed once it is made.
 */
final class AutoencoderPlan {
  private static final int DEFAULT_BATCH = 256;
  private static final double DEFAULT_RATE = 2e-3;
  private static final double DEFAULT_DECAY = 1e-6;
  private static final String TUNE = "tune";

  private final AutoencoderOptions options;
  private final @Nullable AutoencoderPreset preset;
  private final NetworkInputs inputs;
  private final Activation activation;
  private final boolean isNormalizing;
  private final LearningRates rates;
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final @Nullable Precision rounding;
  private @Nullable String tunedFor;

  /**
   * Checks options.
   *
   * @throws CommandFailure where a value is not allowed, or options contradict each other
   */
  AutoencoderPlan(AutoencoderOptions options) {
    this.options = options;
    inputs = new NetworkInputs(options.network.inputs);
    AutoencoderPreset named = inputs.preset();
    if (named == null && options.layers == null) {
      throw CommandFailure.usage("an autoencoder needs --preset or --layers");
    }
    preset =
        named == null
            ? null
            : named.withLatents(options.latent == null ? named.latents() : options.latent);
    activation = activation(options.activation);
    rates = rates(options.rate, options.network.schedule);
    require(
        options.jets >= 1 && options.jets <= AutoencoderDescription.MAX_JETS,
        "--jets",
        "between 1 and " + AutoencoderDescription.MAX_JETS,
        options.jets);
    require(
        options.memory >= 0 && options.memory <= AutoencoderDescription.MAX_UNITS,
        "--memory",
        "between 0 and " + AutoencoderDescription.MAX_UNITS,
        options.memory);
    isNormalizing =
        options.batchNorm != null ? options.batchNorm : preset != null && preset.batchNorm();
    if (options.memory > 0 && isNormalizing) {
      throw CommandFailure.usage(
          "--memory requires --no-batch-norm: batches are not normalized with a memory");
    }
    requireAtLeast("--epochs", 1, options.network.epochs);
    requireAtLeast("--batch", 2, options.batch);
    requireAtLeast("--weight-decay", 0, options.decay);
    Double beta2 = options.beta2;
    if (beta2 != null) {
      require(beta2 >= 0 && beta2 < 1, "--beta", "at least 0 and below 1", beta2);
    }
    requireAtLeast("--latent-noise", 0, options.latentNoise);
    requireAtLeast("--rate", 0, options.bitWeight);
    if (options.bitWeight > 0 && (options.latentNoise > 0 || options.prior != null)) {
      throw CommandFailure.usage(
          "--rate chooses how latents are rounded: leave out --latent-noise and --prior");
    }
    rounding = options.bitWeight > 0 ? AutoencoderSettings.STEPS : prior(options.prior);
    options.weights.forEach(this::addWeight);
    if (tunedFor != null && !weights.isEmpty()) {
      throw CommandFailure.usage("--weights takes weights of variables, or tune, but not both");
    }
  }

  private static @Nullable Precision prior(@Nullable String given) {
    if (given == null) {
      return null;
    }
    Precision precision;
    try {
      precision = Precision.parse(given);
    } catch (PrecisionException e) {
      throw CommandFailure.usage("--prior: " + e.getMessage(), e);
    }
    boolean isAllowed =
        precision instanceof Precision.Absolute
            || precision instanceof Precision.Relative
            || precision instanceof Precision.Bits;
    require(isAllowed, "--prior", "abs:d, rel:e or bits:m", given);
    return precision;
  }

  private void addWeight(String given) {
    int equals = given.indexOf('=');
    if (equals < 0 && (given.equals(TUNE) || given.startsWith(TUNE + ":"))) {
      tunedFor = given.equals(TUNE) ? TunedWeights.USUAL : given.substring(TUNE.length() + 1);
      return;
    }
    if (equals < 1) {
      throw CommandFailure.usage(
          "--weights must be VARIABLE=NUMBER, tune or tune:QUANTITY, was " + given);
    }
    String variable = given.substring(0, equals);
    try {
      double weight = Double.parseDouble(given.substring(equals + 1));
      requireAtLeast("--weights " + variable, 0, weight);
      weights.put(variable, weight);
    } catch (NumberFormatException e) {
      throw CommandFailure.usage(
          "--weights %s must be a number, was %s".formatted(variable, given.substring(equals + 1)),
          e);
    }
  }

  private static void requireAtLeast(String option, int smallest, @Nullable Number number) {
    double value = number == null ? smallest : number.doubleValue();
    require(
        value >= smallest && value < Double.POSITIVE_INFINITY,
        option,
        "at least " + smallest,
        number);
  }

  private static void require(
      boolean isAllowed, String option, String allowed, @Nullable Object given) {
    if (!isAllowed) {
      throw CommandFailure.usage("%s must be %s, was %s".formatted(option, allowed, given));
    }
  }

  private Activation activation(@Nullable String asked) {
    if (asked == null) {
      return preset == null ? Activation.TANH : preset.activation();
    }
    return switch (asked.toLowerCase(Locale.ROOT)) {
      case "tanh" -> Activation.TANH;
      case "leaky-relu", "leakyrelu" -> Activation.LEAKY_RELU;
      default ->
          throw CommandFailure.usage("--activation must be tanh or leaky-relu, was " + asked);
    };
  }

  private LearningRates rates(@Nullable String given, @Nullable String schedule) {
    require(
        schedule == null || List.of("one-cycle", "published").contains(schedule),
        "--schedule",
        "one-cycle or published",
        schedule);
    if (isPublished()) {
      if (preset == null || given != null) {
        throw CommandFailure.usage("--schedule published requires --preset, and excludes --lr");
      }
      return preset.published();
    }
    if (given == null) {
      return new LearningRates.OneCycle(preset == null ? DEFAULT_RATE : preset.rate());
    }
    try {
      return given.contains(":")
          ? new LearningRates.Steps(
              Arrays.stream(given.split(",", -1)).map(AutoencoderPlan::step).toList())
          : new LearningRates.OneCycle(positive(Double.parseDouble(given)));
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--lr must be a rate above 0, such as 1e-3, or rates with epochs, such as"
              + " 1e-3:10,1e-4:100; was "
              + given,
          e);
    }
  }

  private static LearningRates.Step step(String text) {
    String[] parts = text.split(":", 2);
    int epochs = parts.length < 2 ? 0 : Integer.parseInt(parts[1].strip());
    return new LearningRates.Step(
        positive(Double.parseDouble(parts[0])), (int) positive((double) epochs));
  }

  private static double positive(double number) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new NumberFormatException();
    }
    return number;
  }

  private boolean isPublished() {
    return "published".equals(options.network.schedule);
  }

  /** The columns that the network takes. */
  NetworkInputs inputs() {
    return inputs;
  }

  /** The name of the preset; empty without one. */
  String presetName() {
    return preset == null ? "" : preset.name();
  }

  List<String> kept() {
    return options.keep;
  }

  Map<String, Double> weights() {
    return weights;
  }

  /** What is minimized, for people. */
  String nameOfLoss() {
    return options.bitWeight > 0 ? "loss" : "mean squared error";
  }

  /** The quantity whose squared error the loss shall be; null for that of the variables. */
  @Nullable String tunedFor() {
    return tunedFor;
  }

  /**
   * The settings of a training.
   *
   * @param minutes as the user gave them
   * @param variables of the table
   * @throws CommandFailure where the layers do not suit so many variables
   */
  AutoencoderSettings settings(
      String producer, @Nullable Double minutes, long seed, int threads, int variables) {
    Widths widths = widths(options.jets * variables);
    Integer epochs =
        options.network.epochs != null || minutes != null ? options.network.epochs : ownEpochs();
    Double seconds =
        epochs != null && minutes == null
            ? null
            : Double.valueOf(60 * TrainingTime.checked(minutes));
    return new AutoencoderSettings(
        producer,
        presetName(),
        widths.hidden(),
        widths.latents(),
        activation,
        isNormalizing,
        rates,
        epochs,
        seconds,
        options.decay != null ? options.decay : preset == null ? DEFAULT_DECAY : preset.decay(),
        options.beta2 != null ? options.beta2 : AutoencoderSettings.BETA2,
        options.batch != null ? options.batch : preset == null ? DEFAULT_BATCH : preset.batch(),
        options.latentNoise,
        options.bitWeight,
        rounding,
        options.jets,
        options.memory,
        seed,
        threads);
  }

  /** The epochs of the learning rates; null where these fit any number. */
  @Nullable Integer ownEpochs() {
    return isPublished() && preset != null
        ? Integer.valueOf(preset.publishedEpochs())
        : rates instanceof LearningRates.Steps steps ? Integer.valueOf(steps.epochs()) : null;
  }

  private record Widths(List<Integer> hidden, int latents) {}

  private Widths widths(int inputs) {
    Widths widths =
        options.layers != null
            ? parsed(options.layers, inputs)
            : preset != null
                ? new Widths(preset.hidden(), preset.latents())
                : new Widths(List.of(), 0);
    if (inputs < 2) {
      throw CommandFailure.usage("an autoencoder needs at least two columns, and there is one");
    }
    if (widths.latents() >= inputs || widths.latents() < 1) {
      throw CommandFailure.usage(
          "a network with %d inputs must have between 1 and %d latents, had %d"
              .formatted(inputs, inputs - 1, widths.latents()));
    }
    return widths;
  }

  private Widths parsed(String given, int inputs) {
    List<Integer> widths = new ArrayList<>();
    try {
      for (String width : given.split("[,-]", -1)) {
        widths.add(Integer.parseInt(width.strip()));
      }
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--layers must be widths, such as 200,200,20,3; was " + given, e);
    }
    boolean isWhole =
        widths.size() > 2 && widths.getFirst() == inputs && widths.getLast() == inputs;
    if (isWhole) {
      if (!widths.equals(widths.reversed()) || widths.size() % 2 == 0) {
        throw CommandFailure.usage(
            "--layers %s is not symmetric: the decoder's layers must be the encoder's in reverse"
                .formatted(given));
      }
      widths = widths.subList(1, widths.size() / 2 + 1);
    } else if (given.contains("-") && widths.size() > 2 && widths.size() % 2 == 1) {
      throw CommandFailure.usage(
          "--layers %s: a whole network begins and ends with its %d inputs"
              .formatted(given, inputs));
    }
    int latents = widths.getLast();
    if (options.latent != null && options.latent != latents) {
      throw CommandFailure.usage(
          "--layers %s has %d latents, but --latent is %d"
              .formatted(given, latents, options.latent));
    }
    return new Widths(widths.subList(0, widths.size() - 1), latents);
  }
}
