package org.jetfold.cli.train;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.PrecisionAsked;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.SeedOption;
import org.jetfold.cli.option.TrainingTime;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.tables.TableFiles;
import org.jetfold.train.KnownUnit;
import org.jetfold.train.LibTorch;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.autoencoder.AutoencoderSettings;
import org.jetfold.train.autoencoder.TrainedAutoencoder;
import org.jetfold.train.density.DensityTraining;
import org.jetfold.train.density.SampleReader;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSample;
import org.jetfold.train.density.TrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jetfold train}. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Trains a model on the columns of tables. 'compress --model' uses it to make smaller"
            + " files.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold train jets.npz -o jets.jetm",
      "  jetfold train run*.parquet -o jets.jetm --precision '*=bits:7' --minutes 10",
      "  jetfold train jets.npz -o jets.jetm --resume     after an interruption",
      "  jetfold train nano.root -o models/               a model for each collection",
      "  jetfold train new.npz --start jets.jetm -o new.jetm",
      "",
      "Precision rules are those of 'jetfold compress'. A density model is trained for one"
          + " precision",
      "of each column. Without --precision it is chosen by the preset jets, and printed. For an",
      "autoencoder --precision rounds the values before the training.",
    })
public final class TrainCommand implements Callable<Integer> {
  /** The ending of a checkpoint's name, after the name of the model. */
  static final String CHECKPOINT = ".checkpoint";

  /** Classes whose options are for autoencoders. */
  private static final Set<Class<?>> FOR_AUTOENCODERS =
      Set.of(AutoencoderOptions.class, NetworkOptions.class, NetworkInputOptions.class);

