package org.jetfold.study.report;

import java.util.List;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.residual.ColumnResiduals;
import org.jetfold.study.residual.EvaluatedQuantity;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jetfold.study.residual.JetOrder;
import org.jetfold.study.residual.Metric;
import org.jetfold.study.residual.Promise;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.statistics.QuantileSketch;

/** What an evaluation's page says in words and tables; it can be read without a script. */
final class EvaluationHtml {
  /** Of more rows in which nothing happened, a reader sees the number first. */
  private static final int MAX_ROWS = 40;

  private static final int MAX_FACTS = 4;

  private static final int MAX_UNCHANGED = 12;

  private static final String LIMITS_HEAD =
      """
      <table class="limits"><thead><tr><th>limit</th><th>of</th><th class="number">found</th><th></th><th></th></tr></thead>
      <tbody>
      """;

  private EvaluationHtml() {}

  static String body(EvaluationReport report) {
    StringBuilder html = new StringBuilder();
    Evaluation evaluation = report.evaluation();
    header(report, html);
    html.append("<main>\n");
    limits(report, html);
    facts(report, html);
    residuals(report, html);
    html.append(
        """
        <section id="column-pictures">
        <h2>One column: <select id="column" aria-label="column"></select></h2>
        <p class="tools"><span class="choice" id="measure"><button data-value="relative">relative</button><button data-value="absolute">absolute</button></span>
        <label><input type="checkbox" id="log-counts" checked> logarithmic counts</label></p>
        <div class="pictures">
        <figure><div class="chart" id="residuals"></div><figcaption>Residuals: restored minus original, relative or in the column's unit. Hover for values; drag on the axis below to zoom.</figcaption></figure>
        <figure><div class="chart" id="sizes"></div><figcaption>Sizes of the residuals that are not 0, up to the very largest. Both axes are logarithmic.</figcaption></figure>
        <figure><div class="chart tall" id="spectrum"></div><figcaption>The variable's distribution before and after, and the ratio, with the original's statistical error as a band.</figcaption></figure>
        """);
    if (!evaluation.collections().isEmpty()) {
      html.append(
          """
          <figure><div class="chart tall" id="response"></div><figcaption>Mean relative residual (response shift) and its deviation (the resolution that compression adds) against the object's pT. Dashed: limits usual for pT, 0.1 % and 0.6 %. Pale: fewer than 100 effective entries.</figcaption></figure>
          <figure><div class="chart tall" id="response-eta"></div><figcaption>The same against η.</figcaption></figure>
          """);
    }
    html.append("</div>\n</section>\n");
    if (evaluation.quantity(EvaluatedQuantity.DIJET_MASS) != null) {
      html.append(
          """
          <section><h2>Dijet mass</h2>
          <div class="pictures"><figure><div class="chart tall" id="dijet"></div><figcaption>Mass of the two leading jets, each table with its own two leading jets.</figcaption></figure>
          <figure><div class="chart tall" id="dijet-residuals"></div><figcaption>Relative residuals of the mass, where both tables have one.</figcaption></figure></div>
          </section>
          """);
    }
    if (evaluation.correlations() != null) {
      html.append(
          """
          <section><h2>Residuals of pairs</h2>
          <div class="pictures"><figure><div class="chart square" id="correlations"></div><figcaption>Correlations of residuals: above the diagonal of their ranks, below Pearson's of residuals clipped at the quantiles 0.5 and 99.5 %. Click a square to see the pair.</figcaption></figure>
          <figure><div class="chart square" id="pair"></div><figcaption id="pair-caption"></figcaption></figure></div>
          </section>
          """);
    }
    definitions(report, html);
    return html.append("</main>\n").toString();
  }

  private static void header(EvaluationReport report, StringBuilder html) {
    html.append(HtmlPage.header(report.verdict().text(), report.headline()))
        .append("<p><strong>")
        .append(HtmlPage.escaped(report.restored()))
        .append("</strong> compared with the original ")
        .append(HtmlPage.escaped(report.original()));
    if (!report.size().isEmpty()) {
      html.append(" · ").append(HtmlPage.escaped(report.size()));
    }
    html.append("</p>\n</header>\n");
  }

