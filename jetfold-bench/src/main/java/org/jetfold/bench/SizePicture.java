package org.jetfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws what {@link SizeComparison} measured, as bars in an SVG file that reads well on light and
 * dark pages.
 *
 * <p>Arguments: the CSV file, the SVG file.
 */
public final class SizePicture {
  private static final int WIDTH = 760;
  private static final int LABEL_WIDTH = 330;
  private static final int BAR = 18;
  private static final int GAP = 5;
  private static final int TITLE = 34;

  /** One bar. */
  private record Bar(String label, double bits, boolean ours) {}

  private SizePicture() {}

  /** Draws the picture. */
  public static void main(String[] files) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(files[0])).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
    StringBuilder body = new StringBuilder();
    int y = 10;
    String data = "";
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      if (!row[0].equals(data)) {
        data = row[0];
        List<Bar> bars = bars(lines, header, data);
        y = draw(body, title(row, header), bars, y);
      }
    }
    Files.writeString(
        Path.of(files[1]),
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <style>
          text { fill: #1f2328 } .other { fill: #9aa4b2 } .ours { fill: #d1571f } .title { font-weight: bold; font-size: 14px }
          @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .other { fill: #6e7b8b } }
        </style>
        %s</svg>
        """
            .formatted(WIDTH, y, WIDTH, y, body));
  }

  private static String title(String[] row, List<String> header) {
    return "%s: %,d jets of %s variables, bits a jet"
        .formatted(
            row[0], Integer.parseInt(row[header.indexOf("jets")]), row[header.indexOf("columns")]);
  }

  private static List<Bar> bars(List<String> lines, List<String> header, String data) {
    List<Bar> bars = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      if (!row[0].equals(data)) {
        continue;
      }
      String setting = row[header.indexOf("setting")];
      if (setting.equals("exact")) {
        bars.add(new Bar("float32", value(row, header, "raw"), false));
        bars.add(new Bar("lossless: zstd −19", value(row, header, "zstd -19"), false));
        bars.add(new Bar("lossless: xz −9, shuffled", value(row, header, "xz -9 shuffled"), false));
        bars.add(new Bar("lossless: Jetfold", value(row, header, "jetfold"), true));
      } else if (setting.equals("bits:7")) {
        bars.add(
            new Bar(
                "truncated to 7 bits: zstd −19, shuffled",
                value(row, header, "zstd -19 shuffled"),
                false));
        bars.add(new Bar("truncated to 7 bits: xz −9", value(row, header, "xz -9"), false));
        bars.add(new Bar("truncated to 7 bits: Jetfold", value(row, header, "jetfold"), true));
      } else if (setting.equals("rel:0.00390625")) {
        bars.add(
            new Bar(
                "the same worst error (rel:2⁻⁸): Jetfold", value(row, header, "jetfold"), true));
      }
    }
    return bars;
  }

  private static double value(String[] row, List<String> header, String column) {
    return Double.parseDouble(row[header.indexOf(column)]);
  }

  private static int draw(StringBuilder body, String title, List<Bar> bars, int top) {
    body.append("<text class=\"title\" x=\"4\" y=\"%d\">%s</text>%n".formatted(top + 16, title));
    double largest = bars.stream().mapToDouble(Bar::bits).max().orElse(1);
    int y = top + TITLE;
    for (Bar bar : bars) {
      double width = (WIDTH - LABEL_WIDTH - 60) * bar.bits() / largest;
      body.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                  + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>"
                  + "<text x=\"%.1f\" y=\"%d\">%.1f</text>%n",
              LABEL_WIDTH - 8,
              y + 14,
              bar.label(),
              bar.ours() ? "ours" : "other",
              LABEL_WIDTH,
              y,
              width,
              BAR,
              LABEL_WIDTH + width + 6,
              y + 14,
              bar.bits()));
      y += BAR + GAP;
    }
    return y + 12;
  }
}
