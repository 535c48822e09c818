package org.jetfold.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.Chart.Series;
import org.jspecify.annotations.Nullable;

/** One HTML file with a study's findings, figures and charts, which holds all that it needs. */
final class StudyPage {
  /** In the jar of org.webjars:echarts, of the version that the build names. */
  private static final String ECHARTS = "META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  private StudyPage() {}

  static String of(StudyResult result) throws IOException {
    String findings =
        result.findings().stream()
            .map(line -> "<p>" + escaped(line) + "</p>")
            .collect(Collectors.joining("\n"));
    return resource(StudyPage.class.getResourceAsStream("study-page.html"))
        .replace("{title}", escaped(result.title()))
        .replace("{findings}", findings)
        .replace("{table}", escaped(String.join("\n", result.table())))
        .replace("{charts}", charts(result.charts()))
        .replace(
            "{echarts}", resource(StudyPage.class.getClassLoader().getResourceAsStream(ECHARTS)));
  }

  private static String charts(List<Chart> charts) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartArray();
      for (Chart chart : charts) {
        json.writeStartObject();
        json.writeStringField("title", chart.title());
        json.writeStringField("x", chart.x());
        json.writeStringField("y", chart.y());
        json.writeBooleanField("logarithmic", chart.logarithmic());
        json.writeArrayFieldStart("series");
        for (Series series : chart.series()) {
          write(series, json);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    // A "<" stands in texts only, where it must not end the script.
    return text.toString().replace("<", "\\u003c");
  }

  private static void write(Series series, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", series.name());
    json.writeStringField("kind", series.kind().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("points");
    boolean steps = series.kind() == Chart.Kind.STEPS;
    for (int i = 0; i < series.x().length; i++) {
      double y = series.y()[Math.min(i, series.y().length - 1)];
      json.writeStartArray();
      json.writeNumber(steps ? series.x()[i] : series.position(i));
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

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(@Nullable InputStream resource) throws IOException {
    try (InputStream in = resource) {
      if (in == null) {
        throw new IOException("a part of the page is missing from this distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
