package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.Chart.Series;

/**
 * The page of a study: what was found, its charts and its figures.
 *
 * @param title what was studied
 * @param findings sentences for a person in a hurry
 * @param table the figures, as lines of equal letters
 * @param charts pictures of them; may be none
 */
public record StudyReport(
    String title, List<String> findings, List<String> table, List<Chart> charts) {
  /** Copies the lists. */
  public StudyReport {
    findings = List.copyOf(findings);
    table = List.copyOf(table);
    charts = List.copyOf(charts);
  }

  /** Writes the report for people: one HTML file that needs no network. */
  public void writeHtml(OutputStream out) throws IOException {
    StringWriter data = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(data)) {
      json.writeStartObject();
      json.writeArrayFieldStart("charts");
      for (Chart chart : charts) {
        write(chart, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    new HtmlPage(title, body(), data.toString(), "study.js").write(out);
  }

  private String body() {
    StringBuilder html = new StringBuilder();
    html.append(
            """
            <header class="verdict no-limit">
            <button id="theme" title="dark or light">◐</button>
            <h1 id="verdict">\
            """)
        .append(HtmlPage.escaped(title))
        .append("</h1>\n")
        .append(
            findings.stream()
                .map(finding -> "<p>" + HtmlPage.escaped(finding) + "</p>\n")
                .collect(Collectors.joining()))
        .append("</header>\n<main>\n");
    for (int i = 0; i < charts.size(); i++) {
      html.append("<section><h2>")
          .append(HtmlPage.escaped(charts.get(i).title()))
          .append("</h2>\n<figure><div class=\"chart tall\" id=\"chart-")
          .append(i)
          .append("\"></div></figure></section>\n");
    }
    return html.append("<section><h2>Figures</h2><div class=\"scroll\"><pre>")
        .append(HtmlPage.escaped(String.join("\n", table)))
        .append("</pre></div></section>\n</main>\n")
        .toString();
  }

  private static void write(Chart chart, JsonGenerator json) throws IOException {
    json.writeStartObject();
    axis("x", chart.x(), json);
    axis("y", chart.y(), json);
    json.writeArrayFieldStart("series");
    for (Series series : chart.series()) {
      write(series, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void axis(String name, Chart.Axis axis, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("label", axis.label());
    json.writeStringField("type", axis.logarithmic() ? "log" : "value");
    json.writeEndObject();
  }

  private static void write(Series series, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", series.name());
    json.writeStringField("kind", series.kind().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("points");
    boolean steps = series.kind() == Chart.Kind.STEPS;
    for (int i = 0; i < series.x().length; i++) {
      // Steps have an edge more than heights; the last height holds to the last edge.
      double y = series.y()[Math.min(i, series.y().length - 1)];
      json.writeStartArray();
      json.writeNumber(series.x()[i]);
      if (Double.isFinite(y)) {
        json.writeNumber(y);
      } else {
        json.writeNull();
      }
      json.writeNumber(steps ? 0 : series.error(i));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
