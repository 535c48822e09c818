package org.jetfold.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.SeedOption;
import org.jetfold.cli.option.TrainingTime;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.text.Quantities;
import org.jetfold.tables.TableFiles;
import org.jetfold.train.LibTorch;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.autoencoder.AutoencoderSettings;
import org.jetfold.train.autoencoder.DivergedException;
import org.jetfold.train.autoencoder.TrainedAutoencoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold scan}. */
@Command(
    name = "scan",
    description =
        "Trains autoencoders of several sizes and settings, and writes a table of their losses with"
            + " a picture beside it. Trainings that the table has already are not repeated. A table"
            + " with other data or settings is refused.",
    footerHeading = "%nExample%n",
    footer = "  jetfold scan jets.npz --preset tla-27d --latent 8..20 --lr 1e-3,1e-2 -o scan.csv")
public final class ScanCommand implements Callable<Integer> {
  private static final int MAX_RUNS = 10_000;

  private final Streams streams;

  @Parameters(paramLabel = "IN", arity = "1..*", description = "Tables with the same columns.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.csv",
      required = true,
      description = "The table. The picture has the same name with the ending .svg.")
  String output = "";

  @Option(
      names = "--latent",
      paramLabel = "X",
      required = true,
      description = "Numbers of latents: 8..20, 8..20..2, or 8,10,14.")
  String latents = "";

  @Option(names = "--lr", paramLabel = "R", split = ",", description = "Largest learning rates.")
  List<String> rates = new ArrayList<>();

  @Option(names = "--weight-decay", paramLabel = "D", split = ",", description = "Weight decays.")
  List<Double> decays = new ArrayList<>();

  @Option(
      names = "--layers",
      paramLabel = "W",
      split = ";",
      description = "Widths of the encoder's hidden layers: '200,200;200,100,50'.")
  List<String> layers = new ArrayList<>();

  @Option(
      names = {"-f", "--force"},
      description = "Replace an existing table, and repeat its trainings.")
  boolean overwrite;

  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin TrainingTime time = new TrainingTime();
  @Mixin SeedOption random = new SeedOption();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public ScanCommand(Streams streams) {
    this.streams = streams;
  }

  /** One training. */
  private record Run(
      @Nullable String layers, int latent, @Nullable String rate, @Nullable Double decay) {}

  @Override
  public Integer call() throws IOException {
    if (network.inputs.preset == null && layers.isEmpty()) {
      throw CommandFailure.usage("a scan needs --preset or --layers");
    }
    requireRates();
    List<Run> runs = runs();
    double _ = time.checked();
    runs.forEach(this::plan);
    requireOutputs();
    LibTorch.requirePresent();
    ScanTable table = ScanTable.open(output, overwrite);
    AutoencoderRun.Jets jets = training(runs.getFirst()).read(inputs, null);
    // All are checked now: the last one must not fail when the others have taken hours.
    for (Run run : runs) {
      training(run).check(jets, settings(run, jets));
    }
    table.begin(common(runs.getFirst(), jets));
    List<ScanTraining> trainings = runs.stream().map(this::key).toList();
    int done = table.count(trainings);
    if (done > 0) {
      working.say(
          streams, "%d of %d trainings are in the table already".formatted(done, runs.size()));
    }
    int number = 0;
    for (Run run : runs) {
      number++;
      if (table.has(key(run))) {
        continue;
      }
      working.say(streams, "%d of %d: %s".formatted(number, runs.size(), key(run)));
      try {
        table.add(key(run), train(jets, run));
      } catch (CommandFailure failure) {
        if (failure.getCause() instanceof TrainingInterruptedException) {
          sayStopped(table.count(trainings), runs.size());
        }
        throw failure;
      }
      table.write(streams);
    }
    table.write(streams);
    working.say(
        streams,
        "%s: %s written; %s: the picture"
            .formatted(
                output,
                Quantities.count(table.count(trainings), "training"),
                ScanTable.picture(output)));
    return ExitCode.OK;
  }

  private void sayStopped(int done, int all) {
    streams.say(
        done == 0
            ? "stopped before the end of the first training; nothing is kept"
            : "stopped; %s holds %d of %d trainings: continue with the same command%s"
                .formatted(FileNames.shown(output), done, all, overwrite ? " without -f" : ""));
  }

  /** Rates with epochs would be split at their commas, and each part be taken for a training. */
  private void requireRates() {
    for (String rate : rates) {
      if (rate.contains(":")) {
        throw CommandFailure.usage(
            "--lr must have one rate for each training, such as 1e-3,1e-2, was %s; only 'jetfold train' takes rates with epochs"
                .formatted(rate));
      }
    }
  }

