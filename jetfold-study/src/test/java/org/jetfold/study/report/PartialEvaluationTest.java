package org.jetfold.study.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.matching.MatchingCut;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.PartialEvaluation;
import org.jetfold.study.residual.ResidualScales;
import org.jetfold.study.residual.TestTables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that are shared out among machines give the figures of one machine. */
class PartialEvaluationTest {
  private static final int EVENTS = 3000;

  private static Table original() {
    return TestTables.jets(EVENTS, 7, 5);
  }

  private static Table restored(Table original) {
    Table restored = original;
    for (int column : new int[] {1, 3, 5, 6}) {
      SplittableRandom random = new SplittableRandom(column);
      restored =
          TestTables.changed(
              restored,
              column,
              values -> {
                for (int i = 0; i < values.length; i++) {
                  values[i] *= (float) (1 + 0.01 * random.nextDouble(-1, 1));
                }
                return values;
              });
    }
    return restored;
  }

  private static Evaluator evaluator(Table original, Table restored, @Nullable String cut)
      throws IOException, StudyException {
    List<Precision> precisions =
        PrecisionRules.parse("pt=rel:0.008").resolve(original.schema()).columns();
    return new Evaluator(
        TestTables.source(original, 250),
        TestTables.source(restored, 250),
        new Evaluator.Settings(
            cut == null ? null : MatchingCut.parse(cut),
            null,
            null,
            null,
            List.of("scaled = 2 * jets.pt"),
            List.of(),
            precisions));
  }

  private static PartialEvaluation sent(PartialEvaluation part)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(part);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (PartialEvaluation) in.readObject();
    }
  }

  private static String json(Evaluation evaluation) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EvaluationReport(
            "a.npz", "b.jetf", "", evaluation, List.of(), EvaluationReport.usualLimits(evaluation))
        .writeJson(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1000,", "700,", "1000,dr:0.05"})
  void partsGiveTheFiguresOfTheWhole(int eventsAPart, @Nullable String cut) throws Exception {
    Table original = original();
    Table restored = restored(original);
    String whole = json(evaluator(original, restored, cut).run(_ -> {}));

    ResidualScales scales = evaluator(original, restored, cut).scales(null);
    List<PartialEvaluation> parts = new ArrayList<>();
    for (int from = 0; from < EVENTS; from += eventsAPart) {
      int to = Math.min(EVENTS, from + eventsAPart);
      parts.add(
          sent(
              evaluator(original.slice(from, to), restored.slice(from, to), cut)
                  .sum(scales, _ -> {})));
    }
    PartialEvaluation all = parts.getFirst();
    parts.subList(1, parts.size()).forEach(all::merge);

    assertThat(json(evaluator(original, restored, cut).evaluation(all))).isEqualTo(whole);
  }

  @Test
  void tableWithoutRowsDecidesNothing() throws Exception {
    Table original = original();
    Table restored = restored(original);
    Table noJets = Table.empty(original.schema());

    assertThat(evaluator(noJets, noJets, null).scales(null)).isNull();
    assertThat(evaluator(original, restored, null).scales(null))
        .satisfies(found -> assertThat(found.isComplete()).isTrue())
        .satisfies(found -> assertThat(found.correlated()).hasSize(7));
  }

  @Test
  void partsOfOtherTablesAreRefused() throws Exception {
    Table few = TestTables.jets(10, 4, 1);
    Table many = TestTables.jets(10, 5, 1);
    PartialEvaluation part = evaluator(few, few, null).sum(null, _ -> {});
    PartialEvaluation other = evaluator(many, many, null).sum(null, _ -> {});

    assertThatThrownBy(() -> part.merge(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
