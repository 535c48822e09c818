package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of figures as texts.
 *
 * @param headings one for each column
 * @param rows cells, as many in each row as there are headings
 */
public record ResultTable(List<Heading> headings, List<List<String>> rows) {
  /** Copies the lists. */
  public ResultTable {
    headings = List.copyOf(headings);
    rows = List.copyOf(rows);
  }

  /**
   * The heading of a column.
   *
   * @param isNumber whether the column holds numbers, which are aligned at their ends
   */
  public record Heading(String name, boolean isNumber) {}

  /** Collects the rows of a table. */
  static final class Builder {
    private final List<Heading> headings = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    Builder words(String name) {
      headings.add(new Heading(name, false));
      return this;
    }

    /** Adds columns of numbers. */
    Builder numbers(String... names) {
      Arrays.stream(names).forEach(name -> headings.add(new Heading(name, true)));
      return this;
    }

    void row(String... cells) {
      rows.add(List.of(cells));
    }

    ResultTable build() {
      return new ResultTable(headings, rows);
    }
  }

  /** The table as HTML. */
  String html() {
    StringBuilder html = new StringBuilder("<table class=\"residuals\"><thead><tr>");
    for (Heading heading : headings) {
      html.append(heading.isNumber ? "<th class=\"number\">" : "<th>")
          .append(HtmlPage.escaped(heading.name))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(headings.get(i).isNumber ? "<td class=\"number\">" : "<td>")
            .append(HtmlPage.escaped(row.get(i)))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }
}
