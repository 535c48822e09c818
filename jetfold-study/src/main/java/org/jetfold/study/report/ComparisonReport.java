package org.jetfold.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.text.Quantities;

/**
 * What codecs make of a table: error against bits, and speeds.
 *
 * @param table its name
 * @param rootEntries its rows or events
 * @param values how many there are in all columns
 * @param rawBytes what they take in plain arrays
 * @param notes what a reader must know
 */
public record ComparisonReport(
    String table,
    long rootEntries,
    long values,
    long rawBytes,
    List<Row> rows,
    List<String> notes) {

  /**
   * A codec at a setting.
   *
   * @param bits a value, everything that is stored counted
   * @param ratio of the plain arrays' size
   * @param encodeSpeed in MB of plain arrays a second of processor time; NaN where it is unknown
   * @param decodeSpeed in MB of plain arrays a second of processor time; NaN where it is unknown
   */
  public record Row(
      String codec,
      String setting,
      double bits,
      double ratio,
      ErrorSizes error,
      double encodeSpeed,
      double decodeSpeed,
      String note) {}

  /**
   * Errors of all values of the columns that may lose bits.
   *
   * @param meanRelative mean of |x̂ − x|/|x|, zeros left out
   * @param worstRelative its maximum
   * @param meanSpread mean of |x̂ − x| over the column's standard deviation
   * @param worstSpread its maximum
   */
  public record ErrorSizes(
      double meanRelative, double worstRelative, double meanSpread, double worstSpread) {}

  /** Copies the lists. */
  public ComparisonReport {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** Whether a row is on the Pareto line: no other is as small and as near, and better in one. */
  public boolean isBest(Row row) {
    double error = row.error.meanRelative;
    return rows.stream()
        .noneMatch(other ->
            other.bits <= row.bits
                && other.error.meanRelative <= error
                && (other.bits < row.bits || other.error.meanRelative < error));
  }

  /** Writes the figures for programs. */
  public void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      write(json);
      json.writeRaw('\n');
    }
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", table);
    json.writeNumberField("entries", rootEntries);
    json.writeNumberField("values", values);
    json.writeNumberField("rawBytes", rawBytes);
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      json.writeStartObject();
      json.writeStringField("codec", row.codec);
      json.writeStringField("setting", row.setting);
      json.writeNumberField("bitsPerValue", row.bits);
      json.writeNumberField("ratio", row.ratio);
      json.writeNumberField("meanRelative", row.error.meanRelative);
      json.writeNumberField("worstRelative", row.error.worstRelative);
      json.writeNumberField("meanSpread", row.error.meanSpread);
      json.writeNumberField("worstSpread", row.error.worstSpread);
      writeSpeed(json, "encodeMBs", row.encodeSpeed);
      writeSpeed(json, "decodeMBs", row.decodeSpeed);
      json.writeBooleanField("pareto", isBest(row));
      json.writeStringField("note", row.note);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : notes) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeSpeed(JsonGenerator json, String name, double speed) throws IOException {
    if (Double.isNaN(speed)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, speed);
    }
  }

  /** Writes the figures as CSV, after RFC 4180. */
  public void writeCsv(OutputStream out) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "codec,setting,bitsPerValue,ratio,meanRelative,worstRelative,meanSpread,worstSpread,encodeMBs,decodeMBs,pareto,note\n");
    for (Row row : rows) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s%n",
              quoted(row.codec),
              quoted(row.setting),
              row.bits,
              row.ratio,
              row.error.meanRelative,
              row.error.worstRelative,
              row.error.meanSpread,
              row.error.worstSpread,
              Double.isNaN(row.encodeSpeed) ? "" : row.encodeSpeed,
              Double.isNaN(row.decodeSpeed) ? "" : row.decodeSpeed,
              isBest(row),
              quoted(row.note)));
    }
    out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** Writes the report for people. */
  public void writeHtml(OutputStream out) throws IOException {
    StringWriter data = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(data)) {
      write(json);
    }
    new HtmlPage("Comparison on " + table, body(), data.toString(), "comparison.js").write(out);
  }

  private String body() {
    StringBuilder html = new StringBuilder();
    Row smallest =
        rows.stream()
            .filter(this::isBest)
            .min((a, b) -> Double.compare(a.bits, b.bits))
            .orElseThrow();
    long ofJetfold =
        rows.stream().filter(this::isBest).filter(row -> row.codec.startsWith("Jetfold")).count();
    html.append(
            HtmlPage.header(
                "no-limit",
                "%d of %d settings are best for their error, %d of them Jetfold's"
                    .formatted(rows.stream().filter(this::isBest).count(), rows.size(), ofJetfold)))
        .append("<p><strong>")
        .append(HtmlPage.escaped(table))
        .append(
            "</strong>: %,d values, %,d bytes in plain arrays · smallest: %s, %s bits a value</p>\n</header>\n<main>\n"
                .formatted(
                    values,
                    rawBytes,
                    HtmlPage.escaped(smallest.codec + " " + smallest.setting),
                    Quantities.error(smallest.bits)))
        .append(
            """
            <section><p class="tools"><span class="choice" id="error"><button data-value="meanRelative">mean relative error</button><button data-value="worstRelative">worst relative error</button><button data-value="meanSpread">mean error / spread</button><button data-value="worstSpread">worst error / spread</button></span></p>
            <figure><div class="chart wide" id="pareto"></div><figcaption>Down and left is better. The line joins what no other setting beats in both. Lossless codecs are on the bottom edge. Hover for figures; click a name above to hide it.</figcaption></figure></section>
            <section><div class="scroll"><table class="residuals"><caption>All settings</caption><thead><tr><th></th><th>codec</th><th>setting</th><th class="number">bits a value</th><th class="number">ratio</th><th class="number">mean rel.</th><th class="number">worst rel.</th><th class="number">mean/spread</th><th class="number">worst/spread</th><th class="number">encode MB/s</th><th class="number">decode MB/s</th><th></th></tr></thead>
            <tbody>
            """);
    for (Row row : rows) {
      html.append("<tr><td>")
          .append(isBest(row) ? "★" : "")
          .append("</td><td>")
          .append(HtmlPage.escaped(row.codec))
          .append("</td><td>")
          .append(HtmlPage.escaped(row.setting));
      double[] numbers = {
        row.bits,
        row.ratio,
        row.error.meanRelative,
        row.error.worstRelative,
        row.error.meanSpread,
        row.error.worstSpread,
        row.encodeSpeed,
        row.decodeSpeed
      };
      for (double number : numbers) {
        html.append("</td><td class=\"number\">").append(Quantities.error(number));
      }
      html.append("</td><td>").append(HtmlPage.escaped(row.note)).append("</td></tr>\n");
    }
    html.append("</tbody></table></div>\n<ul class=\"facts\">\n");
    for (String note : notes) {
      html.append("<li>").append(HtmlPage.escaped(note)).append("</li>\n");
    }
    return html.append(
            """
            </ul></section>
            <section class="definitions"><h2>What the figures are</h2><dl>
            <dt>bits a value, ratio</dt><dd>everything that is stored for all columns, integers and list lengths included. Jetfold: the whole file, with tables and checksums; a model where its row says so. Others: the compressed bytes of each column, byte-shuffled.</dd>
            <dt>errors</dt><dd>over all values of the columns that the setting is for: relative to the value, zeros left out; or relative to the column's standard deviation (its spread).</dd>
            <dt>★</dt><dd>no other setting has at most as many bits and at most the same mean relative error.</dd>
            <dt>MB/s</dt><dd>of plain arrays, in the processor time of the one thread that works; the least of several runs where one takes little; zfp: of the columns that it takes. Jetfold checks every value and decodes each block again while it compresses.</dd>
            </dl></section>
            </main>
            """)
        .toString();
  }
}
