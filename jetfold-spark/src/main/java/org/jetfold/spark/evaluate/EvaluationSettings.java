package org.jetfold.spark.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.study.matching.MatchingCut;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * How tables are compared.
 *
 * @param reading what of the files is read
 * @param match the cut for matching objects, in words; null where they are in the same order
 * @param weight the column of the events' weights; null for 1
 * @param jets the collection of jets; null to find it by name
 * @param definitions of quantities to evaluate
 * @param limits that must hold, in words
 */
public record EvaluationSettings(
    InputSettings reading,
    @Nullable String match,
    @Nullable String weight,
    @Nullable String jets,
    List<String> definitions,
    List<String> limits)
    implements Serializable {
  /** Copies the lists, to ones that can be sent. */
  public EvaluationSettings {
    definitions = new ArrayList<>(definitions);
    limits = new ArrayList<>(limits);
  }

  /**
   * Checks how cut and limits are written.
   *
   * @throws IllegalArgumentException where one is not written as it must be
   */
  public void check() {
    Evaluator.Settings unused = settings(List.of());
  }

  /**
   * The limits.
   *
   * @throws IllegalArgumentException where one is not written as it must be
   */
  public List<Requirement> requirements() {
    return limits.stream().map(Requirement::parse).toList();
  }

  /**
   * What an evaluator is told.
   *
   * @param precisions what the restored table promises; empty for nothing
   * @throws IllegalArgumentException where the cut or a limit is not written as it must be
   */
  Evaluator.Settings settings(List<Precision> precisions) {
    return new Evaluator.Settings(
        match == null ? null : MatchingCut.parse(match),
        weight,
        null,
        jets,
        definitions,
        requirements(),
        precisions);
  }
}
