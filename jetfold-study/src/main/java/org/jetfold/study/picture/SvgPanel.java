package org.jetfold.study.picture;

/**
 * The room of one picture: a frame with space for a title and a legend above, numbers and labels
 * left and below.
 *
 * @param width of all of it, in pixels
 * @param height of all of it, in pixels
 * @param left where the frame starts
 * @param top where the frame starts
 * @param bottom where the frame ends
 */
record SvgPanel(int width, int height, int left, int top, int bottom) {
  private static final int TOP = 50;
  private static final int MARGIN = 16;
  private static final int LABELS = 74;
  private static final int FOOT = 48;
  private static final int GAP = 12;
  private static final double UPPER = 0.66;

  /** A panel with room for numbers. */
  static SvgPanel of(int width, int height) {
    return new SvgPanel(width, height, LABELS, TOP, height - FOOT);
  }

  /** The same panel with room for names on the left, and none for numbers below. */
  SvgPanel withNames(int room) {
    return new SvgPanel(width, height, room, top, height - MARGIN);
  }

  int right() {
    return width - MARGIN;
  }

  /** The upper part of the frame, where another is below it. */
  SvgPanel upper() {
    return new SvgPanel(width, height, left, top, top + (int) (UPPER * (bottom - top)));
  }

  /** The lower part of the frame, below another. */
  SvgPanel lower() {
    return new SvgPanel(width, height, left, upper().bottom + GAP, bottom);
  }

  /** The same panel with more room for a legend above. */
  SvgPanel below(int room) {
    return new SvgPanel(width, height, left, top + room, bottom);
  }

  /** Draws the frame and writes what is on its sides. */
  void frame(SvgCanvas canvas, String x, String y) {
    canvas.add(
        "<path class=\"axis\" d=\"M%d %dH%dV%dH%dz\"/>"
            .formatted(left, top, right(), bottom, left));
    if (!x.isEmpty()) {
      canvas.text("", (left + right()) / 2.0, height - 12, "middle", x);
    }
    if (!y.isEmpty()) {
      canvas.upwards(14, (top + bottom) / 2.0, "middle", y);
    }
  }
}