  private final Streams streams;

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "IN",
      arity = "1..*",
      description = "Tables with the same columns (${formats}); - is standard input.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description =
          "The .jetm file; or a folder, for models of all collections. A name that ends in / is a"
              + " folder.")
  String output = "";

  @Option(
      names = "--precision",
      paramLabel = "RULES",
      description =
          "Precision of each column. Default: jets for a density model, exact for an autoencoder.")
  @Nullable String precision;

  @Option(
      names = "--resume",
      description =
          "Continue an interrupted training with the same data and settings from its checkpoint.")
  boolean resume;

  @Option(
      names = "--order",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Columns to code first, in this order; they can be decoded without the others. Columns"
              + " that fall or rise within events follow, then the others in the table's order.")
  List<String> order = new ArrayList<>();

  @Option(
      names = "--start",
      paramLabel = "MODEL.jetm",
      description =
          "Go on from this density model, on other data: with its columns, network and weights.")
  @Nullable String start;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Units of each hidden layer. Default: chosen by the amount of data.")
  @Nullable Integer hidden;

  @Option(names = "--components", paramLabel = "K", hidden = true, description = "")
  @Nullable Integer components;

  @Option(names = "--steps", paramLabel = "N", hidden = true, description = "")
  @Nullable Integer steps;

  @Option(
      names = "--codec",
      paramLabel = "C",
      description =
          "Kind of model: density (default), which keeps every bound, or autoencoder. The options"
              + " from --preset on, except --unit, are for autoencoders.")
  String codec = "density";

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description =
          "How much each event (or row) counts in the training, and in the bits or errors that are"
              + " printed: the values of this column, from 0 on. Default: 1 each.")
  @Nullable String weight;

  @Option(
      names = {"-f", "--force"},
      description = "Replace an existing model, and ignore an existing checkpoint.")
  boolean overwrite;

  @Mixin TrainingTime time = new TrainingTime();
  @Mixin SeedOption random = new SeedOption();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();
  @Mixin AutoencoderOptions autoencoder = new AutoencoderOptions();

  public TrainCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    boolean isAutoencoder = codec.equals("autoencoder");
    if (!isAutoencoder && !codec.equals("density")) {
      throw CommandFailure.usage("--codec must be density or autoencoder, was " + codec);
    }
    refuseOthersOptions(isAutoencoder);
    TrainingSettings settings = settings();
    if (output.equals(TableFiles.STANDARD)) {
      throw CommandFailure.usage(
          "-o must name a file, because a training writes its checkpoint beside the model");
    }
    if (FileNames.isFolder(output)) {
      trainEach(isAutoencoder, settings);
      return ExitCode.OK;
    }
    FileNames.refuseSameFiles(inputs, output, output + CHECKPOINT);
    FileNames.requireKind(output, FileNames.MODEL_ENDING);
    DensityModel from = started();
    LibTorch.requirePresent();
    Path checkpoint = checkpoint();
    Kernels.warnWhereSlow(streams::warn);
    if (isAutoencoder) {
      trainAutoencoder(checkpoint);
      return ExitCode.OK;
    }
    try (OutputFile out = OutputFile.create(output, overwrite, streams)) {
      TrainingSample sample = read(from);
      TrainedModel trained =
          train(sample, from == null ? settings : settings.startingFrom(from), checkpoint);
      out.stream().write(trained.model().bytes());
      out.commit();
      summarize(trained);
    }
    return ExitCode.OK;
  }

  /** Trains a model for each collection; they go to a folder. */
  private void trainEach(boolean isAutoencoder, TrainingSettings settings) throws IOException {
    if (isAutoencoder || start != null) {
      throw CommandFailure.usage(
          "-o %s is a folder, for density models of all collections: name a file for %s"
              .formatted(output, isAutoencoder ? "an autoencoder" : "--start"));
    }
    LibTorch.requirePresent();
    Kernels.warnWhereSlow(streams::warn);
    SampleReader reader = SampleReader.ofEach(order, SampleReader.MAX_VALUES);
    CollectionModels models =
        new CollectionModels(streams, working, FileNames.path(output), resume, overwrite);
    try {
      read(reader, null);
      models.train(reader.samples(autoencoder.network.inputs.unit.value()), settings);
    } catch (JetfoldException e) {
      throw Failures.about(FileNames.shown(inputs.getFirst()), e);
    }
  }

  /** Refuses options of the other kind of model, which would have no effect. */
  private void refuseOthersOptions(boolean isAutoencoder) {
    if (start != null && (!order.isEmpty() || hidden != null || components != null)) {
      throw CommandFailure.usage(
          "--start takes columns and network from its model: leave out --order and --hidden");
    }
    if (isAutoencoder) {
      if (start != null) {
        throw CommandFailure.usage("--start requires a density model, without --codec autoencoder");
      }
      if (!order.isEmpty() || hidden != null || components != null || steps != null) {
        throw CommandFailure.usage(
            "--order and --hidden require a density model, without --codec autoencoder");
      }
      return;
    }
    CommandSpec known = spec;
    if (known == null) {
      return;
    }
    for (OptionSpec option : known.commandLine().getParseResult().matchedOptions()) {
      if (option.userObject() instanceof Field field
          && FOR_AUTOENCODERS.contains(field.getDeclaringClass())) {
        throw CommandFailure.usage(option.longestName() + " requires --codec autoencoder");
      }
    }
  }

  private void trainAutoencoder(Path checkpoint) throws IOException {
    AutoencoderPlan plan = new AutoencoderPlan(autoencoder);
    PrecisionRules inputPrecisions = PrecisionAsked.of(precision, PrecisionRules.exact()).rules();
    AutoencoderRun training = new AutoencoderRun(streams, reading, working, plan, inputPrecisions);
    try (OutputFile out = OutputFile.create(output, overwrite, streams)) {
      AutoencoderRun.Jets jets = training.read(inputs, weight);
      AutoencoderSettings settings =
          plan.settings(
              Compressor.PRODUCER,
              time.minutes,
              random.seed,
              working.threads(),
              jets.sample().variables().size());
      TrainedAutoencoder trained = training.train(jets, settings, checkpoint, resume);
      AutoencoderRun.Finished finished = training.finish(jets, trained, settings);
      out.stream().write(finished.model().bytes());
      out.commit();
      if (!working.quiet) {
        training.summarize(output, finished);
      }
    }
  }

  private TrainingSettings settings() {
    double wanted = time.checked();
    if (hidden != null && (hidden < 0 || hidden > TrainingSettings.MAX_HIDDEN)) {
      throw CommandFailure.usage(
          "--hidden must be between 0 and %d, was %d"
              .formatted(TrainingSettings.MAX_HIDDEN, hidden));
    }
    TrainingSettings settings =
        TrainingSettings.shared(Compressor.PRODUCER, wanted, working.threads())
            .withSeed(random.seed)
            .withNetwork(hidden, components);
    return steps == null ? settings : settings.withSteps(steps);
  }

  /** The file for checkpoints. An existing one is used or overwritten only if asked for. */
  private Path checkpoint() {
    Path checkpoint = FileNames.path(output + CHECKPOINT);
    boolean exists = Files.exists(checkpoint);
    if (resume && !exists) {
      throw CommandFailure.usage(
          "--resume requires a checkpoint, and there is no %s".formatted(checkpoint));
    }
    if (exists && !resume && !overwrite) {
      throw CommandFailure.usage(
          "%s is the checkpoint of an interrupted training: continue it with --resume, or start again with -f"
              .formatted(checkpoint));
    }
    return checkpoint;
  }

  /** The initial model; null without one. */
  private @Nullable DensityModel started() {
    if (start == null) {
      return null;
    }
    FileNames.refuseSameFile(start, output);
    if (ModelFiles.read(start) instanceof DensityModel model) {
      return model;
    }
    throw CommandFailure.usage(start + ": is an autoencoder, and --start requires a density model");
  }

  /** What is asked for, or without that what the initial model was trained for. */
  private PrecisionChoice precisions(
      PrecisionAsked asked, Schema schema, @Nullable DensityModel from) {
    if (from == null || precision != null) {
      return asked.rules().resolve(schema);
    }
    PrecisionChoice exact = PrecisionRules.exact().resolve(schema);
    List<Precision> columns = new ArrayList<>(exact.columns());
    ModelKinds.KNOWN.of(from).trainedPrecisions(schema, from).forEach(columns::set);
    return new PrecisionChoice(exact.names(), columns, exact.reasons(), exact.warnings());
  }

  private TrainingSample read(@Nullable DensityModel from) {
    SampleReader reader =
        from == null
            ? new SampleReader(order, SampleReader.MAX_VALUES)
            : SampleReader.startingFrom(from, SampleReader.MAX_VALUES);
    read(reader, from);
    try {
      TrainingSample sample = reader.sample(autoencoder.network.inputs.unit.value());
      KnownUnit known = sample.unit();
      if (known.unit() != null) {
        working.say(
            streams,
            "%s: energies are in %s, %s"
                .formatted(
                    FileNames.shown(inputs.getFirst()), known.unit().symbol(), known.reason()));
      }
      return sample;
    } catch (JetfoldException e) {
      throw Failures.about(FileNames.shown(inputs.getFirst()), e);
    }
  }

  /** Reads all inputs. */
  private void read(SampleReader reader, @Nullable DensityModel from) {
    PrecisionAsked asked = PrecisionAsked.of(precision, PrecisionRules.jets());
    reading.readToo(weight);
    for (int i = 0; i < inputs.size(); i++) {
      String input = inputs.get(i);
      String shown = FileNames.shown(input);
      try (TableSource source = reading.open(input, working.threads(), streams)) {
        PrecisionChoice choice = precisions(asked, source.schema(), from);
        if (i == 0 && (from == null || precision != null)) {
          asked.announce(shown, choice, streams, working.quiet);
        }
        reader.read(
            source, choice.columns(), NetworkInputReader.weights(weight, shown, source.schema()));
      } catch (IOException | RuntimeException | Error e) {
        throw Failures.about(shown, e);
      }
    }
  }

  private TrainedModel train(TrainingSample sample, TrainingSettings settings, Path checkpoint) {
    try (TrainingProgress progress = new TrainingProgress(streams, working.quiet)) {
      return DensityTraining.train(sample, settings, checkpoint, resume, progress);
    } catch (TrainingInterruptedException e) {
      throw Interruption.ofTraining(checkpoint, streams, e);
    } catch (JetfoldException e) {
      throw Failures.about(FileNames.shown(inputs.getFirst()), e);
    } catch (IOException e) {
      throw Failures.about(checkpoint.toString(), e);
    }
  }

  private void summarize(TrainedModel trained) {
    if (working.quiet) {
      return;
    }
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    table.line("column", "precision", "static", "learned", "cumulative").rule();
    double cumulative = 0;
    for (TrainedModel.ColumnCost column : trained.columns()) {
      // To decode a column, all before it are decoded.
      cumulative += column.learnedBits();
      table.line(
          Streams.printable(column.name()),
          column.precision().toString(),
          Quantities.decimal(column.staticBits(), 2),
          Quantities.decimal(column.learnedBits(), 2),
          Quantities.decimal(cumulative, 2));
    }
    table.rule();
    table.line(
        "all",
        "",
        Quantities.decimal(trained.staticBits(), 2),
        Quantities.decimal(trained.learnedBits(), 2),
        "");
    table.lines().forEach(line -> streams.err().println("  " + line));
    streams.say(
        "%s: bits per value, on the %s of the test set, which chose nothing; cumulative: with all columns before it"
            .formatted(output, Quantities.count(trained.testRows(), "row")));
    streams.say(
        "%s: %s, SHA-256 %s, %s in %s"
            .formatted(
                output,
                Quantities.bytes(trained.model().size()),
                trained.model().hash(),
                Quantities.count(trained.steps(), "step"),
                TrainingProgress.clock(trained.secondsTrained())));
  }
}
