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
    int height = panel.height() * ((pictures.size() + across - 1) / across);
    canvas.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(width, height, width, height));
    canvas.add(
        """
        <style>
          text { fill: #1f2328 } .title { font-weight: bold; font-size: 14px } .axis { stroke: #9aa4b2; fill: none } .grid { stroke: #9aa4b2; stroke-opacity: 0.25 }
          .a { color: #6e7b8b } .b { color: #d1571f } .c { color: #1f6fd1 } .d { color: #2a8a4a } .line { stroke: currentColor; fill: none; stroke-width: 1.4 } .point, .cell { fill: currentColor }
          @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .a { color: #9aa4b2 } .c { color: #69a7f5 } .d { color: #56b877 } }
        </style>\
        """);
    for (int i = 0; i < pictures.size(); i++) {
      canvas.add(
          "<g transform=\"translate(%d %d)\">"
              .formatted(i % across * panel.width(), i / across * panel.height()));
      switch (pictures.get(i)) {
        case Chart chart -> SvgChart.draw(chart, panel, canvas);
        case HeatMap map -> SvgHeatMap.draw(map, panel, canvas);
      }
      canvas.add("</g>");
    }
    canvas.add("</svg>");
    return canvas.text();
  }
}
