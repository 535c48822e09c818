package org.jetfold.study.quantization;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.study.binning.Bins;

/**
 * Bins in which quantized values make no peaks: whole multiples of the largest distance of levels
 * in the range, with edges half-way between levels.
 *
 * <p>Every edge is the boundary of two cells, so that each bin has the values that it would have
 * without quantization. Where the distance of levels doubles, at a power of two, that is only
 * possible if one bin is a quarter of that distance narrower or wider; heights are to be divided by
 * widths.
 *
 * @param step the largest distance of levels in the range
 * @param multiple how many of it a bin is wide
 * @param bins the bins; they begin at or below the range, and end at or above it
 */
public record MagicBins(double step, long multiple, Bins bins) {
  private static final int MAX_BINS = 10_000_000;

  /**
   * Magic bins for a range, about as wide as wanted but not narrower than the levels allow.
   *
   * @throws IllegalArgumentException where that would be more than ten million bins
   */
  public static MagicBins of(Levels levels, double low, double high, double wantedWidth) {
    double step = Math.max(levels.spacing(low), levels.spacing(high));
    long multiple = Math.max(1, Math.round(wantedWidth / step));
    double width = multiple * step;
    if (!((high - low) / width < MAX_BINS)) {
      throw new IllegalArgumentException("more than %d bins".formatted(MAX_BINS));
    }
    // Counted from zero in units of the largest distance, half a unit off: half-way between the
    // levels that are farthest apart.
    double first = (Math.floor(low / width) * multiple - 0.5) * step;
    List<Double> edges = new ArrayList<>();
    for (long i = 0; edges.isEmpty() || edges.getLast() < high; i++) {
      double edge = levels.effectiveEdge(first + i * width);
      if (edges.size() > 0 && edge <= low) {
        edges.clear();
      }
      if (edges.isEmpty() || edge > edges.getLast()) {
        edges.add(edge);
      }
    }
    return new MagicBins(
        step, multiple, Bins.between(edges.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
