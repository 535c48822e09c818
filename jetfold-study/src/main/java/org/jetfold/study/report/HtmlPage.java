package org.jetfold.study.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * A page in one file that needs nothing else: text, data, styles, the plot library (Apache ECharts)
 * and the script that draws with it. It asks no server for anything.
 *
 * @param title of the window
 * @param body HTML
 * @param data JSON for the script
 * @param script name of the resource that draws
 */
record HtmlPage(String title, String body, String data, String script) {
  /**
   * What the jar of org.webjars:echarts says of itself: its scripts are in a folder of its version.
   */
  private static final String ECHARTS = "/META-INF/maven/org.webjars/echarts/pom.properties";

  private static final int MAX_TEXT = 400;

  private static final int SHOWN_TEXT = 200;

  private static final int MAX_ROWS = 60;

  void write(OutputStream out) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        // An empty icon: a browser would ask for one.
        .append("<link rel=\"icon\" href=\"data:,\">\n<title>")
        .append(escaped(title))
        .append("</title>\n<style>\n")
        .append(resource("report.css"))
        .append("</style>\n</head>\n<body>\n")
        .append(body)
        .append("<script type=\"application/json\" id=\"data\">")
        // Within a script element, only "<" could end it.
        .append(data.replace("<", "\\u003c"))
        .append("</script>\n<script>")
        .append(plotLibrary())
        .append("</script>\n<script>\n")
        .append(resource("charts.js"))
        .append(resource(script))
        .append("</script>\n</body>\n</html>\n");
    out.write(page.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String plotLibrary() throws IOException {
    Properties jar = new Properties();
    jar.load(new StringReader(resource(ECHARTS)));
    return resource(
        "/META-INF/resources/webjars/echarts/%s/echarts.min.js"
            .formatted(jar.getProperty("version")));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing in this installation");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The beginning of a page's header, which the caller closes. */
  static String header(String style, String headline) {
    return """
    <header class="verdict %s">
    <button id="theme" title="dark or light">◐</button>
    <h1 id="verdict">%s</h1>
    """
        .formatted(style, escaped(headline));
  }

  /** Text as HTML; of a long one the beginning, and the rest where a reader opens it. */
  static String folded(String text) {
    if (text.length() <= MAX_TEXT) {
      return escaped(text);
    }
    int end = text.offsetByCodePoints(0, text.codePointCount(0, SHOWN_TEXT));
    int word = text.lastIndexOf(' ', end);
    end = word > SHOWN_TEXT / 2 ? word : end;
    return "<details class=\"fold\"><summary>%s …</summary>%s</details>"
        .formatted(escaped(text.substring(0, end)), escaped(text.substring(end)));
  }

  /** A table as it is, or, where it has many rows, one that a reader opens. */
  static String foldedTable(String table, int rows) {
    return rows <= MAX_ROWS
        ? table
        : "<details class=\"fold\"><summary>%,d rows</summary>%s</details>".formatted(rows, table);
  }

  /** Text that may stand in HTML, in attributes as well. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
