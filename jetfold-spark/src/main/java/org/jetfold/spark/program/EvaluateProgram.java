package org.jetfold.spark.program;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jetfold.spark.evaluate.ClusterEvaluation;
import org.jetfold.spark.evaluate.EvaluationSettings;
import org.jetfold.spark.file.OutputFile;
import org.jetfold.study.report.EvaluationReport;
import org.jetfold.study.report.LimitText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what compression did to the physics of many files. */
@Command(
    name = "evaluate",
    description =
        "Says what compression did to the physics: as the command 'evaluate' of one machine, a task"
            + " a file. Exit code 1 where a value is not within its bound, or a limit is broken.")
final class EvaluateProgram implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "ORIGINAL",
      description = "The files before: one, a folder or a glob.")
  String original = "";

  @Parameters(
      index = "1",
      paramLabel = "RESTORED",
      description =
          "What was made of them: run1.jetf of run1.root, or run1-00000.jetf, run1-00001.jetf, … of"
              + " its parts.")
  String restored = "";

  @Option(names = "--report", paramLabel = "OUT.html", description = "Write a page with pictures.")
  @Nullable String report;

  @Option(names = "--picture", paramLabel = "OUT.svg", description = "Write a picture.")
  @Nullable String picture;

  @Option(names = "--json", paramLabel = "OUT.json", description = "Write figures for programs.")
  @Nullable String json;

  @Option(
      names = "--require",
      paramLabel = "LIMITS",
      split = ",",
      description = "Limits that must hold, as the command 'evaluate' lists them.")
  List<String> require = new ArrayList<>();

  @Option(
      names = "--match",
      paramLabel = "dr[:0.01][,dpt:E]",
      description = "Match objects one-to-one within events.")
  @Nullable String match;

  @Option(names = "--jets", paramLabel = "COLLECTION", description = "The collection of jets.")
  @Nullable String jets;

  @Option(names = "--derive", paramLabel = "DEFINITION", description = "Defines a quantity.")
  List<String> derive = new ArrayList<>();

  @Option(names = "--weight", paramLabel = "COLUMN", description = "The weight of each event.")
  @Nullable String weight;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description = "A model's file, or a folder with some; those beside the files are found.")
  List<String> models = new ArrayList<>();

  @Option(names = "--overwrite", description = "Replace reports that are there.")
  boolean overwrite;

  @Mixin ReadingArguments reading = new ReadingArguments();

  @Override
  public Integer call() throws Exception {
    EvaluationSettings settings =
        new EvaluationSettings(reading.settings(), match, weight, jets, derive, require);
    try {
      settings.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return JetfoldJob.onSpark("jetfold evaluate", () -> evaluate(settings));
  }

  private int evaluate(EvaluationSettings settings) throws Exception {
    SparkContext context = SparkSession.active().sparkContext();
    Configuration configuration = context.hadoopConfiguration();
    // Asked for before hours of work are done, not after.
    Map<String, OutputFile> outputs = new LinkedHashMap<>();
    for (String path : new String[] {report, picture, json}) {
      if (path != null) {
        outputs.put(path, OutputFile.at(path, overwrite, configuration));
      }
    }
    EvaluationReport found =
        new ClusterEvaluation(context, settings, models)
            .report(original, restored, ReadingArguments::isTable);
    for (Map.Entry<String, OutputFile> output : outputs.entrySet()) {
      try (OutputFile file = output.getValue()) {
        file.write(
            output.getKey().equals(report)
                ? found::writeHtml
                : output.getKey().equals(picture) ? found::writeSvg : found::writeJson);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(found.headline());
    LimitText.of(found, false).forEach(out::println);
    out.flush();
    return found.fails() ? JetfoldJob.DIFFERENT : 0;
  }
}