  /** Checks that both files can be written, and replace only files of a scan. */
  private void requireOutputs() {
    if (output.equals(TableFiles.STANDARD)) {
      throw CommandFailure.usage(
          "-o must name a file, because a scan writes its picture beside the table");
    }
    String picture = ScanTable.picture(output);
    for (String input : inputs) {
      FileNames.refuseSameFile(input, output);
      FileNames.refuseSameFile(input, picture);
    }
    OutputFile.create(output, /* overwrite= */ true, streams).close();
    boolean isReplaced = overwrite || Files.exists(FileNames.path(output));
    OutputFile.create(picture, isReplaced, streams).close();
  }

  /** What all trainings of a table have in common, from the first of them. */
  private Map<String, String> common(Run first, AutoencoderRun.Jets jets) {
    AutoencoderPlan plan = plan(first);
    EnergyUnit known = jets.unit();
    Map<String, String> common = new LinkedHashMap<>();
    common.put("method", Integer.toString(AutoencoderSettings.METHOD));
    common.put("preset", plan.presetName().isEmpty() ? "none" : plan.presetName());
    common.put("normalization", plan.inputs().scheme().name().toLowerCase(Locale.ROOT));
    common.put("schedule", network.schedule == null ? "one-cycle" : network.schedule);
    common.put("epochs", network.epochs == null ? ScanTraining.DEFAULT : network.epochs.toString());
    common.put("unit", known == null ? "none" : known.symbol());
    common.put(
        "columns",
        Streams.printable(
            String.join(
                " ", jets.sample().variables().stream().map(AutoencoderVariable::name).toList())));
    List<String> azimuths = jets.sample().azimuths();
    common.put(
        "azimuths", azimuths.isEmpty() ? "none" : Streams.printable(String.join(", ", azimuths)));
    common.put("jets", Integer.toString(jets.sample().jets()));
    common.put("data", HexFormat.of().toHexDigits(jets.sample().fingerprint()));
    return common;
  }

  private AutoencoderRun training(Run run) {
    return new AutoencoderRun(streams, reading, working, plan(run), PrecisionRules.exact());
  }

  private AutoencoderSettings settings(Run run, AutoencoderRun.Jets jets) {
    return plan(run)
        .settings(
            "scan", time.minutes, random.seed, working.threads(), jets.sample().variables().size());
  }

  /** Trains; if a training diverges, the scan continues. */
  private ScanTraining.Result train(AutoencoderRun.Jets jets, Run run) {
    try {
      TrainedAutoencoder trained =
          training(run).train(jets, settings(run, jets), null, /* resume= */ false);
      return ScanTraining.Result.of(trained.epochs(), trained.seconds(), trained.meanSquare());
    } catch (CommandFailure failure) {
      if (!(failure.getCause() instanceof DivergedException)) {
        throw failure;
      }
      streams.say(String.valueOf(failure.getMessage()));
      return ScanTraining.Result.DIVERGED;
    }
  }

  private AutoencoderPlan plan(Run run) {
    AutoencoderOptions options = new AutoencoderOptions();
    options.network = network;
    options.layers = run.layers() == null ? null : run.layers() + "," + run.latent();
    options.latent = run.latent();
    options.rate = run.rate();
    options.decay = run.decay();
    return new AutoencoderPlan(options);
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    List<@Nullable String> widths = new ArrayList<>(layers);
    List<@Nullable String> speeds = new ArrayList<>(rates);
    List<@Nullable Double> weights = new ArrayList<>(decays);
    if (widths.isEmpty()) {
      widths.add(null);
    }
    if (speeds.isEmpty()) {
      speeds.add(null);
    }
    if (weights.isEmpty()) {
      weights.add(null);
    }
    for (String width : widths) {
      for (int latent : LatentNumbers.parse(latents, MAX_RUNS)) {
        for (String rate : speeds) {
          for (Double decay : weights) {
            runs.add(new Run(width, latent, rate, decay));
          }
        }
      }
    }
    if (runs.size() > MAX_RUNS) {
      throw CommandFailure.usage(
          "a scan must have at most %d trainings, had %d".formatted(MAX_RUNS, runs.size()));
    }
    return runs;
  }

  private ScanTraining key(Run run) {
    return new ScanTraining(
        run.layers() == null
            ? String.valueOf(network.inputs.preset)
            : run.layers().replace(',', '-'),
        run.latent(),
        run.rate() == null ? ScanTraining.DEFAULT : run.rate(),
        run.decay() == null ? ScanTraining.DEFAULT : Double.toString(run.decay()),
        time.minutes == null ? ScanTraining.DEFAULT : Double.toString(time.minutes),
        random.seed);
  }
}
