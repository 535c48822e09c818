package org.jetfold.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.residual.TestTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a file, and as a person sees it. */
final class EvaluationReportTest {
  private static final long MOST_BYTES = 2_000_000;

  @TempDir Path folder;

  private static Evaluation evaluation;

  /** 27 variables, all but eta and phi changed by up to 0.4 %. */
  @BeforeAll
  static void evaluate() throws IOException, StudyException {
    Table original = TestTables.jets(8000, 27, 1);
    Table restored = original;
    SplittableRandom random = new SplittableRandom(2);
    for (int column = 1; column < 28; column++) {
      if (column != 2 && column != 3) {
        restored =
            TestTables.changed(
                restored,
                column,
                values -> {
                  for (int i = 0; i < values.length; i++) {
                    values[i] *= (float) (1 + 0.004 * random.nextDouble(-1, 1));
                  }
                  return values;
                });
      }
    }
    evaluation =
        new Evaluator(
                TestTables.source(original, 1000),
                TestTables.source(restored, 1000),
                Evaluator.Settings.of(List.of()))
            .run(_ -> {});
  }

  private static EvaluationReport report(String... limits) throws StudyException {
    List<Requirement.Outcome> outcomes =
        Arrays.stream(limits)
            .flatMap(limit -> Requirement.parse(limit).check(evaluation).stream())
            .toList();
    return new EvaluationReport(
        "a<b>.npz",
        "restored.jetf",
        "1 MB",
        evaluation,
        outcomes,
        EvaluationReport.usualLimits(evaluation));
  }

  private Path page(EvaluationReport report) throws IOException {
    Path file = folder.resolve("report.html");
    try (OutputStream out = Files.newOutputStream(file)) {
      report.writeHtml(out);
    }
    return file;
  }

  @Tag("slow")
  @Test
  void isOneSmallFileThatAsksForNothing() throws IOException, StudyException {
    Path page = page(report());
    assertThat(Files.size(page)).isLessThan(MOST_BYTES);
    String html = Files.readString(page);
    assertThat(html)
        .doesNotContain("<script src", "<link rel=\"stylesheet\"", "a<b>")
        .contains("a&lt;b&gt;.npz");
  }

  @Tag("slow")
  @Test
  void jsonHasTheFiguresOfTheTables() throws IOException, StudyException {
    EvaluationReport report = report("pt.max<0.02");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    report.writeJson(json);
    assertThat(json.toString(StandardCharsets.UTF_8))
        .contains(
            "\"verdict\" : \"" + report.verdict().text() + "\"",
            "\"rankErrorLimit\" : 1.0E-5",
            "\"p999\"",
            "\"againstPt\"");
    assertThat(report.fails()).isFalse();
    assertThat(report("pt.max<0.001").verdict()).isEqualTo(EvaluationReport.Verdict.BROKEN);
  }

  @Tag("slow")
  @Test
  void isReadAndClickedInABrowser() throws IOException, StudyException, InterruptedException {
    try (Browser browser = Browser.open(folder, page(report("pt.p999<0.001", "pt.max<0.02")))) {
      assertThat(browser.value("document.getElementById('verdict').textContent"))
          .isEqualTo("No bounds are known of restored.jetf; 1 of 2 stated limits is broken");
      assertThat(browser.value("document.querySelector('tr.bad').textContent"))
          .contains("pt.p999<0.001", "broken");
      assertThat(browser.value("performance.getEntriesByType('resource').length")).isEqualTo("0");

      // Each picture is drawn, with its units.
      assertThat(
              browser.value(
                  "[...document.querySelectorAll('.chart')].every(one => one.querySelector('svg"
                      + " path'))"))
          .isEqualTo("true");
      assertThat(browser.value("document.getElementById('spectrum').textContent"))
          .contains("jets.pt [MeV]");

      // Another measure in the table.
      String visible = "document.querySelector('div[data-measure]:not([hidden])').dataset.measure";
      assertThat(browser.value(visible)).isEqualTo("natural");
      browser.click("#table-measure button[data-value=absolute]", 0.5, 0.5);
      assertThat(browser.value(visible)).isEqualTo("absolute");

      // Another column, by its row.
      browser.click("div[data-measure]:not([hidden]) tr[data-column='jets.m'] td", 0.2, 0.5);
      assertThat(browser.value("document.getElementById('column').value")).isEqualTo("jets.m");
      browser.waitFor(
          "document.getElementById('residuals').textContent.includes('relative residual of"
              + " jets.m')");
      browser.click("#measure button[data-value=absolute]", 0.5, 0.5);
      browser.waitFor(
          "document.getElementById('residuals').textContent.includes('residual of jets.m [MeV]')");

      // Values under the mouse.
      browser.move("#spectrum", 0.5, 0.3);
      browser.waitFor("/before .* after /.test(document.getElementById('spectrum').textContent)");
      browser.move("#response", 0.5, 0.3);
      browser.waitFor("/mean .* entries/.test(document.getElementById('response').textContent)");

      // Linear counts instead of logarithmic ones.
      assertThat(browser.value("charts.get('residuals').echarts.getOption().yAxis[0].type"))
          .isEqualTo("log");
      browser.click("#log-counts", 0.5, 0.5);
      assertThat(browser.value("charts.get('residuals').echarts.getOption().yAxis[0].type"))
          .isEqualTo("value");

      // A pair, by its square among the correlations.
      String caption = "document.getElementById('pair-caption').textContent";
      assertThat(browser.value("document.getElementById('correlations').textContent"))
          .as("the matrix's axes name the columns")
          .contains("jets.m", "jets.pt");
      assertThat(browser.value("document.body.innerText.includes('NaN')")).isEqualTo("false");
      String before = browser.value(caption);
      browser.click("#correlations", 0.6, 0.4);
      browser.waitFor(caption + " !== " + "\"" + before + "\"");

      // Dark, and on paper light again.
      String background = "getComputedStyle(document.body).backgroundColor";
      browser.click("#theme", 0.5, 0.5);
      assertThat(browser.value(background)).isEqualTo("rgb(20, 23, 27)");
      browser.emulate("print");
      assertThat(browser.value(background)).isEqualTo("rgb(255, 255, 255)");
      assertThat(browser.value("getComputedStyle(document.getElementById('theme')).display"))
          .isEqualTo("none");
    }
  }
}
