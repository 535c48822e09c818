package org.jetfold.spark.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.text.Quantities;
import org.jetfold.spark.file.InputFiles;
import org.jetfold.spark.file.OrderedMerge;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.study.report.EvaluationReport;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.ResidualScales;
import org.jspecify.annotations.Nullable;

/**
 * Compares restored files with their originals, a task a pair, and merges what was found: the
 * figures are those of one machine. Quantiles of more than some thousand values have a rank error
 * of at most 1e-5 on one machine and on many, but not the same one.
 */
public final class ClusterEvaluation {
  /** So many parts a task slot even out that files differ in size. */
  private static final int PARTS_A_SLOT = 4;

  private final SparkContext context;
  private final EvaluationSettings settings;
  private final List<String> models;
  private final Configuration configuration;

  /**
   * A comparison.
   *
   * @param models files of models, and folders with some
   */
  public ClusterEvaluation(SparkContext context, EvaluationSettings settings, List<String> models) {
    this.context = context;
    this.settings = settings;
    this.models = List.copyOf(models);
    this.configuration = context.hadoopConfiguration();
  }

  /**
   * Compares all files.
   *
   * @param originals a file, a folder or a glob
   * @param restored the same
   * @param isTable which names of files in folders count
   * @throws org.jetfold.codec.error.JetfoldException where a file cannot be read, or has no
   *     partner, or both cannot be compared
   */
  public EvaluationReport report(String originals, String restored, Predicate<String> isTable)
      throws IOException {
    RestoredFiles made =
        RestoredFiles.read(
            InputFiles.find(List.of(restored), configuration, isTable), configuration);
    List<FilePair> pairs =
        FilePairing.of(InputFiles.find(List.of(originals), configuration, isTable), made.files());
    PairEvaluation task =
        new PairEvaluation(
            settings,
            SharedModels.of(context, made.needed().find(models, configuration)),
            SerializableConfiguration.broadcast(context, configuration));
    ResidualScales scales = scales(task, pairs);
    if (scales == null) {
      throw empty(originals, restored);
    }
    int parts = Math.min(pairs.size(), PARTS_A_SLOT * Math.max(1, context.defaultParallelism()));
    JavaRDD<PairEvaluation.Found> found =
        JavaSparkContext.fromSparkContext(context)
            .parallelize(pairs, parts)
            .map(pair -> task.sum(pair, scales));
    PairEvaluation.Found all = OrderedMerge.of(found, PairEvaluation.Found::with);
    if (all == null) {
      throw empty(originals, restored);
    }
    Evaluation evaluation =
        task.open(pairs.getFirst(), (evaluator, unused) -> evaluator.evaluation(all.part()));
    return new EvaluationReport(
        originals,
        restored,
        size(all),
        evaluation,
        settings.requirements().stream()
            .flatMap(required -> required.check(evaluation).stream())
            .toList(),
        EvaluationReport.usualLimits(evaluation));
  }

  private static DifferentTablesException empty(String originals, String restored) {
    return new DifferentTablesException(
        TableDifference.Kind.LENGTH,
        "%s and %s are empty: there is nothing to compare".formatted(originals, restored));
  }

  /** How residuals are told, as the first rows of all files say. */
  private static @Nullable ResidualScales scales(PairEvaluation task, List<FilePair> pairs)
      throws IOException {
    ResidualScales scales = null;
    for (FilePair pair : pairs) {
      ResidualScales known = scales;
      scales =
          task.open(pair, (evaluator, unused) -> Optional.ofNullable(evaluator.scales(known)))
              .orElse(null);
      if (scales != null && scales.isComplete()) {
        break;
      }
    }
    return scales;
  }

  private static String size(PairEvaluation.Found all) {
    return all.bytes() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%s, ratio %s",
            Quantities.bytes(all.bytes()),
            Quantities.decimal((double) all.rawBytes() / all.bytes(), 2));
  }
}
