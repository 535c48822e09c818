package org.jetfold.study.picture;

import java.util.List;

/** Draws pictures as an SVG file that is light on white and on black pages. */
public final class SvgPicture {
  private static final SvgPanel WHOLE_WIDTH = SvgPanel.of(760, 330);
  private static final SvgPanel HALF_WIDTH = SvgPanel.of(480, 270);

  private SvgPicture() {}

  /** The SVG file's text, with the pictures one below the other. */
  public static String of(List<? extends Picture> pictures) {
    return of(pictures, WHOLE_WIDTH, 1);
  }

  /** The SVG file's text, with two pictures side by side. */
  public static String inPairs(List<? extends Picture> pictures) {
    return of(pictures, HALF_WIDTH, 2);
  }

  private static String of(List<? extends Picture> pictures, SvgPanel panel, int across) {
    SvgCanvas canvas = new SvgCanvas();
    int width = panel.width() * across;
    int height = 0;
    int[] tops = new int[pictures.size()];
    for (int i = 0; i < tops.length; i++) {
      if (i % across == 0) {
        tops[i] = height;
        height += rowHeight(pictures.subList(i, Math.min(i + across, tops.length)), panel);
      } else {
        tops[i] = tops[i - 1];
      }
    }
    canvas.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(width, height, width, height));
    canvas.add(
        """
        <style>
          text { fill: #1f2328 } .title { font-weight: bold; font-size: 14px } .axis, .mark { stroke: #9aa4b2; fill: none } .grid { stroke: #9aa4b2; stroke-opacity: 0.25 }
          .a { color: #6e7b8b } .b { color: #d1571f } .c { color: #1f6fd1 } .d { color: #2a8a4a } .e { color: #9250b8 } .f { color: #b88a00 } .g { color: #0f9aa7 } .h { color: #c2477f } .line { stroke: currentColor; fill: none; stroke-width: 1.4 } .point, .cell { fill: currentColor }
          @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .a { color: #9aa4b2 } .c { color: #69a7f5 } .d { color: #56b877 } .e { color: #c08ae0 } .f { color: #e0b93a } .g { color: #4fc6d1 } .h { color: #ec85b1 } }
        </style>\
        """);
    for (int i = 0; i < pictures.size(); i++) {
      canvas.add(
          "<g transform=\"translate(%d %d)\">".formatted(i % across * panel.width(), tops[i]));
      switch (pictures.get(i)) {
        case BarChart chart -> SvgBarChart.draw(chart, panel.width(), canvas);
        case Chart chart -> SvgChart.draw(chart, panel, canvas);
        case HeatMap map -> SvgHeatMap.draw(map, panel, canvas);
      }
      canvas.add("</g>");
    }
    canvas.add("</svg>");
    return canvas.text();
  }

  private static int rowHeight(List<? extends Picture> row, SvgPanel panel) {
    return row.stream()
        .mapToInt(picture ->
            picture instanceof BarChart chart ? SvgBarChart.height(chart) : panel.height())
        .max()
        .orElse(0);
  }
}
