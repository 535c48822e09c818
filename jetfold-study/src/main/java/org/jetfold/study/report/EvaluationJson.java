package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.study.residual.BinningPulls;
import org.jetfold.study.residual.ColumnResiduals;
import org.jetfold.study.residual.Correlations;
import org.jetfold.study.residual.EvaluatedQuantity;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jetfold.study.residual.HistogramWindow;
import org.jetfold.study.residual.JetOrder;
import org.jetfold.study.residual.Metric;
import org.jetfold.study.residual.Profile;
import org.jetfold.study.residual.Promise;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.residual.SpectrumRatio;
import org.jetfold.study.statistics.QuantileSketch;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as JSON: for programs, and as the data of the page's pictures. The names of the
 * fields are part of the command line's interface; docs/report.md lists them.
 */
final class EvaluationJson {
  private static final int PICTURE_BINS = 120;
  private static final double TAIL = 5e-4;

  private final JsonGenerator json;
  private final Digits digits;

  /** How exactly numbers are written. */
  enum Digits {
    /** All: for programs. */
    ALL,
    /** Some: for pictures. */
    FEW
  }

  EvaluationJson(JsonGenerator json, Digits digits) {
    this.json = json;
    this.digits = digits;
  }

  void write(EvaluationReport report) throws IOException {
    Evaluation evaluation = report.evaluation();
    json.writeStartObject();
    json.writeStringField("original", report.original());
    json.writeStringField("restored", report.restored());
    json.writeStringField("verdict", report.verdict().text());
    json.writeStringField("headline", report.headline());
    json.writeStringField("entry", evaluation.rootName());
    json.writeNumberField("entries", evaluation.rootEntries());
    if (evaluation.weight().isEmpty()) {
      json.writeNullField("weight");
    } else {
      json.writeStringField("weight", evaluation.weight());
    }
    json.writeNumberField("rankError", report.rankError());
    json.writeNumberField("rankErrorLimit", QuantileSketch.RANK_ERROR);
    limits("required", report.required());
    limits("usual", report.usual());
    matching(evaluation.matching());
    json.writeArrayFieldStart("collections");
    for (Evaluation.Collection collection : evaluation.collections()) {
      collection(collection);
    }
    json.writeEndArray();
    Evaluation.Collection jets = evaluation.jets();
    json.writeStringField("jets", jets == null ? null : jets.name());
    quantities(evaluation.quantities());
    json.writeArrayFieldStart("missing");
    for (QualifiedColumn missing : evaluation.missing()) {
      json.writeString(missing.path());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("columns");
    for (EvaluatedColumn column : evaluation.columns()) {
      column(column);
    }
    json.writeEndArray();
    correlations(evaluation.correlations());
    json.writeEndObject();
  }

  private void limits(String name, List<Requirement.Outcome> outcomes) throws IOException {
    json.writeArrayFieldStart(name);
    for (Requirement.Outcome outcome : outcomes) {
      json.writeStartObject();
      json.writeStringField("limit", outcome.requirement().text());
      json.writeStringField("of", outcome.subject());
      number("value", outcome.value());
      number("error", outcome.error());
      json.writeStringField("status", outcome.status().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void matching(List<Evaluation.MatchingCounts> matched) throws IOException {
    json.writeArrayFieldStart("matching");
    for (Evaluation.MatchingCounts matching : matched) {
      matching(matching);
    }
    json.writeEndArray();
  }

  private void matching(Evaluation.MatchingCounts matching) throws IOException {
    json.writeStartObject();
    json.writeStringField("collection", matching.collection());
    json.writeStringField("cut", matching.cut());
    json.writeNumberField("pairs", matching.pairs());
    json.writeNumberField("unmatchedOriginal", matching.lostOriginals());
    json.writeNumberField("unmatchedRestored", matching.lostRestored());
    json.writeNumberField("moved", matching.moved());
    json.writeEndObject();
  }

  private void collection(Evaluation.Collection collection) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", collection.name());
    if (collection.pt() == null) {
      json.writeNullField("pt");
    } else {
      json.writeStringField("pt", collection.pt().path());
    }
    JetOrder order = collection.order();
    if (order != null) {
      json.writeObjectFieldStart("order");
      json.writeNumberField("events", order.events());
      json.writeNumberField("changed", order.changed());
      json.writeNumberField("leadingChanged", order.leadingChanged());
      json.writeNumberField("tied", order.tied());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void quantities(List<EvaluatedQuantity> quantities) throws IOException {
    json.writeArrayFieldStart("quantities");
    for (EvaluatedQuantity quantity : quantities) {
      json.writeStartObject();
      json.writeStringField("name", quantity.name());
      json.writeStringField("unit", quantity.unit());
      json.writeStringField("measure", quantity.relative() ? "relative" : "absolute");
      values(quantity.residuals());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void column(EvaluatedColumn column) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", column.path());
    json.writeStringField("collection", column.collection());
    json.writeStringField("type", column.column().type().toString());
    json.writeStringField("unit", column.column().unit());
    Promise promise = column.promise();
    if (promise != null) {
      json.writeStringField("precision", promise.precision().toString());
      json.writeNumberField("checked", promise.checked());
      json.writeNumberField("violations", promise.violations());
    }
    json.writeStringField("measure", column.relative() ? "relative" : "absolute");
    values(column.residuals());
    if (column.residuals().changed() > 0) {
      profile("againstPt", column.againstPt());
      profile("againstEta", column.againstEta());
    }
    json.writeEndObject();
  }

  private void values(ColumnResiduals column) throws IOException {
    json.writeNumberField("values", column.values());
    json.writeNumberField("changed", column.changed());
    json.writeNumberField("zeros", column.zeros());
    json.writeNumberField("zerosChanged", column.zerosChanged());
    json.writeNumberField("special", column.special());
    json.writeNumberField("specialChanged", column.specialChanged());
    residuals("relative", column.relative());
    residuals("absolute", column.absolute());
    pulls(column.pulls());
    spectrum(column.spectrum());
  }

  private void pulls(BinningPulls.Pulls pulls) throws IOException {
    json.writeObjectFieldStart("pull");
    number("rms", pulls.rms());
    number("largest", pulls.largest());
    json.writeNumberField("bins", pulls.bins());
    json.writeNumberField("values", pulls.values());
    json.writeBooleanField("weighted", pulls.weighted());
    json.writeEndObject();
  }

  private void residuals(String name, ColumnResiduals.Residuals residuals) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", residuals.moments().count());
    for (Metric metric : Metric.ofResiduals()) {
      number(metric.text(), metric.of(residuals));
    }
    if (residuals.moments().largest() > 0) {
      histogram(
          "histogram", HistogramWindow.of(residuals.distribution(), TAIL, PICTURE_BINS, false));
      histogram("sizes", HistogramWindow.ofPositive(residuals.sizes(), PICTURE_BINS));
    }
    json.writeEndObject();
  }

  private void histogram(String name, HistogramWindow bins) throws IOException {
    json.writeObjectFieldStart(name);
    histogramFields(bins);
    json.writeEndObject();
  }

  private void histogramFields(HistogramWindow bins) throws IOException {
    json.writeBooleanField("logarithmic", bins.logarithmic());
    numbers("edges", bins.edges());
    numbers("weights", bins.weights());
    number("below", bins.below());
    number("above", bins.above());
  }

  private void spectrum(SpectrumRatio spectrum) throws IOException {
    json.writeObjectFieldStart("spectrum");
    json.writeNumberField("binsBeyondStatistics", spectrum.binsBeyondStatistics().size());
    number("largestChange", spectrum.largestChange());
    histogramFields(spectrum.before());
    numbers("errors", spectrum.before().errors());
    numbers("restored", spectrum.after().weights());
    numbers("migrations", spectrum.migrations());
    number("restoredBelow", spectrum.after().below());
    number("restoredAbove", spectrum.after().above());
    json.writeEndObject();
  }

  private void profile(String name, @Nullable Profile profile) throws IOException {
    if (profile == null) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (Profile.Bin bin : profile.bins()) {
      json.writeStartObject();
      number("from", bin.from());
      number("to", bin.to());
      json.writeNumberField("entries", bin.residuals().count());
      json.writeBooleanField("enoughEntries", bin.hasEnoughEntries());
      number("mean", bin.residuals().mean());
      number("error", bin.residuals().errorOfMean());
      number("deviation", bin.residuals().deviation());
      number("deviationError", bin.residuals().errorOfDeviation());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void correlations(@Nullable Correlations correlations) throws IOException {
    if (correlations == null) {
      json.writeNullField("correlations");
      return;
    }
    List<String> names = correlations.names();
    json.writeObjectFieldStart("correlations");
    json.writeArrayFieldStart("columns");
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeNumberField("bins", Correlations.BINS);
    json.writeArrayFieldStart("ranges");
    for (int column = 0; column < names.size(); column++) {
      number(correlations.range(column));
    }
    json.writeEndArray();
    json.writeNumberField("rows", correlations.rows());
    number("clipped", Correlations.CLIPPED);
    matrix("matrix", names.size(), correlations::correlation);
    matrix("rankMatrix", names.size(), correlations::rankCorrelation);
    json.writeArrayFieldStart("pairs");
    for (int a = 0; a < names.size(); a++) {
      for (int b = 0; b < a; b++) {
        if (!Double.isNaN(correlations.correlation(a, b))) {
          pair(a, b, correlations.pair(a, b));
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private interface Coefficient {
    double of(int a, int b);
  }

  private void matrix(String name, int columns, Coefficient coefficient) throws IOException {
    json.writeArrayFieldStart(name);
    for (int a = 0; a < columns; a++) {
      json.writeStartArray();
      for (int b = 0; b < columns; b++) {
        number(coefficient.of(a, b));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void pair(int a, int b, double[] weights) throws IOException {
    json.writeStartObject();
    json.writeNumberField("a", a);
    json.writeNumberField("b", b);
    if (digits == Digits.ALL) {
      numbers("weights", weights);
    } else {
      LogLevels levels = LogLevels.of(weights);
      number("largest", levels.largest());
      json.writeStringField("levels", levels.text());
    }
    json.writeEndObject();
  }

  private void numbers(String name, double[] values) throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  private void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    number(value);
  }

  private void number(double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (Double.isInfinite(value)) {
      json.writeString(value > 0 ? "Infinity" : "-Infinity");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      json.writeNumber((long) value);
    } else if (digits == Digits.FEW) {
      json.writeNumber(shortened(value));
    } else {
      json.writeNumber(value);
    }
  }

  /** Six significant digits, as short as they can be written. */
  private static String shortened(double value) {
    return Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.5e", value)));
  }
}
