package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.dimension.Estimate;
import org.jetfold.study.dimension.IntrinsicDimension.AtScale;
import org.jetfold.study.picture.Chart;

/** Reports the intrinsic dimension of some variables. */
public final class DimensionReport {
  private static final int MAX_NAMES = 6;

  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term(
              "intrinsic dimension",
              "How many numbers are needed to say where a row lies among the others. It is smaller"
                  + " than the number of columns where some follow from the others."),
          new StudyReport.Term(
              "TwoNN",
              "An estimate from the distances to the two nearest neighbours of each row: their"
                  + " ratio has a distribution that depends on the dimension alone."),
          new StudyReport.Term(
              "GMST",
              "An estimate from the geodesic minimal spanning tree, the shortest net that joins all"
                  + " rows along the surface on which they lie: its length grows with the number of"
                  + " rows, the slower the fewer dimensions there are."),
          new StudyReport.Term(
              "distance",
              "The median distance to the nearest neighbour, in standard deviations of a column."
                  + " More rows are nearer to one another, and see finer structure."));

  private DimensionReport() {}

  /**
   * What was found of some variables.
   *
   * @param scales from the largest sample to the smallest
   */
  public record Studied(List<String> names, List<AtScale> scales) {
    /** Copies the lists. */
    public Studied {
      names = List.copyOf(names);
      scales = List.copyOf(scales);
    }

    private String label() {
      return names.size() > MAX_NAMES ? names.size() + " columns" : String.join(", ", names);
    }

    /** Between which values the two estimates lie, at the finest scale. */
    private String dimensions() {
      Estimate one = scales.getFirst().nearest();
      Estimate other = scales.getFirst().spanningTree();
      String low = Quantities.decimal(Math.min(one.value(), other.value()), 1);
      String high = Quantities.decimal(Math.max(one.value(), other.value()), 1);
      return "%s dimensions of %d"
          .formatted(low.equals(high) ? low : low + " to " + high, names.size());
    }
  }

  /**
   * Makes a report.
   *
   * @param input the table's name
   * @param studied some sets of variables, the one that was asked for first
   */
  public static StudyReport of(String input, List<Studied> studied) {
    List<String> findings = new ArrayList<>();
    findings.add(
        "The two estimates are of the largest sample. Smaller samples see coarser structure: look"
            + " down the table.");
    Studied asked = studied.getFirst();
    if (asked.names.size() > MAX_NAMES) {
      findings.add("The columns are " + String.join(", ", asked.names) + ".");
    }
    return new StudyReport(
        new StudyReport.Story(
            "Intrinsic dimension of " + input,
            StudyReport.Verdict.NEUTRAL,
            studied.stream()
                .map(one -> "%s: %s".formatted(one.label(), one.dimensions()))
                .collect(Collectors.joining("; ")),
            findings,
            TERMS),
        table(studied),
        List.of(
            new Chart(
                "Intrinsic dimension by TwoNN: more rows see finer structure",
                Chart.Axis.logarithmic("rows"),
                Chart.Axis.linear("dimension"),
                studied.stream().map(DimensionReport::series).toList())),
        json -> write(input, studied, json),
        csv(studied));
  }

  private static Chart.Series series(Studied one) {
    return Chart.Series.points(
        one.label(),
        one.scales.stream().mapToDouble(AtScale::points).toArray(),
        one.scales.stream().mapToDouble(scale -> scale.nearest().value()).toArray(),
        one.scales.stream().mapToDouble(scale -> scale.nearest().error()).toArray());
  }

  private static ResultTable table(List<Studied> studied) {
    ResultTable.Builder table =
        new ResultTable.Builder().words("columns").numbers("rows", "distance", "TwoNN", "GMST");
    for (Studied one : studied) {
      for (AtScale scale : one.scales) {
        table.row(
            scale.equals(one.scales.getFirst()) ? one.label() : "",
            Integer.toString(scale.points()),
            Quantities.significant(scale.distance(), 3),
            text(scale.nearest()),
            text(scale.spanningTree()));
      }
    }
    return table.build();
  }

  private static String text(Estimate estimate) {
    return "%s ± %s"
        .formatted(
            Quantities.decimal(estimate.value(), 2), Quantities.decimal(estimate.error(), 2));
  }

  private static List<List<String>> csv(List<Studied> studied) {
    List<List<String>> csv = new ArrayList<>();
    csv.add(List.of("columns", "rows", "distance", "two_nn", "two_nn_error", "gmst", "gmst_error"));
    for (Studied one : studied) {
      for (AtScale scale : one.scales) {
        csv.add(
            List.of(
                String.join(" ", one.names),
                Integer.toString(scale.points()),
                Double.toString(scale.distance()),
                Double.toString(scale.nearest().value()),
                Double.toString(scale.nearest().error()),
                Double.toString(scale.spanningTree().value()),
                Double.toString(scale.spanningTree().error())));
      }
    }
    return csv;
  }

  private static void write(String input, List<Studied> studied, JsonGenerator json)
      throws IOException {
    json.writeStringField("file", input);
    json.writeArrayFieldStart("sets");
    for (Studied one : studied) {
      json.writeStartObject();
      json.writeArrayFieldStart("columns");
      for (String name : one.names) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("scales");
      for (AtScale scale : one.scales) {
        json.writeStartObject();
        json.writeNumberField("rows", scale.points());
        json.writeNumberField("distance", scale.distance());
        json.writeNumberField("twoNearestNeighbours", scale.nearest().value());
        json.writeNumberField("twoNearestNeighboursError", scale.nearest().error());
        json.writeNumberField("spanningTree", scale.spanningTree().value());
        json.writeNumberField("spanningTreeError", scale.spanningTree().error());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
