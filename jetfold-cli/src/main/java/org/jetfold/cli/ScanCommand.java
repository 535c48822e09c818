package org.jetfold.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jetfold.codec.container.AtomicFile;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.train.AutoencoderSettings;
import org.jetfold.train.DivergedException;
import org.jetfold.train.TrainedAutoencoder;
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
            + " a picture beside it. What the table has already is not trained again.",
    footerHeading = "%nExample%n",
    footer = "  jetfold scan jets.npz --preset tla-27d --latent 8..20 --lr 1e-3,1e-2 -o scan.csv")
final class ScanCommand implements Callable<Integer> {
  private static final String HEAD =
      "layers,latents,lr,weight_decay,minutes,seed,epochs,seconds,mse";
  private static final int MOST_RUNS = 10_000;

  private final Streams streams;

  @Parameters(paramLabel = "IN", arity = "1..*", description = "Tables that are alike.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.csv",
      required = true,
      description = "The table; the picture gets its name with the ending .svg.")
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

  @Option(names = "--minutes", paramLabel = "M", description = "Of each training. Default: 5.")
  @Nullable Double minutes;

  @Option(names = "--seed", paramLabel = "N", description = "Where random numbers start.")
  long seed = 1;

  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  ScanCommand(Streams streams) {
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
    Map<String, String> done = read();
    List<Run> runs = runs();
    AutoencoderTraining.Jets jets = null;
    int number = 0;
    for (Run run : runs) {
      number++;
      AutoencoderOptions options = options(run);
      AutoencoderTraining training =
          new AutoencoderTraining(streams, reading, working, options, PrecisionRules.exact());
      if (done.containsKey(key(run))) {
        continue;
      }
      if (jets == null) {
        jets = training.read(inputs);
      }
      if (!working.quiet) {
        streams.say("%d of %d: %s".formatted(number, runs.size(), key(run)));
      }
      done.put(key(run), key(run) + "," + train(jets, training, options));
      write(done);
    }
    write(done);
    return ExitCode.OK;
  }

  /** Epochs, seconds and loss; of a training that diverges no loss, and the scan goes on. */
  private String train(
      AutoencoderTraining.Jets jets, AutoencoderTraining training, AutoencoderOptions options) {
    AutoencoderSettings settings =
        options.settings(
            "scan", minutes, seed, working.threads(), jets.sample().variables().size());
    try {
      TrainedAutoencoder trained = training.train(jets, settings, null, false);
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

  /** The lines of a table that was begun. */
  private Map<String, String> read() throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    Path file = FileNames.path(output);
    if (!Files.exists(file)) {
      return lines;
    }
    List<String> all = Files.readAllLines(file);
    if (all.isEmpty() || !all.getFirst().equals(HEAD)) {
      throw CommandFailure.usage(
          output + ": is there and is no table of a scan: name another output");
    }
    for (String line : all.subList(1, all.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length != HEAD.split(",", -1).length) {
        throw CommandFailure.usage(
            "%s: a line is damaged (%s): take it out".formatted(output, Streams.printable(line)));
      }
      lines.put(String.join(",", List.of(cells).subList(0, 6)), line);
    }
    return lines;
  }

  private void write(Map<String, String> lines) throws IOException {
    replace(FileNames.path(output), HEAD + "\n" + String.join("\n", lines.values()) + "\n");
    List<ScanPicture.Point> points = new ArrayList<>();
    for (String line : lines.values()) {
      String[] cells = line.split(",", -1);
      String name = "%s, lr %s, wd %s".formatted(cells[0], cells[2], cells[3]);
      points.add(
          new ScanPicture.Point(name, Integer.parseInt(cells[1]), Double.parseDouble(cells[8])));
    }
    String picture = output.replaceFirst("\\.csv$", "") + ".svg";
    replace(FileNames.path(picture), ScanPicture.of(points));
  }

  private static void replace(Path file, String text) throws IOException {
    try (AtomicFile target = AtomicFile.create(file, /* overwrite= */ true)) {
      target.stream().write(text.getBytes(StandardCharsets.UTF_8));
      target.commit();
    }
  }
}
