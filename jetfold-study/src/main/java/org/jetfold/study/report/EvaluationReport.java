package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.picture.SvgPicture;
import org.jetfold.study.residual.ColumnResiduals;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jetfold.study.residual.Promise;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.residual.SpectrumRatio;

/**
 * The report of an evaluation: what was compared, what was found and whether limits hold.
 *
 * @param original the original's name
 * @param restored the restored table's name
 * @param size what the compressed file takes, in words; empty where it is none
 * @param required the limits that the user stated
 * @param usual limits that physicists put on jets; they decide where the user stated none
 */
public record EvaluationReport(
    String original,
    String restored,
    String size,
    Evaluation evaluation,
    List<Requirement.Outcome> required,
    List<Requirement.Outcome> usual) {

  private static final int MAX_NAMES = 3;

  /** What it comes to. */
  public enum Verdict {
    /** No limit is broken. */
    PASSES,
    /** A stated limit is broken, or a value is not within its bound. */
    BROKEN,
    /** No stated limit is broken, but a usual one is. */
    UNUSUAL,
    /** No limit is broken, but a spectrum changes by more than its statistical error. */
    SPECTRUM,
    /** No limit is broken, but too few entries tell whether all hold. */
    UNCLEAR,
    /** No limit was stated, and there are no jets, for which there are usual ones. */
    NO_LIMIT;

    /** The name in JSON and in pages. */
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Copies the lists. */
  public EvaluationReport {
    required = List.copyOf(required);
    usual = List.copyOf(usual);
  }

  /** The limits that are usual for jets, on each collection whose objects have a pT. */
  public static List<Requirement.Outcome> usualLimits(Evaluation evaluation) {
    if (evaluation.collections().isEmpty()) {
      return List.of();
    }
    List<Requirement> limits =
        new ArrayList<>(List.of(Requirement.RESPONSE, Requirement.RESOLUTION));
    // Where one event outweighs many, its own error is all that a pull shows.
    if (evaluation.weight().isEmpty()) {
      limits.add(Requirement.PULL);
    }
    return limits.stream().flatMap(limit -> limit.check(evaluation).stream()).toList();
  }

  /** What it comes to. */
  public Verdict verdict() {
    if (violations() > 0 || required.stream().anyMatch(Requirement.Outcome::isBroken)) {
      return Verdict.BROKEN;
    }
    if (usual.stream().anyMatch(Requirement.Outcome::isBroken)) {
      return Verdict.UNUSUAL;
    }
    if (!changedSpectra().isEmpty()) {
      return Verdict.SPECTRUM;
    }
    if (unclear() > 0) {
      return Verdict.UNCLEAR;
    }
    return required.isEmpty() && usual.isEmpty() ? Verdict.NO_LIMIT : Verdict.PASSES;
  }

  /**
   * Whether a value is not within its bound, or a limit that counts is broken: the stated ones, or
   * where none is stated, the usual ones.
   */
  public boolean fails() {
    Verdict verdict = verdict();
    return verdict == Verdict.BROKEN || (verdict == Verdict.UNUSUAL && required.isEmpty());
  }

  /** What it comes to, in one sentence: first the file's promise, then physics. */
  public String headline() {
    return "%s; %s".formatted(promise(), physics());
  }

  private List<EvaluatedColumn> promised() {
    return evaluation.columns().stream().filter(column -> column.promise() != null).toList();
  }

  private static Promise promise(EvaluatedColumn column) {
    return Objects.requireNonNull(column.promise());
  }

  /** How many values are not within the bound that the file promises. */
  private long violations() {
    return promised().stream().mapToLong(column -> promise(column).violations()).sum();
  }

  /** Whether the values keep what the file promises. */
  public String promise() {
    List<EvaluatedColumn> bound =
        promised().stream().filter(column -> promise(column).isBound()).toList();
    List<EvaluatedColumn> broken =
        promised().stream().filter(column -> promise(column).violations() > 0).toList();
    long checked = bound.stream().mapToLong(column -> promise(column).checked()).sum();
    if (!broken.isEmpty()) {
      return "%s of %s NOT within their bounds"
          .formatted(
              Quantities.count(violations(), "value"),
              Quantities.names(broken.stream().map(EvaluatedColumn::path).toList())
                  + (violations() == 1 ? " is" : " are"));
    }
    if (promised().isEmpty()) {
      return "No bounds are known of %s".formatted(restored);
    }
    if (bound.isEmpty()) {
      return "The file promises no bounds: its errors are measured";
    }
    if (checked == 0) {
      return "Bounds were not checked, value by value";
    }
    int measured = promised().size() - bound.size();
    return measured == 0
        ? "All %s are within their bounds".formatted(Quantities.count(checked, "value"))
        : "All %s of %s are within their bounds, %s none"
            .formatted(
                Quantities.count(checked, "value"),
                Quantities.count(bound.size(), "column"),
                Quantities.count(measured, "other has", "others have"));
  }

  private String physics() {
    long broken = required.stream().filter(Requirement.Outcome::isBroken).count();
    if (broken > 0) {
      return "%d of %s %s broken"
          .formatted(
              broken,
              Quantities.count(required.size(), "stated limit"),
              broken == 1 ? "is" : "are");
    }
    if (usual.stream().anyMatch(Requirement.Outcome::isBroken)) {
      return "the jets lose more than is usual";
    }
    List<String> changed = changedSpectra().stream().map(ChangedSpectrum::name).toList();
    if (!changed.isEmpty()) {
      return "the %s of %s %s by more than the statistical error"
          .formatted(
              changed.size() == 1 ? "spectrum" : "spectra",
              shortened(changed),
              changed.size() == 1 ? "changes" : "change");
    }
    if (unclear() > 0) {
      return "too few entries tell whether %s"
          .formatted(unclear() == 1 ? "one limit holds" : unclear() + " limits hold");
    }
    return !required.isEmpty()
        ? "every stated limit holds"
        : !usual.isEmpty() ? "the jets are within the usual limits" : "no limit was stated";
  }

  /** A headline has room for few names. */
  private static String shortened(List<String> names) {
    return names.size() <= MAX_NAMES
        ? String.join(", ", names)
        : "%s and %d others"
            .formatted(
                String.join(", ", names.subList(0, MAX_NAMES - 1)), names.size() - MAX_NAMES + 1);
  }

  /**
   * A spectrum that changes by more than its statistical error.
   *
   * @param name of the variable
   */
  record ChangedSpectrum(String name, SpectrumRatio ratio) {
    /** Where it changes most, and by how much. */
    String sentence() {
      List<Integer> bins = ratio.binsBeyondStatistics();
      int worst = bins.getFirst();
      for (int bin : bins) {
        worst = excess(bin) > excess(worst) ? bin : worst;
      }
      double[] edges = ratio.before().edges();
      return "The spectrum of %s changes by more than its statistical error in %s: between %s and %s by %s, where another sample would differ by %s."
          .formatted(
              name,
              "%d of %s".formatted(bins.size(), Quantities.count(edges.length - 1, "bin")),
              Quantities.significant(edges[worst], 4),
              Quantities.significant(edges[worst + 1], 4),
              Quantities.significant(100 * Math.abs(ratio.ratio(worst) - 1), 2) + " %",
              Quantities.significant(100 * ratio.error(worst), 2) + " %");
    }

    private double excess(int bin) {
      return Math.abs(ratio.ratio(bin) - 1) / ratio.error(bin);
    }
  }

  /** The variables whose spectra change by more than their statistical errors. */
  List<ChangedSpectrum> changedSpectra() {
    List<ChangedSpectrum> changed = new ArrayList<>();
    for (EvaluatedColumn column : evaluation.columns()) {
      add(column.path(), column.residuals(), changed);
    }
    evaluation
        .quantities()
        .forEach(quantity -> add(quantity.spoken(), quantity.residuals(), changed));
    return changed;
  }

  private static void add(String name, ColumnResiduals values, List<ChangedSpectrum> changed) {
    SpectrumRatio ratio = values.spectrum();
    if (!ratio.isSame() && !ratio.binsBeyondStatistics().isEmpty()) {
      changed.add(new ChangedSpectrum(name, ratio));
    }
  }

  /** A sentence for each spectrum that changes by more than its statistical error. */
  public List<String> spectrumSentences() {
    return changedSpectra().stream().map(ChangedSpectrum::sentence).toList();
  }

  /** How many limits have too few entries to tell. */
  private long unclear() {
    return Stream.concat(required.stream(), usual.stream())
        .filter(outcome -> outcome.status() == Requirement.Status.UNCLEAR)
        .count();
  }

  /** The largest rank error of any quantile in the report, as a part of all weight. */
  public double rankError() {
    return evaluation.columns().stream()
        .mapToDouble(column ->
            Math.max(
                column.residuals().absolute().magnitudes().rankError(),
                column.residuals().relative().magnitudes().rankError()))
        .max()
        .orElse(0);
  }

  /** Writes the report for programs; the stream stays open. */
  public void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      new EvaluationJson(json, EvaluationJson.Digits.ALL).write(this);
      json.writeRaw('\n');
    }
  }

  /** Writes the distributions and residuals as a still picture (SVG). */
  public void writeSvg(OutputStream out) throws IOException {
    out.write(
        SvgPicture.inPairs(EvaluationPicture.of(evaluation)).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the report for people. */
  public void writeHtml(OutputStream out) throws IOException {
    StringWriter data = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(data)) {
      new EvaluationJson(json, EvaluationJson.Digits.FEW).write(this);
    }
    new HtmlPage(
            "Evaluation of " + restored,
            EvaluationHtml.body(this),
            data.toString(),
            "evaluation.js")
        .write(out);
  }
}
