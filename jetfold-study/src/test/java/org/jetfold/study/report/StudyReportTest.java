package org.jetfold.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.study.picture.Chart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study's page as a person sees it. */
@Tag("slow")
final class StudyReportTest {
  @TempDir Path folder;

  private static StudyReport report() {
    double[] edges = {1, 2, 3, 4};
    double[] heights = {100, 0, 3};
    double[] middles = {1.5, 2.5, 3.5};
    double[] values = {90, Double.NaN, 4};
    double[] errors = {9.5, 0, 2};
    return new StudyReport(
        new StudyReport.Story(
            "Study of a<b>.npz",
            StudyReport.Verdict.GOOD,
            "The bump is kept & well",
            List.of("First finding.", "Second " + "long ".repeat(100) + "finding."),
            List.of(new StudyReport.Term("TwoNN", "An estimate."))),
        table(),
        List.of(
            new Chart(
                "A spectrum",
                Chart.Axis.linear("mass [GeV]"),
                Chart.Axis.logarithmic("events"),
                List.of(
                    Chart.Series.steps("before", edges, heights),
                    Chart.Series.points("after", middles, values, errors)),
                new Chart.Below(
                    Chart.Axis.linear("after / before"),
                    List.of(
                        Chart.Series.points("ratio", middles, new double[] {0.9, 1.07, 1.2}, null)),
                    1)),
            new Chart(
                "A line",
                Chart.Axis.linear("rows"),
                Chart.Axis.linear("dimension"),
                List.of(Chart.Series.line("TwoNN", middles, heights)))),
        json -> json.writeStringField("file", "a<b>.npz"),
        List.of(List.of("name", "value"), List.of("a,b", "say \"1\"")));
  }

  private static ResultTable table() {
    ResultTable.Builder table = new ResultTable.Builder().words("column").numbers("value");
    table.row("pt", "1 < 2");
    return table.build();
  }

  @Test
  void programsReadJsonAndCsv() throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    report().writeJson(json);
    assertThat(json.toString(StandardCharsets.UTF_8))
        .contains("\"study\" : \"Study of a<b>.npz\"", "\"file\" : \"a<b>.npz\"");
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    report().writeCsv(csv);
    assertThat(csv.toString(StandardCharsets.UTF_8))
        .isEqualTo("name,value\n\"a,b\",\"say \"\"1\"\"\"\n");
  }

  @Test
  void isReadInABrowser() throws IOException, InterruptedException {
    Path page = folder.resolve("study.html");
    try (OutputStream out = Files.newOutputStream(page)) {
      report().writeHtml(out);
    }
    try (Browser browser = Browser.open(folder, page)) {
      assertThat(browser.value("document.getElementById('verdict').textContent"))
          .isEqualTo("The bump is kept & well");
      assertThat(browser.value("document.querySelector('header').className"))
          .isEqualTo("verdict passes");
      assertThat(browser.value("document.querySelector('header p').textContent"))
          .isEqualTo("Study of a<b>.npz");
      assertThat(browser.value("document.querySelector('tbody').textContent.trim()"))
          .isEqualTo("pt1 < 2");
      assertThat(browser.value("document.querySelector('dl').textContent"))
          .contains("TwoNN", "An estimate.");

      // A long sentence folds: nothing of it is lost, and it fills no screen.
      String finding = "document.querySelectorAll('.facts li')[1]";
      assertThat(browser.value(finding + ".textContent.replace(' …', '')"))
          .isEqualTo("Second " + "long ".repeat(100) + "finding.");
      assertThat(browser.value(finding + ".querySelector('details').open")).isEqualTo("false");
      assertThat(browser.value("performance.getEntriesByType('resource').length")).isEqualTo("0");

      // Both charts are drawn, with units; no bin is drawn below a logarithmic axis.
      assertThat(browser.value("document.querySelectorAll('.chart svg').length")).isEqualTo("2");
      assertThat(browser.value("document.getElementById('chart-0').textContent"))
          .contains("mass [GeV]", "events", "before", "after", "after / before");
      String option = "charts.get('chart-0').echarts.getOption()";
      assertThat(browser.value(option + ".yAxis[0].type")).isEqualTo("log");
      assertThat(browser.value(option + ".series[0].data[1][1]")).isEqualTo("null");
      // An error bar for each of the two points that there are.
      assertThat(browser.value(option + ".series[2].data.length")).isEqualTo("2");

      // The panel below has a line and a number at 1.
      assertThat(browser.value(option + ".yAxis[1].min + 2 * " + option + ".yAxis[1].interval"))
          .isEqualTo("1");
      assertThat(
              browser.value(
                  "[...document.querySelectorAll('#chart-0 text')].some(one => one.textContent ==="
                      + " '1')"))
          .isEqualTo("true");

      // Values under the mouse.
      browser.move("#chart-0", 0.2, 0.4);
      browser.waitFor(
          "/mass .*before.*100.*after.*90.*±"
              + " 9.5/.test(document.getElementById('chart-0').textContent)");

      // Dark, and on paper light again.
      String background = "getComputedStyle(document.body).backgroundColor";
      browser.click("#theme", 0.5, 0.5);
      assertThat(browser.value(background)).isEqualTo("rgb(20, 23, 27)");
      browser.emulate("print");
      assertThat(browser.value(background)).isEqualTo("rgb(255, 255, 255)");
    }
  }
}
