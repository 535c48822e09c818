package org.jetfold.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A table of text, each column as wide as its widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  /** The alignment of a column. */
  public enum Side {
    LEFT,
    RIGHT
  }

  private record Line(List<String> cells, boolean ruled) {}

  private final List<Side> sides;
  private final List<Line> lines = new ArrayList<>();

  public TextTable(Side... sides) {
    this.sides = List.of(sides);
  }

  /** Adds a line; missing cells at its end are empty. */
  public TextTable line(String... cells) {
    lines.add(new Line(List.of(cells), false));
    return this;
  }

  /** Adds a horizontal line over the whole width. */
  public TextTable rule() {
    lines.add(new Line(List.of(), true));
    return this;
  }

  /** The table's lines, without trailing blanks. */
  public List<String> lines() {
    int[] widths = new int[sides.size()];
    for (Line line : lines) {
      for (int i = 0; i < line.cells().size(); i++) {
        widths[i] = Math.max(widths[i], width(Streams.printable(line.cells().get(i))));
      }
    }
    int total = GAP.length() * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    List<String> texts = new ArrayList<>();
    for (Line line : lines) {
      texts.add(line.ruled() ? "─".repeat(total) : text(line.cells(), widths));
    }
    return texts;
  }

  private String text(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = Streams.printable(cells.get(i));
      String padding = " ".repeat(widths[i] - width(cell));
      text.append(i == 0 ? "" : GAP);
      text.append(sides.get(i) == Side.RIGHT ? padding + cell : cell + padding);
    }
    return text.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
