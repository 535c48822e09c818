package org.jetfold.codec.density;

import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ValueType;

/**
 * A column that a model does not code but knows: a value of the object or the event that a row
 * belongs to. Whatever precision the file has for it, the network sees its restored value with few
 * bits.
 *
 * @param levels how many levels above the row it is: 1 for the object or event that has the row in
 *     a list, 2 for what has that in a list, and so on
 * @param name its name
 * @param type its type, integer or float
 * @param distribution of its symbols, which refer to nothing
 */
public record ContextColumn(int levels, String name, ValueType type, Distribution distribution) {
  /** The most levels. */
  public static final int MAX_LEVELS = 16;

  /** The most columns of a model. */
  public static final int MAX_COLUMNS = 256;

  /** Enough to tell sizes apart. */
  private static final Precision OF_FLOATS = new Precision.Bits(7);

  /** What turns values into the symbols that a model knows. */
  public static SegmentQuantizer quantizer(ValueType type) {
    Precision precision = type.isFloat() ? OF_FLOATS : Precision.exact();
    return Quantizer.of(precision, type).of(SegmentScale.PLAIN);
  }

  /** The cells of its symbols. */
  public Alphabet alphabet() {
    return new Alphabet(distribution);
  }
}
