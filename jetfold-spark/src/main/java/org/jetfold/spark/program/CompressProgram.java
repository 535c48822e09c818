package org.jetfold.spark.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputFiles;
import org.jetfold.spark.write.CompressionSettings;
import org.jetfold.spark.write.FilesWriter;
import org.jetfold.spark.write.OutputFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compresses files, a task each, into a folder that is complete or not there. */
@Command(
    name = "compress",
    description = "Compresses files of any format that Jetfold reads, a task each.")
final class CompressProgram implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "2..*",
      paramLabel = "PATH",
      description = "Files, folders and globs; the last is the folder that is written.")
  List<String> paths = new ArrayList<>();

  @Option(names = "--precision", paramLabel = "RULES", description = "What each column may lose.")
  @Nullable String precision;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description = "Code with this learned model; may be given several times.")
  List<String> models = new ArrayList<>();

  @Option(names = "--embed-model", description = "Put the models into each file.")
  boolean embedded;

  @Option(
      names = "--guarantee",
      paramLabel = "BOUNDS",
      description = "Bounds on quantities computed from the columns, as in mjj=rel:0.004.")
  @Nullable String guarantee;

  @Option(names = "--jets", paramLabel = "NAME", description = "The collection of jets.")
  @Nullable String jets;

  @Option(names = "--seed", paramLabel = "N", description = "Of the phases of dithered columns.")
  @Nullable Long seed;

  @Option(
      names = "--split",
      paramLabel = "MB",
      description =
          "Divide ROOT files into parts of about so many megabytes, a task and a file each:"
              + " run1-00000.jetf, run1-00001.jetf, …")
  @Nullable Integer split;

  @Option(names = "--overwrite", description = "Replace the folder where it is there.")
  boolean overwrite;

  @Mixin ReadingArguments reading = new ReadingArguments();

  @Override
  public Integer call() throws Exception {
    if (split != null && split < 1) {
      throw new ParameterException(
          spec.commandLine(), "--split must be at least 1 MB, was " + split);
    }
    return JetfoldJob.onSpark("jetfold compress", this::compress);
  }

  private int compress() throws Exception {
    SparkContext context = SparkSession.active().sparkContext();
    Configuration configuration = context.hadoopConfiguration();
    List<InputFile> inputs =
        InputFiles.find(
            paths.subList(0, paths.size() - 1), configuration, ReadingArguments::isTable);
    FilesWriter.Summary summary =
        new FilesWriter(
                new CompressionSettings(precision, models, embedded, guarantee, jets, seed),
                reading.settings(),
                split == null ? 0 : (long) split << 20,
                configuration)
            .write(
                context,
                inputs,
                paths.getLast(),
                overwrite ? OutputFolder.Mode.REPLACE : OutputFolder.Mode.CREATE,
                line -> spec.commandLine().getErr().println("warning: " + line));
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %,d files, %,d events or rows, %,d bytes of %,d%n",
            paths.getLast(),
            summary.files(),
            summary.events(),
            summary.bytes(),
            inputs.stream().mapToLong(InputFile::size).sum());
    return 0;
  }
}
