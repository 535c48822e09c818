package org.jetfold.spark.program;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputFiles;
import org.jetfold.spark.file.OutputFile;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.spark.train.ClusterSample;
import org.jetfold.train.LibTorch;
import org.jetfold.train.density.DensityTraining;
import org.jetfold.train.density.SampleReader;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a density model on events that are drawn on the cluster. */
@Command(
    name = "train",
    description =
        "Trains a density model: whole events are drawn on the cluster, the same for the same seed,"
            + " and the driver trains on them, which needs libtorch there.")
final class TrainProgram implements Callable<Integer> {
  private static final double MAX_MINUTES = 60 * 24 * 7;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "IN", description = "Files, folders and globs.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.jetm",
      description = "The model's file.")
  @Nullable String output;

  @Option(
      names = "--sample",
      paramLabel = "OUT.jetf",
      description =
          "Write the events that were drawn, without loss: for other trainings on one machine, as"
              + " of autoencoders. Without -o nothing is trained.")
  @Nullable String sample;

  @Option(
      names = "--values",
      paramLabel = "N",
      description = "How many values are drawn at most. Default: ${DEFAULT-VALUE}.")
  long values = SampleReader.MAX_VALUES;

  @Option(
      names = "--precision",
      paramLabel = "RULES",
      description = "Precision of each column. Default: jets, or that of the model of --start.")
  @Nullable String precision;

  @Option(
      names = "--order",
      paramLabel = "NAMES",
      split = ",",
      description = "Columns to code first, in this order.")
  List<String> order = new ArrayList<>();

  @Option(
      names = "--start",
      paramLabel = "MODEL.jetm",
      description = "Go on from this density model; with --precision, to another precision.")
  @Nullable String start;

  @Option(names = "--hidden", paramLabel = "N", description = "Units of each hidden layer.")
  @Nullable Integer hidden;

  @Option(names = "--minutes", paramLabel = "M", description = "How long to train. Default: 5.")
  double minutes = 5;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the training at most, for a result that can be repeated.")
  @Nullable Integer steps;

  @Option(names = "--threads", paramLabel = "T", description = "Threads of the driver.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", description = "Of the drawing and the training.")
  long seed = 1;

  @Option(names = "--unit", paramLabel = "UNIT", description = "The unit of energies: MeV or GeV.")
  @Nullable String unit;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description = "A model that compressed files among IN need, or a folder with some.")
  List<String> models = new ArrayList<>();

  @Option(names = "--overwrite", description = "Replace what is there.")
  boolean overwrite;

  @Mixin ReadingArguments reading = new ReadingArguments();

  @Override
  public Integer call() throws Exception {
    if (output == null && sample == null) {
      throw wrong("-o names the model's file; with --sample alone only the sample is written");
    }
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      throw wrong("--minutes must be above 0 and at most %.0f, was %s", MAX_MINUTES, minutes);
    }
    if (values < 1) {
      throw wrong("--values must be at least 1, was %d", values);
    }
    if (threads < 1) {
      throw wrong("--threads must be at least 1, was %d", threads);
    }
    if (unit != null && EnergyUnit.of(unit) == null) {
      throw wrong("--unit must be MeV or GeV, was %s", unit);
    }
    if (start != null && (!order.isEmpty() || hidden != null)) {
      throw wrong(
          "--start takes columns and network from its model: leave out --order and --hidden");
    }
    if (output != null) {
      LibTorch.requirePresent();
    }
    return JetfoldJob.onSpark("jetfold train", this::train);
  }

  private ParameterException wrong(String message, Object... values) {
    return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, message, values));
  }

  private int train() throws IOException {
    SparkContext context = SparkSession.active().sparkContext();
    Configuration configuration = context.hadoopConfiguration();
    List<InputFile> inputs = InputFiles.find(paths, configuration, ReadingArguments::isTable);
    try (OutputFile model = at(output, configuration);
        OutputFile drawn = at(sample, configuration)) {
      LearnedModel from = start == null ? null : SharedModels.read(start, configuration);
      Table events = ClusterSample.of(context, inputs, reading.settings(), models, seed, values);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT, "%,d events drawn from %,d files%n", events.rootEntries(), inputs.size());
      if (drawn != null) {
        drawn.write(stream -> compress(events, stream));
      }
      if (model != null) {
        TrainedModel trained = trained(events, from);
        model.write(stream -> stream.write(trained.model().bytes()));
        out.printf(
            Locale.ROOT,
            "%s: %,d bytes, SHA-256 %s; %.2f bits a row of the test set, %.2f without the model%n",
            output,
            trained.model().size(),
            trained.model().hash(),
            trained.learnedBits(),
            trained.staticBits());
      }
      out.flush();
    }
    return 0;
  }

  private @Nullable OutputFile at(@Nullable String path, Configuration configuration)
      throws IOException {
    return path == null ? null : OutputFile.at(path, overwrite, configuration);
  }

  private static void compress(Table events, OutputStream out) throws IOException {
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(
          TableSource.of(events),
          Compression.of(events.schema(), PrecisionRules.exact()),
          out,
          unused -> {});
    }
  }

  private TrainedModel trained(Table events, @Nullable LearnedModel from) throws IOException {
    TrainingSettings settings =
        TrainingSettings.shared(Compressor.PRODUCER, minutes, threads)
            .withSeed(seed)
            .withNetwork(hidden, null);
    if (steps != null) {
      settings = settings.withSteps(steps);
    }
    if (from != null) {
      settings = settings.startingFrom(from);
    }
    PrecisionChoice choice =
        from == null || precision != null
            ? (precision == null ? PrecisionRules.jets() : PrecisionRules.parse(precision))
                .resolve(events.schema())
            : Compression.asTrained(events.schema(), ModelUse.of(from)).precisions();
    choice
        .warnings()
        .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
    SampleReader reader =
        from == null
            ? new SampleReader(order, SampleReader.MAX_VALUES)
            : SampleReader.startingFrom(from, SampleReader.MAX_VALUES);
    reader.read(TableSource.of(events), choice.columns());
    return DensityTraining.train(
        reader.sample(unit == null ? null : EnergyUnit.of(unit)), settings);
  }
}
