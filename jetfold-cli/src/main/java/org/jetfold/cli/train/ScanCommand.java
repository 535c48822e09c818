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
import org.jetfold.cli.option.TrainingTime;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.tables.TableFiles;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.autoencoder.AutoencoderPreset;
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
        "Trains autoencoders of several sizes and settings, and writes a table of their losses, and"
            + " a picture beside it. What the table has already is not trained again; a table of"
            + " other data or settings is refused.",
    footerHeading = "%nExample%n",
    footer = "  jetfold scan jets.npz --preset tla-27d --latent 8..20 --lr 1e-3,1e-2 -o scan.csv")
public final class ScanCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 10_000;

  private final Streams streams;

  @Parameters(paramLabel = "IN", arity = "1..*", description = "Tables that are alike.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.csv",
      required = true,
      description = "The table; the picture gets its name with the ending .svg instead of .csv.")
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

  @Option(names = "--preset", paramLabel = "P", description = "A preset, as of 'jetfold train'.")
  @Nullable String preset;

  @Option(names = "--normalization", paramLabel = "N", description = "As of 'jetfold train'.")
  @Nullable String normalization;

  @Option(
      names = "--units",
      paramLabel = "U",
      description = "MeV or GeV, where the tables do not say it. Default: by the median pt.")
  @Nullable String units;

  @Option(names = "--schedule", paramLabel = "S", description = "As of 'jetfold train'.")
  @Nullable String schedule;

  @Option(names = "--epochs", paramLabel = "N", description = "Of each training, at most.")
  @Nullable Integer epochs;

  @Option(names = "--minutes", paramLabel = "M", description = "Of each training. Default: 5.")
  @Nullable Double minutes;

  @Option(names = "--seed", paramLabel = "N", description = "Where random numbers start.")
  long seed = 1;

  @Option(
      names = {"-f", "--force"},
      description = "Replace a table that is there, and train all anew.")
  boolean overwrite;

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
    if (preset == null && layers.isEmpty()) {
      throw CommandFailure.usage("a scan needs --preset or --layers");
    }
    requireRates();
    List<Run> runs = runs();
    TrainingTime.checked(minutes);
    runs.forEach(run -> options(run).check());
    requireOutputs();
    TrainCommand.requireLibTorch();
    ScanTable table = ScanTable.open(output, overwrite);
    AutoencoderRun.Jets jets = training(runs.getFirst()).read(inputs);
    // All of them now: the last must not fail when the others have taken hours.
    for (Run run : runs) {
      training(run).check(jets, settings(run, jets));
    }
    table.begin(common(runs.getFirst(), jets));
    int there = table.count(runs.stream().map(this::key).toList());
    if (there > 0 && !working.quiet) {
      streams.say("%d of %d already there".formatted(there, runs.size()));
    }
    int number = 0;
    for (Run run : runs) {
      number++;
      if (table.has(key(run))) {
        continue;
      }
      if (!working.quiet) {
        streams.say("%d of %d: %s".formatted(number, runs.size(), key(run)));
      }
      try {
        table.add(key(run), train(jets, run));
      } catch (CommandFailure failure) {
        if (failure.getCause() instanceof TrainingInterruptedException) {
          sayStopped(table.count(runs.stream().map(this::key).toList()), runs.size());
        }
        throw failure;
      }
      table.write(streams);
    }
    table.write(streams);
    return ExitCode.OK;
  }

  private void sayStopped(int there, int all) {
    streams.say(
        there == 0
            ? "stopped; no training had come to its end, and nothing is kept"
            : "stopped; %s holds %d of %d trainings: the same command%s does the others"
                .formatted(FileNames.shown(output), there, all, overwrite ? " without -f" : ""));
  }

  /** Rates with epochs would be cut at their commas, and each piece taken for a training. */
  private void requireRates() {
    for (String rate : rates) {
      if (rate.contains(":")) {
        throw CommandFailure.usage(
            "--lr %s: a scan takes one rate for each training, as in 1e-3,1e-2; rates with epochs"
                    .formatted(rate)
                + " are for 'jetfold train'");
      }
    }
  }

  /** Before anything is trained: that both files can be written, and replace nothing foreign. */
  private void requireOutputs() {
    if (output.equals(TableFiles.STANDARD)) {
      throw CommandFailure.usage("a scan's table goes to a file, beside which its picture lies");
    }
    String picture = ScanTable.picture(output);
    for (String input : inputs) {
      FileNames.refuseSameFile(input, output);
      FileNames.refuseSameFile(input, picture);
    }
    OutputFile.create(output, /* overwrite= */ true, streams).close();
    boolean isOurs = overwrite || Files.exists(FileNames.path(output));
    OutputFile.create(picture, isOurs, streams).close();
  }

  /** What all trainings of a table have in common; the first of them tells. */
  private Map<String, String> common(Run first, AutoencoderRun.Jets jets) {
    AutoencoderOptions options = options(first);
    AutoencoderPreset chosen = options.preset();
    EnergyUnit unit = jets.unit();
    Map<String, String> common = new LinkedHashMap<>();
    common.put("method", Integer.toString(AutoencoderSettings.METHOD));
    common.put("preset", chosen == null ? "none" : chosen.name());
    common.put("normalization", options.scheme().name().toLowerCase(Locale.ROOT));
    common.put("schedule", schedule == null ? "one-cycle" : schedule);
    common.put("epochs", epochs == null ? "default" : epochs.toString());
    common.put("units", unit == null ? "none" : unit.symbol());
    common.put(
        "columns",
        Streams.printable(
            String.join(
                " ", jets.sample().variables().stream().map(AutoencoderVariable::name).toList())));
    common.put("jets", Integer.toString(jets.sample().jets()));
    common.put("data", HexFormat.of().toHexDigits(jets.sample().fingerprint()));
    return common;
  }

  private AutoencoderRun training(Run run) {
    return new AutoencoderRun(streams, reading, working, options(run), PrecisionRules.exact());
  }

  private AutoencoderSettings settings(Run run, AutoencoderRun.Jets jets) {
    return options(run)
        .settings("scan", minutes, seed, working.threads(), jets.sample().variables().size());
  }

  /** Epochs, seconds and loss; of a training that diverges no loss, and the scan goes on. */
  private String train(AutoencoderRun.Jets jets, Run run) {
    try {
      TrainedAutoencoder trained =
          training(run).train(jets, settings(run, jets), null, /* resume= */ false);
      return String.format(
          Locale.ROOT, "%.1f,%.1f,%.6e", trained.epochs(), trained.seconds(), trained.meanSquare());
    } catch (CommandFailure failure) {
      if (!(failure.getCause() instanceof DivergedException)) {
        throw failure;
      }
      streams.say(String.valueOf(failure.getMessage()));
      return ",,NaN";
    }
  }

  private AutoencoderOptions options(Run run) {
    AutoencoderOptions options = new AutoencoderOptions();
    options.preset = preset;
    options.layers = run.layers() == null ? null : run.layers() + "," + run.latent();
    options.latent = run.latent();
    options.normalization = normalization;
    options.rate = run.rate();
    options.decay = run.decay();
    options.units = units;
    options.schedule = schedule;
    options.epochs = epochs;
    return options;
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
      for (int latent : latents()) {
        for (String rate : speeds) {
          for (Double decay : weights) {
            runs.add(new Run(width, latent, rate, decay));
          }
        }
      }
    }
    if (runs.size() > MOST_RUNS) {
      throw CommandFailure.usage("%d trainings are too many".formatted(runs.size()));
    }
    return runs;
  }

  private List<Integer> latents() {
    List<Integer> numbers = new ArrayList<>();
    try {
      for (String part : latents.split(",", -1)) {
        String[] ends = part.strip().split("\\.\\.", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends.length > 1 ? Integer.parseInt(ends[1]) : from;
        int step = ends.length > 2 ? Integer.parseInt(ends[2]) : 1;
        if (from < 1 || to < from || step < 1 || to > from + MOST_RUNS || ends.length > 3) {
          throw new NumberFormatException(part);
        }
        for (int number = from; number <= to; number += step) {
          numbers.add(number);
        }
      }
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--latent %s: write 8..20, 8..20..2, or 8,10,14".formatted(latents), e);
    }
    return numbers;
  }

  private String key(Run run) {
    return String.join(
        ",",
        run.layers() == null ? String.valueOf(preset) : run.layers().replace(',', '-'),
        Integer.toString(run.latent()),
        run.rate() == null ? "default" : run.rate(),
        run.decay() == null ? "default" : Double.toString(run.decay()),
        minutes == null ? "default" : Double.toString(minutes),
        Long.toString(seed));
  }
}
