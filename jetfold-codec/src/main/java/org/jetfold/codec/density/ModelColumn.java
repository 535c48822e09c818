package org.jetfold.codec.density;

import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ValueType;

/**
 * A column that a model codes.
 *
 * @param name the column's name
 * @param type its type; integers are exact
 * @param precision the setting whose symbols the model knows
 * @param scale its spikes, which have symbols of their own, and whether the phases of events shift
 *     the grid; without a range
 * @param distribution of its symbols, or, where it refers to a column, of their differences to that
 *     column's; columns are numbered in the model's order
 */
public record ModelColumn(
    String name,
    ValueType type,
    Precision precision,
    SegmentScale scale,
    Distribution distribution) {
  /** The cells of its symbols. */
  public Alphabet alphabet() {
    if (distribution.reference() >= Distribution.FIRST_COLUMN || !scale.dithered()) {
      return new Alphabet(distribution);
    }
    SegmentQuantizer quantizer = Quantizer.of(precision, type).of(scale);
    return quantizer.isDithered()
        ? Alphabet.shifted(distribution, quantizer.spikeSymbols())
        : new Alphabet(distribution);
  }
}