  private static void limits(EvaluationReport report, StringBuilder html) {
    if (report.required().isEmpty() && report.usual().isEmpty()) {
      return;
    }
    List<Requirement.Outcome> kept =
        report.required().stream().filter(Requirement.Outcome::holds).toList();
    html.append("<section>\n<h2>Limits</h2>\n<div class=\"scroll\">").append(LIMITS_HEAD);
    report.required().stream()
        .filter(outcome -> !outcome.holds())
        .forEach(outcome -> limit(outcome, "stated", html));
    report.usual().forEach(outcome -> limit(outcome, "usual for jets", html));
    if (kept.size() <= MAX_ROWS) {
      kept.forEach(outcome -> limit(outcome, "stated", html));
    } else {
      html.append("</tbody></table>\n<details class=\"fold\"><summary>")
          .append(Quantities.count(kept.size(), "stated limit"))
          .append(" more, which hold</summary>")
          .append(LIMITS_HEAD);
      kept.forEach(outcome -> limit(outcome, "stated", html));
      html.append("</tbody></table></details>\n<table><tbody>");
    }
    html.append("</tbody></table></div>\n</section>\n");
  }

  private static void limit(Requirement.Outcome outcome, String origin, StringBuilder html) {
    html.append(
            switch (outcome.status()) {
              case HOLDS -> "<tr>";
              case BROKEN -> "<tr class=\"bad\">";
              case UNCLEAR -> "<tr class=\"fair\">";
            })
        .append("<td><code>")
        .append(HtmlPage.escaped(outcome.requirement().text()))
        .append("</code></td><td>")
        .append(HtmlPage.escaped(outcome.subject()))
        .append("</td><td class=\"number\">")
        .append(Quantities.error(outcome.value()))
        .append(outcome.error() > 0 ? " ± " + Quantities.error(outcome.error()) : "")
        .append("</td><td>")
        .append(
            switch (outcome.status()) {
              case HOLDS -> "✓ holds";
              case BROKEN -> "✗ broken";
              case UNCLEAR -> "? too few entries to tell";
            })
        .append("</td><td>")
        .append(origin)
        .append("</td></tr>\n");
  }

  private static void facts(EvaluationReport report, StringBuilder html) {
    Evaluation evaluation = report.evaluation();
    html.append("<section>\n<ul class=\"facts\">\n");
    foldedFacts(
        html, "spectra change by more than their statistical error", report.spectrumSentences());
    fact(
        html,
        Quantities.count(evaluation.rootEntries(), evaluation.rootName())
            + (evaluation.weight().isEmpty()
                ? ", unweighted"
                : ", weighted with " + evaluation.weight()));
    for (Evaluation.MatchingCounts matching : evaluation.matching()) {
      fact(
          html,
          "%s matched by %s: %s; unmatched %,d originals and %,d restored; %,d at another place of their event"
              .formatted(
                  matching.collection(),
                  matching.cut(),
                  Quantities.count(matching.pairs(), "pair"),
                  matching.lostOriginals(),
                  matching.lostRestored(),
                  matching.moved()));
    }
    for (Evaluation.Collection collection : evaluation.collections()) {
      JetOrder order = collection.order();
      if (order == null) {
        continue;
      }
      fact(
          html,
          "Order of %s by pT: changed in %,d of %s (the leading one in %,d), tied in %,d more"
              .formatted(
                  collection.name(),
                  order.changed(),
                  Quantities.count(order.events(), "event") + " with two or more",
                  order.leadingChanged(),
                  order.tied()));
    }
    for (EvaluatedQuantity quantity : evaluation.quantities()) {
      ColumnResiduals residuals = quantity.residuals();
      fact(
          html,
          "%s: largest change of a bin %s, mean relative residual %s, RMS %s, pull %s"
              .formatted(
                  quantity.name(),
                  Quantities.error(residuals.spectrum().largestChange()),
                  Quantities.error(Metric.MEAN.of(residuals.relative())),
                  Quantities.error(Metric.RMS.of(residuals.relative())),
                  Quantities.error(residuals.pulls().rms())));
    }
    if (!evaluation.missing().isEmpty()) {
      fact(
          html,
          "%s not in the restored table: %s"
              .formatted(
                  Quantities.count(evaluation.missing().size(), "column is", "columns are"),
                  evaluation.missingNames()));
    }
    html.append("</ul>\n</section>\n");
  }

