package org.jetfold.codec.quantize;

import java.util.List;
import org.jetfold.codec.table.ValueType;

/**
 * What a segment's values add to a column's setting (docs/format.md section 6.7). Floats are told
 * as ordinals: neighbouring floats differ by 1, the order is −∞ … −0, +0 … +∞, that of +0 is 0.
 *
 * @param spikes finite values that repeat far more often than their neighbours, in increasing
 *     order; they come back bit for bit
 * @param dithered whether the segment's events shift the grid; else all have phase 0
 * @param lowest where dithered, the smallest finite value that is neither zero nor a spike
 * @param highest where dithered, the largest such value
 * @param decimals of an exact column, the decimal digits that most of its values have; {@value
 *     #NO_DECIMALS} where symbols do not follow from decimals
 */
public record SegmentScale(
    List<Long> spikes, boolean dithered, long lowest, long highest, int decimals) {
  /** Of columns whose symbols do not follow from decimals. */
  public static final int NO_DECIMALS = -1;

  /** The most spikes of a column. */
  public static final int MAX_SPIKES = 1 << 10;

  /** No spikes, nothing shifted. */
  public static final SegmentScale PLAIN = new SegmentScale(List.of(), false, 0, 0);

  /** The most decimal digits of a column. */
  public static final int MAX_DECIMALS = DecimalGrid.MAX_DIGITS;

  /** A scale without decimals. */
  public SegmentScale(List<Long> spikes, boolean dithered, long lowest, long highest) {
    this(spikes, dithered, lowest, highest, NO_DECIMALS);
  }

  /** Copies the list. */
  public SegmentScale {
    spikes = List.copyOf(spikes);
  }

  /** What a setting that loses something adds: all but the decimals, which lose nothing. */
  public SegmentScale withoutDecimals() {
    return decimals == NO_DECIMALS ? this : new SegmentScale(spikes, dithered, lowest, highest);
  }

  /** The spikes as floats of a type. */
  public List<Double> spikes(ValueType type) {
    return spikes.stream()
        .map(spike ->
            type == ValueType.FLOAT32
                ? (Double) (double) Ordinals.toFloat(spike)
                : (Double) Ordinals.toDouble(spike))
        .toList();
  }

  /** A scale of exact values, most of which have so many decimal digits. */
  public static SegmentScale ofDecimals(int digits) {
    return new SegmentScale(List.of(), false, 0, 0, digits);
  }

  /** A scale that no phase shifts. */
  public static SegmentScale undithered(List<Long> spikes) {
    return spikes.isEmpty() ? PLAIN : new SegmentScale(spikes, false, 0, 0);
  }
}
