package org.jetfold.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.report.EvaluationReport.Verdict;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.residual.TestTables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a report says first, what it shows of each column, and what it folds. */
final class HeadlineTest {
  private static final int PT = 1;
  private static final int ETA = 2;

  /** Every precision of a table, all exact but one. */
  private static List<Precision> precisions(Table table, int column, Precision precision) {
    List<Precision> all = new ArrayList<>();
    for (int number = 0; number < table.schema().columns().size(); number++) {
      all.add(number == column ? precision : Precision.exact());
    }
    return all;
  }

  private static Table scaled(Table table, int column, double largest) {
    SplittableRandom random = new SplittableRandom(3);
    return TestTables.changed(
        table,
        column,
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] *= (float) (1 + largest * random.nextDouble(-1, 1));
          }
          return values;
        });
  }

  private static Table shifted(Table table, int column, double largest) {
    SplittableRandom random = new SplittableRandom(3);
    return TestTables.changed(
        table,
        column,
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (largest * random.nextDouble(-1, 1));
          }
          return values;
        });
  }

  private static EvaluationReport report(
      Table original, Table restored, List<Precision> precisions, String... limits)
      throws IOException, StudyException {
    Evaluation evaluation =
        new Evaluator(
                TestTables.source(original, 1000),
                TestTables.source(restored, 1000),
                Evaluator.Settings.of(precisions))
            .run(_ -> {});
    return new EvaluationReport(
        "original.npz",
        "restored.jetf",
        "",
        evaluation,
        Arrays.stream(limits)
            .flatMap(limit -> Requirement.parse(limit).check(evaluation).stream())
            .toList(),
        EvaluationReport.usualLimits(evaluation));
  }

  private static String html(EvaluationReport report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.writeHtml(out);
    String all = out.toString(StandardCharsets.UTF_8);
    // The script is a megabyte of one line.
    return all.substring(all.indexOf("<body>"), all.indexOf("<script"));
  }

  /** The promise comes first: all values keep it, or some do not and have names. */
  @Tag("slow")
  @Test
  void thePromiseComesFirst() throws IOException, StudyException {
    Table original = TestTables.jets(4000, 6, 1);
    for (double bound : new double[] {1e-5, 1e-4, 1e-3}) {
      // Close to the bound, so that float rounding does not decide.
      Table restored = scaled(original, PT, 0.99 * bound);
      EvaluationReport kept =
          report(original, restored, precisions(original, PT, new Precision.Relative(bound)));
      long values = original.rootEntries() + 6L * original.entries(1);
      assertThat(kept.headline())
          .startsWith("All %,d values are within their bounds; ".formatted(values));
      assertThat(kept.fails()).isFalse();
      EvaluationReport broken =
          report(original, restored, precisions(original, PT, new Precision.Relative(bound / 2)));
      assertThat(broken.headline()).contains("values of jets.pt are NOT within their bounds; ");
      assertThat(broken.verdict()).isEqualTo(Verdict.BROKEN);
      assertThat(broken.fails()).isTrue();
      assertThat(html(broken)).contains("class=\"verdict broken\"", "values are not within rel:");
    }
  }

  @Test
  void oneValueBeyondIsFound() throws IOException, StudyException {
    Table original = TestTables.jets(4000, 6, 1);
    Table restored =
        TestTables.changed(
            original,
            ETA,
            values -> {
              values[values.length / 2] += 0.0011f;
              return values;
            });
    EvaluationReport report =
        report(original, restored, precisions(original, ETA, new Precision.Absolute(0.001)));
    assertThat(report.headline()).startsWith("1 value of jets.eta is NOT within their bounds;");
  }

  @Test
  void withoutAPromiseNothingIsClaimed() throws IOException, StudyException {
    Table original = TestTables.jets(1000, 6, 1);
    EvaluationReport plain = report(original, original, List.of());
    assertThat(plain.headline()).startsWith("No bounds are known of restored.jetf; ");
    List<Precision> measured = new ArrayList<>();
    original.schema().columns().forEach(_ -> measured.add(new Precision.Measured()));
    assertThat(report(original, original, measured).headline())
        .startsWith("The file promises no bounds: its errors are measured; ");
    measured.set(PT, new Precision.Relative(0.1));
    assertThat(report(original, original, measured).headline())
        .contains("values of 1 column are within their bounds, 6 others have none; ");
  }

  /** Whatever limits hold: spectra that change by more than their errors are never green. */
  @Tag("slow")
  @Test
  void changedSpectraAreNeverGreen() throws IOException, StudyException {
    Table original = TestTables.jets(8000, 6, 1);
    boolean[] seen = new boolean[2];
    for (double step : new double[] {0.001, 0.01, 0.1, 0.3, 0.6}) {
      Table restored =
          TestTables.changed(
              original,
              ETA,
              values -> {
                for (int i = 0; i < values.length; i++) {
                  values[i] = (float) (Math.rint(values[i] / step) * step);
                }
                return values;
              });
      EvaluationReport report =
          report(
              original,
              restored,
              precisions(original, ETA, new Precision.Absolute(step)),
              "eta.spectrum<1e9",
              "pt.max<1");
      boolean changes =
          report.evaluation().columns().get(ETA).residuals().spectrum().changes().stream()
              .anyMatch(change -> Math.abs(change.value()) > 0.1);
      if (changes) {
        assertThat(report.verdict()).isEqualTo(Verdict.SPECTRUM);
        assertThat(report.headline())
            .matches(
                ".*; the (spectrum of jets\\.eta changes|spectra of jets\\.eta, the dijet mass"
                    + " change) by more than the statistical error.*");
        assertThat(html(report))
            .contains("class=\"verdict spectrum\"", "where another sample would differ by");
      }
      assertThat(report.verdict() == Verdict.PASSES)
          .isEqualTo(report.spectrumSentences().isEmpty());
      seen[report.verdict() == Verdict.PASSES ? 0 : 1] = true;
      // Amber is no failure.
      assertThat(report.fails()).isFalse();
    }
    assertThat(seen).containsExactly(true, true);
  }

  /** Usual limits fail where nothing was stated; otherwise what was stated decides. */
  @Test
  void usualLimitsDecideWhereNothingIsStated() throws IOException, StudyException {
    Table original = TestTables.jets(8000, 4, 1);
    Table restored = scaled(original, PT, 0.05);
    List<Precision> precisions = precisions(original, PT, new Precision.Relative(0.06));
    assertThat(report(original, restored, precisions).fails()).isTrue();
    EvaluationReport stated = report(original, restored, precisions, "pt.max<0.06");
    assertThat(stated.fails()).isFalse();
    assertThat(stated.verdict()).isEqualTo(Verdict.UNUSUAL);
  }

  /** Relative errors are told of relative promises, absolute ones of absolute promises. */
  @Test
  void residualsAreOfThePromisesKind() throws IOException, StudyException {
    Table original = TestTables.jets(500, 4, 1);
    for (int column = PT; column <= 4; column++) {
      for (Precision relative : List.of(new Precision.Relative(0.01), new Precision.Bits(7))) {
        EvaluationReport report =
            report(
                original, scaled(original, column, 0.001), precisions(original, column, relative));
        assertThat(report.evaluation().columns().get(column).relative()).isTrue();
      }
      EvaluationReport report =
          report(
              original,
              shifted(original, column, 0.001),
              precisions(original, column, new Precision.Absolute(0.002)));
      EvaluatedColumn absolute = report.evaluation().columns().get(column);
      assertThat(absolute.relative()).isFalse();
      assertThat(html(report)).containsPattern("<td>abs:0.002</td><td>(absolute|MeV)</td>");
    }
  }

  /** The panel of sizes starts at the smallest residual, not at the smallest float. */
  @Test
  void sizesStartWhereDataStart() throws IOException, StudyException {
    Table original = TestTables.jets(500, 4, 1);
    // Half of the values do not change: zeros are no sizes.
    Table restored =
        TestTables.changed(
            original,
            PT,
            values -> {
              for (int i = 0; i < values.length; i += 2) {
                values[i] *= 1.001f;
              }
              return values;
            });
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    report(original, restored, List.of()).writeJson(json);
    double first = firstSizeEdge(json.toString(StandardCharsets.UTF_8), "jets.pt");
    assertThat(first).isBetween(0.0005, 0.001);
  }

  private static double firstSizeEdge(String json, String column) throws IOException {
    String from = json.substring(json.indexOf("\"name\" : \"" + column + "\""));
    try (JsonParser parser =
        new JsonFactory().createParser("{" + from.substring(from.indexOf("\"sizes\"")))) {
      for (JsonToken token = parser.nextToken(); ; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
          return parser.getDoubleValue();
        }
      }
    }
  }

  /** Long lists fold: what is missing, limits that hold, columns that did not change. */
  @Tag("slow")
  @Test
  void longListsFold() throws IOException, StudyException {
    Table original = TestTables.jets(300, 150, 1);
    Table restored = scaled(original, PT, 0.001);
    EvaluationReport report = report(original, restored, List.of(), "*.max<1", "pt.max<1e-6");
    String html = html(report);
    assertThat(html).contains("150 columns that did not change", "more, which hold</summary>");
    // A broken limit stands before all that hold, outside of what is folded.
    assertThat(html.indexOf("pt.max&lt;1e-6")).isBetween(0, html.indexOf("<details"));
    String folded = HtmlPage.folded("name, ".repeat(3000));
    assertThat(folded.substring(0, folded.indexOf("</summary>")).length()).isLessThan(400);
    assertThat(folded.replaceAll("<[^>]*>", "").replace(" …", "")).isEqualTo("name, ".repeat(3000));
    assertThat(HtmlPage.folded("short <text>")).isEqualTo("short &lt;text&gt;");
  }
}