  private static void fact(StringBuilder html, String text) {
    html.append("<li>").append(HtmlPage.folded(text)).append("</li>\n");
  }

  /** Some sentences of one kind; of many the first, and the others where a reader opens them. */
  private static void foldedFacts(StringBuilder html, String what, List<String> sentences) {
    int shown = Math.min(sentences.size(), MAX_FACTS);
    sentences.subList(0, shown).forEach(sentence -> fact(html, sentence));
    if (sentences.size() > shown) {
      html.append(
          "<li><details class=\"fold\"><summary>%,d more %s</summary><ul>\n"
              .formatted(sentences.size() - shown, what));
      sentences.subList(shown, sentences.size()).forEach(sentence -> fact(html, sentence));
      html.append("</ul></details></li>\n");
    }
  }

  private static void residuals(EvaluationReport report, StringBuilder html) {
    html.append(
        """
        <section>
        <h2>Residuals</h2>
        <p class="tools"><span class="choice" id="table-measure"><button data-value="natural">as promised</button><button data-value="relative">relative</button><button data-value="absolute">absolute</button></span></p>
        """);
    for (String measure : List.of("natural", "relative", "absolute")) {
      table(report, measure, html);
    }
    html.append("</section>\n");
  }

  private static void table(EvaluationReport report, String measure, StringBuilder html) {
    List<EvaluatedColumn> all = report.evaluation().columns();
    List<EvaluatedColumn> unchanged =
        all.stream().filter(column -> column.residuals().changed() == 0).toList();
    boolean folds = unchanged.size() > MAX_UNCHANGED;
    html.append("<div class=\"scroll\" data-measure=\"")
        .append(measure)
        .append(measure.equals("natural") ? "\">" : "\" hidden>");
    rows(
        report,
        folds ? all.stream().filter(one -> !unchanged.contains(one)).toList() : all,
        measure,
        html);
    if (folds) {
      html.append("<details class=\"fold\"><summary>")
          .append(Quantities.count(unchanged.size(), "column"))
          .append(" that did not change</summary>");
      rows(report, unchanged, measure, html);
      html.append("</details>");
    }
    html.append("</div>\n");
  }

  private static void rows(
      EvaluationReport report, List<EvaluatedColumn> columns, String measure, StringBuilder html) {
    boolean promises = report.evaluation().columns().getFirst().promise() != null;
    html.append("<table class=\"residuals\"><thead><tr><th>column</th>")
        .append(promises ? "<th>precision</th>" : "")
        .append("<th>residual</th><th class=\"number\">changed</th>");
    for (Metric metric : Metric.ofResiduals()) {
      html.append("<th class=\"number\">").append(heading(metric)).append("</th>");
    }
    html.append(
        "<th class=\"number\">spectrum</th><th class=\"number\">pull</th></tr></thead>\n<tbody>\n");
    for (EvaluatedColumn column : columns) {
      row(column, measure, html);
    }
    html.append("</tbody></table>");
  }

  private static String heading(Metric metric) {
    return switch (metric) {
      case RMS -> "RMS";
      case P50 -> "50 %";
      case P68 -> "68 %";
      case P95 -> "95 %";
      case P99 -> "99 %";
      case P999 -> "99.9 %";
      default -> metric.text();
    };
  }

  private static void row(EvaluatedColumn column, String measure, StringBuilder html) {
    boolean relative = measure.equals("natural") ? column.relative() : measure.equals("relative");
    ColumnResiduals all = column.residuals();
    ColumnResiduals.Residuals residuals = relative ? all.relative() : all.absolute();
    String unit = column.column().unit();
    html.append("<tr data-column=\"")
        .append(HtmlPage.escaped(column.path()))
        .append("\"><td>")
        .append(HtmlPage.escaped(column.path()))
        .append("</td>");
    Promise promise = column.promise();
    if (promise != null) {
      html.append("<td>").append(promise.precision()).append("</td>");
    }
    html.append("<td>")
        .append(relative ? "relative" : unit.isEmpty() ? "absolute" : HtmlPage.escaped(unit))
        .append("</td><td class=\"number\">")
        .append(
            all.changed() == 0 ? "none" : Quantities.percent((double) all.changed() / all.values()))
        .append("</td>");
    for (Metric metric : Metric.ofResiduals()) {
      html.append("<td class=\"number\">")
          .append(all.changed() == 0 ? "" : Quantities.error(metric.of(residuals)))
          .append("</td>");
    }
    html.append("<td class=\"number\">")
        .append(all.changed() == 0 ? "" : Quantities.error(all.spectrum().largestChange()))
        .append("</td><td class=\"number\">")
        .append(all.changed() == 0 ? "" : Quantities.error(all.pulls().rms()))
        .append("</td></tr>\n");
    String remark = remark(column, relative);
    if (!remark.isEmpty()) {
      html.append("<tr class=\"remark\"><td colspan=\"20\">").append(remark).append("</td></tr>\n");
    }
  }

