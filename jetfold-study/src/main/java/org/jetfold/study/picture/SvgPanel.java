package org.jetfold.study.picture;

/**
 * The room of one picture: a frame with space for a title and a legend above, numbers and labels
 * left and below.
 *
 * @param width of all of it, in pixels
 * @param height of all of it, in pixels
 * @param left where the frame starts
 * @param bottom where the frame ends
 */
record SvgPanel(int width, int height, int left, int bottom) {
  private static final int TOP = 50;
  private static final int MARGIN = 16;
  private static final int LABELS = 74;
  private static final int FOOT = 48;

  /** A panel with room for numbers. */
  static SvgPanel of(int width, int height) {
    return new SvgPanel(width, height, LABELS, height - FOOT);
  }

  /** The same panel with room for names on the left, and none for numbers below. */
  SvgPanel withNames(int room) {
    return new SvgPanel(width, height, room, height - MARGIN);
  }

  int right() {
    return width - MARGIN;
  }

  int top() {
    return TOP;
  }

  /** Draws the frame and writes what is on its sides. */
  void frame(SvgCanvas canvas, String x, String y) {
    canvas.add(
        "<path class=\"axis\" d=\"M%d %dH%dV%dH%dz\"/>"
            .formatted(left, TOP, right(), bottom, left));
    if (!x.isEmpty()) {
      canvas.text("", (left + right()) / 2.0, height - 12, "middle", x);
    }
    if (!y.isEmpty()) {
      canvas.upwards(14, (TOP + bottom) / 2.0, "middle", y);
    }
  }
}
