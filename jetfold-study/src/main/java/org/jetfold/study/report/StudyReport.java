package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.SvgPicture;

/** The result of a study, for people and for programs. Immutable. */
public final class StudyReport {
  private final Story story;
  private final ResultTable table;
  private final List<Chart> charts;
  private final Fields json;
  private final List<List<String>> csv;

  /** What a study comes to, which gives its page a colour. */
  public enum Verdict {
    /** Nothing was asked that could be right or wrong. */
    NEUTRAL("no-limit"),
    /** All is as it was. */
    GOOD("passes"),
    /** The data do not tell, or something needs a second look. */
    DOUBTFUL("unusual"),
    /** Something is not as it was. */
    BAD("broken");

    private final String style;

    Verdict(String style) {
      this.style = style;
    }
  }

  /**
   * The words of a report.
   *
   * @param title what was studied
   * @param headline what it comes to, in one sentence
   * @param findings more sentences, the most important first
   * @param terms words of the report that need a sentence
   */
  record Story(
      String title, Verdict verdict, String headline, List<String> findings, List<Term> terms) {
    Story {
      findings = List.copyOf(findings);
      terms = List.copyOf(terms);
    }
  }

  /** A word and what it means. */
  record Term(String word, String meaning) {}

  /** Writes fields into a JSON object that is open. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * A report.
   *
   * @param table the figures
   * @param charts may be none
   * @param json writes the fields of the JSON object
   * @param csv lines of fields, the first with their names
   */
  StudyReport(
      Story story, ResultTable table, List<Chart> charts, Fields json, List<List<String>> csv) {
    this.story = story;
    this.table = table;
    this.charts = List.copyOf(charts);
    this.json = json;
    this.csv = List.copyOf(csv);
  }

  /** What was studied. */
  public String title() {
    return story.title;
  }

  /** What it comes to, in one sentence. */
  public String headline() {
    return story.headline;
  }

  /** More sentences, the most important first. */
  public List<String> findings() {
    return story.findings;
  }

  /** The figures. */
  public ResultTable table() {
    return table;
  }

  /** Writes the charts as a still picture (SVG). */
  public void writeSvg(OutputStream out) throws IOException {
    out.write(SvgPicture.of(charts).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the figures for programs, as JSON; the stream stays open. */
  public void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator generator =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      generator.writeStartObject();
      generator.writeStringField("study", story.title);
      json.write(generator);
      generator.writeEndObject();
      generator.writeRaw('\n');
    }
  }

  /** Writes the figures as CSV, after RFC 4180. */
  public void writeCsv(OutputStream out) throws IOException {
    String text =
        csv.stream()
            .map(line ->
                line.stream().map(StudyReport::field).collect(Collectors.joining(",", "", "\n")))
            .collect(Collectors.joining());
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Writes the report for people: one HTML file that needs no network. */
  public void writeHtml(OutputStream out) throws IOException {
    StringWriter data = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(data)) {
      ChartJson.write(charts, generator);
    }
    new HtmlPage(story.title, body(), data.toString(), "study.js").write(out);
  }

  private String body() {
    StringBuilder html =
        new StringBuilder(HtmlPage.header(story.verdict.style, story.headline))
            .append("<p>")
            .append(HtmlPage.folded(story.title))
            .append("</p>\n</header>\n<main>\n<section>\n<ul class=\"facts\">\n");
    story.findings.forEach(
        finding -> html.append("<li>").append(HtmlPage.folded(finding)).append("</li>\n"));
    html.append("</ul>\n</section>\n");
    for (int i = 0; i < charts.size(); i++) {
      html.append("<section class=\"panel\"><h2>")
          .append(HtmlPage.escaped(charts.get(i).title()))
          .append("</h2>\n<figure><div class=\"chart ")
          .append(charts.get(i).below() == null ? "tall" : "taller")
          .append("\" id=\"chart-")
          .append(i)
          .append("\"></div></figure></section>\n");
    }
    html.append("<section><h2>Figures</h2><div class=\"scroll\">")
        .append(HtmlPage.foldedTable(table.html(), table.rows().size()))
        .append("</div></section>\n");
    if (!story.terms.isEmpty()) {
      html.append("<section class=\"definitions\"><h2>What the words mean</h2><dl>\n");
      story.terms.forEach(term ->
          html.append("<dt>")
              .append(HtmlPage.escaped(term.word))
              .append("</dt><dd>")
              .append(HtmlPage.escaped(term.meaning))
              .append("</dd>\n"));
      html.append("</dl></section>\n");
    }
    return html.append("</main>\n").toString();
  }
}