  private static String remark(EvaluatedColumn evaluated, boolean relative) {
    ColumnResiduals column = evaluated.residuals();
    StringBuilder remark = new StringBuilder();
    Promise promise = evaluated.promise();
    if (promise != null && promise.violations() > 0) {
      remark.append(
          "%s not within %s. "
              .formatted(
                  Quantities.count(promise.violations(), "value is", "values are"),
                  promise.precision()));
    }
    if (column.specialChanged() > 0) {
      remark.append(
          "%,d values are NaN or infinite on one side alone, and in no figure of this row. "
              .formatted(column.specialChanged()));
    }
    if (relative && column.zerosChanged() > 0) {
      remark.append(
          "%,d zeros are not 0 any more; they have no relative residual."
              .formatted(column.zerosChanged()));
    }
    return remark.toString();
  }

  private static void definitions(EvaluationReport report, StringBuilder html) {
    html.append(
        """
        <section class="definitions"><h2>What the figures are</h2>
        <dl>
        <dt>relative, absolute</dt><dd>(x̂ − x)/x where x is not 0, and x̂ − x in the column's unit; azimuths are wrapped. “As promised”: relative under <code>rel</code> and <code>bits</code>, absolute under <code>abs</code>; elsewhere absolute where more than 1 %% of the first values are 0 or have the other sign.</dd>
        <dt>bounds</dt><dd>What the compressed file promises of each value. Every value is checked against its original in exact arithmetic.</dd>
        <dt>mean, RMS</dt><dd>of the residuals, exact.</dd>
        <dt>50 %% … 99.9 %%, max</dt><dd>the size that so many residuals stay within. Ranks are wrong by at most %s of all weight (guaranteed for any table: %s). The maximum is exact.</dd>
        <dt>spectrum</dt><dd>largest |after/before − 1| of the bins of the variable's own distribution, among bins with at least 100 effective entries. Its error is that of the values that crossed an edge of the bin. A spectrum is said to change by more than its statistical error where, in such a bin, |after/before − 1| exceeds the relative error of the original's content: what another sample of the same size would differ by. Values that crossed edges of bins do that; wider bins, a finer precision or dither avoid it.</dd>
        <dt>pull</dt><dd>(content after − before)/statistical error of a bin, as the root mean square over all bins with at least 50 effective entries of 100 random binnings: offsets at random, widths from 1/200 to 1/2 of half the central 68 %%, and every other binning logarithmic, 0.5 to 20 %% wide, where the variable is positive. The lowest two bins of each are left out, since a sample often begins at a threshold. Below 1.5 compression is hidden in the statistical errors of this sample, whatever the bins; without dither the pull grows with the square root of the sample. Of a large table it is that of the first values.</dd>
        <dt>response, resolution</dt><dd>mean and standard deviation of the relative residual of pT in bins of pT (two a doubling) and of η (half a unit), of each collection whose objects have a pT; bins with at least 100 effective entries count. Usual limits: 0.1 %% and 0.6 %%, a tenth of a jet energy resolution of 6 %% at 300 GeV.</dd>
        <dt>limits in bins</dt><dd>hold where |value| + 1.64 standard errors is within the limit in every bin; they are broken where it is beyond the limit in some bin by more than chance would do in one table of twenty. Between them there are too few entries to tell.</dd>
        <dt>order</dt><dd>events in which an object of a collection that was strictly harder than another is strictly softer now.</dd>
        </dl></section>
        """
            .formatted(
                Quantities.error(report.rankError()), Quantities.error(QuantileSketch.RANK_ERROR)));
  }
}
