package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.Chart.Series;

/** Charts as the data of a page's script. */
final class ChartJson {
  private ChartJson() {}

  static void write(List<Chart> charts, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("charts");
    for (Chart chart : charts) {
      json.writeStartObject();
      axis("x", chart.x(), json);
      panel(chart.y(), chart.series(), json);
      Chart.Below below = chart.below();
      if (below != null) {
        json.writeObjectFieldStart("below");
        panel(below.y(), below.series(), json);
        json.writeNumberField("reference", below.reference());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void panel(Chart.Axis y, List<Series> series, JsonGenerator json)
      throws IOException {
    axis("y", y, json);
    json.writeArrayFieldStart("series");
    for (Series one : series) {
      write(one, json);
    }
    json.writeEndArray();
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
