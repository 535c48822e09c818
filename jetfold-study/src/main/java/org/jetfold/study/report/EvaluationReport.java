package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetfold.study.picture.SvgPicture;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jetfold.study.residual.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * The report of an evaluation: what was compared, what was found and whether limits hold.
 *
 * @param original the original's name
 * @param restored the restored table's name
 * @param size what the compressed file takes, in words; empty where it is none
 * @param required the limits that the user stated
 * @param usual limits that physicists put on jets; they are shown, and never fail a command
 * @param precisions for columns of a compressed file, by their paths, the precision asked for
 */
public record EvaluationReport(
    String original,
    String restored,
    String size,
    Evaluation evaluation,
    List<Requirement.Outcome> required,
    List<Requirement.Outcome> usual,
    Map<String, String> precisions) {

  /** What it comes to. */
  public enum Verdict {
    /** No limit is broken. */
    PASSES,
    /** A stated limit is broken. */
    BROKEN,
    /** No stated limit is broken, but a usual one is. */
    UNUSUAL,
    /** No limit is broken, but too few entries tell whether all hold. */
    UNCLEAR,
    /** No limit was stated, and there are no jets, for which there are usual ones. */
    NO_LIMIT
  }

  /** Copies the lists. */
  public EvaluationReport {
    required = List.copyOf(required);
    usual = List.copyOf(usual);
    precisions = Map.copyOf(precisions);
  }

  /** The limits for jets, where there are any. */
  public static List<Requirement.Outcome> usualLimits(Evaluation evaluation) {
    Evaluation.Jets jets = evaluation.jets();
    if (jets == null || jets.pt().againstPt() == null) {
      return List.of();
    }
    return List.of(
        Requirement.RESPONSE.check(evaluation).getFirst(),
        Requirement.RESOLUTION.check(evaluation).getFirst());
  }

  /** What it comes to. */
  public Verdict verdict() {
    if (required.stream().anyMatch(Requirement.Outcome::isBroken)) {
      return Verdict.BROKEN;
    }
    if (usual.stream().anyMatch(Requirement.Outcome::isBroken)) {
      return Verdict.UNUSUAL;
    }
    if (unclear() > 0) {
      return Verdict.UNCLEAR;
    }
    return required.isEmpty() && usual.isEmpty() ? Verdict.NO_LIMIT : Verdict.PASSES;
  }

  /** How many limits have too few entries to tell. */
  long unclear() {
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

  @Nullable String precisionOf(EvaluatedColumn column) {
    return precisions.get(column.path());
  }

  /** Writes the report for programs. */
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
