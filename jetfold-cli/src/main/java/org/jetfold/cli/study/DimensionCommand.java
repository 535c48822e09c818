package org.jetfold.cli.study;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.dimension.Estimate;
import org.jetfold.study.dimension.IntrinsicDimension;
import org.jetfold.study.dimension.NormalScores;
import org.jetfold.study.picture.Chart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold study dimension}. */
@Command(
    name = "dimension",
    description =
        "Estimates of how many numbers the columns of a table really are functions, from samples of"
            + " falling size.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold study dimension jets.npz --columns m,pt,eta,phi",
      "  jetfold study dimension nano.root --collection Jet --sample 50000",
      "",
      "Each column is put on the scale of its normal scores. Where m, pt, eta and phi are looked",
      "at, so are E, pt, eta and phi. docs/dimension.md tells how to read the figures.",
    })
final class DimensionCommand implements Callable<Integer> {
  private static final int MIN_SAMPLE = 500;
  private static final int MAX_SAMPLE = 10_000_000;

  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "The table.")
  String input = "";

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "How many rows to look at, drawn at random. Default: 20000.")
  int size = 20_000;

  @Mixin SeedOption random = new SeedOption();
  @Mixin StudyOptions study = new StudyOptions();

  DimensionCommand(Streams streams) {
    this.streams = streams;
  }

  /** Some variables and what was found of them. */
  private record Studied(List<String> names, List<IntrinsicDimension.AtScale> scales) {}

  @Override
  public Integer call() throws IOException {
    study.output.check(List.of(input), streams);
    if (size < MIN_SAMPLE || size > MAX_SAMPLE) {
      throw CommandFailure.usage(
          "--sample must be between %d and %d rows, was %d"
              .formatted(MIN_SAMPLE, MAX_SAMPLE, size));
    }
    List<String> names = new ArrayList<>();
    double[][] columns;
    try (TableSource source = study.open(input, streams)) {
      int[] numbers = columns(source.schema());
      List<QualifiedColumn> all = QualifiedColumn.all(source.schema());
      Arrays.stream(numbers).forEach(number -> names.add(all.get(number).column().name()));
      RowSample sample = new RowSample(numbers, size, random.seed);
      for (Table piece = source.next(StudyOptions.ROWS);
          piece != null;
          piece = source.next(StudyOptions.ROWS)) {
        sample.add(piece);
      }
      if (sample.passedOver() > 0) {
        streams.say(
            "warning: %s: %s with NaN or infinity are left out"
                .formatted(input, Quantities.count(sample.passedOver(), "row")));
      }
      columns = sample.columns();
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
    try (Workers workers = new Workers(study.working.threads())) {
      List<Studied> studied = new ArrayList<>();
      studied.add(new Studied(names, estimates(columns, workers)));
      int mass = names.indexOf("m");
      int pt = names.indexOf("pt");
      int eta = names.indexOf("eta");
      if (mass >= 0 && pt >= 0 && eta >= 0 && !names.contains("E")) {
        double[][] other = columns.clone();
        other[mass] = energies(columns[mass], columns[pt], columns[eta]);
        List<String> otherNames = new ArrayList<>(names);
        otherNames.set(mass, "E");
        studied.add(new Studied(otherNames, estimates(other, workers)));
      }
      study.output.write(result(studied), streams);
      return ExitCode.OK;
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    }
  }

  /** The float columns of the group that has the most of them. */
  private int[] columns(Schema schema) {
    int[] best = {};
    for (int group = 0; group < schema.groups().size(); group++) {
      int wanted = group;
      int[] floats =
          IntStream.range(0, schema.columns().size())
              .filter(number -> schema.groupOf(number) == wanted)
              .filter(number -> schema.columns().get(number).mayLoseBits())
              .toArray();
      best = floats.length > best.length ? floats : best;
    }
    if (best.length == 0) {
      throw CommandFailure.usage(
          input + ": has no float columns, of which a dimension could be told");
    }
    return best;
  }

  private static double[] energies(double[] masses, double[] pts, double[] etas) {
    double[] energies = new double[masses.length];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = Math.hypot(masses[i], pts[i] * Math.cosh(etas[i]));
    }
    return energies;
  }

  private List<IntrinsicDimension.AtScale> estimates(double[][] columns, Workers workers)
      throws StudyException {
    double[][] points = new double[columns[0].length][columns.length];
    for (int column = 0; column < columns.length; column++) {
      double[] scores = NormalScores.of(columns[column]);
      for (int row = 0; row < scores.length; row++) {
        points[row][column] = scores[row];
      }
    }
    return IntrinsicDimension.of(points, size, random.seed, workers);
  }

  private StudyResult result(List<Studied> studied) {
    TextTable table = new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    table.line("columns", "rows", "distance", "TwoNN", "GMST");
    table.rule();
    List<List<String>> csv = new ArrayList<>();
    csv.add(List.of("columns", "rows", "distance", "two_nn", "two_nn_error", "gmst", "gmst_error"));
    List<String> findings = new ArrayList<>();
    List<Chart.Series> series = new ArrayList<>();
    for (Studied one : studied) {
      String names =
          one.names().size() > 6 ? one.names().size() + " columns" : String.join(", ", one.names());
      int n = one.scales().size();
      double[] x = new double[n];
      double[] y = new double[n];
      double[] errors = new double[n];
      for (int i = 0; i < n; i++) {
        IntrinsicDimension.AtScale scale = one.scales().get(i);
        table.line(
            i == 0 ? names : "",
            Quantities.decimal(scale.points(), 0),
            Quantities.significant(scale.distance(), 3),
            text(scale.nearest()),
            text(scale.spanningTree()));
        csv.add(
            List.of(
                String.join(" ", one.names()),
                Integer.toString(scale.points()),
                Double.toString(scale.distance()),
                Double.toString(scale.nearest().value()),
                Double.toString(scale.nearest().error()),
                Double.toString(scale.spanningTree().value()),
                Double.toString(scale.spanningTree().error())));
        x[i] = scale.points();
        y[i] = scale.nearest().value();
        errors[i] = scale.nearest().error();
      }
      series.add(Chart.Series.points(names, x, y, errors));
      IntrinsicDimension.AtScale finest = one.scales().getFirst();
      String low =
          Quantities.decimal(Math.min(finest.nearest().value(), finest.spanningTree().value()), 1);
      String high =
          Quantities.decimal(Math.max(finest.nearest().value(), finest.spanningTree().value()), 1);
      findings.add(
          "%s: %s dimensions of %d."
              .formatted(names, low.equals(high) ? low : low + " to " + high, one.names().size()));
    }
    return new StudyResult(
        "Intrinsic dimension of " + input,
        findings,
        table.lines(),
        List.of(
            new Chart(
                "Intrinsic dimension by TwoNN: more rows see finer structure",
                Chart.Axis.logarithmic("rows"),
                Chart.Axis.linear("dimension"),
                series)),
        json -> write(studied, json),
        csv);
  }

  private static String text(Estimate estimate) {
    return "%s ± %s"
        .formatted(
            Quantities.decimal(estimate.value(), 2), Quantities.decimal(estimate.error(), 2));
  }

  private void write(List<Studied> studied, JsonGenerator json) throws IOException {
    json.writeStringField("file", input);
    json.writeArrayFieldStart("sets");
    for (Studied one : studied) {
      json.writeStartObject();
      json.writeArrayFieldStart("columns");
      for (String name : one.names()) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("scales");
      for (IntrinsicDimension.AtScale scale : one.scales()) {
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
