package org.jetfold.codec.density;

import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What a model knows of a row beside the columns that it codes: a value of the object or event that
 * the row belongs to, the number of entries in one of its lists, or a value of one of these
 * entries. Whatever precision the file has for a value, the network sees the restored one with few
 * bits.
 *
 * @param levels how many levels above the row the object is: 1 for the object or event that has the
 *     row in a list, 2 for what has that in a list, and so on; 0 for the row itself, of which only
 *     the lengths of its lists are known
 * @param list the name of a list of that object; null for a value of the object itself
 * @param place of the entry in the list, from 1 on; 0 for the number of entries, or without a list
 * @param name of the column; empty for a number of entries
 * @param type of the column
 */
public record ContextSource(
    int levels, @Nullable String list, int place, String name, ValueType type) {
  /** The most levels. */
  public static final int MAX_LEVELS = 16;

  /** The most sources of a model. */
  public static final int MAX_NUMBER = 256;

  /** The last place of an entry that can be known. */
  public static final int MAX_PLACE = 64;

  /** Enough to tell sizes apart. */
  private static final Precision OF_FLOATS = new Precision.Bits(7);

  /** A value of an object or event above. */
  public static ContextSource value(int levels, String name, ValueType type) {
    return new ContextSource(levels, null, 0, name, type);
  }

  /** How many entries a list has. */
  public static ContextSource count(int levels, String list) {
    return new ContextSource(levels, list, 0, "", ValueType.UINT32);
  }

  /**
   * A value of an entry of a list.
   *
   * @param place from 1 on
   */
  public static ContextSource entry(
      int levels, String list, int place, String name, ValueType type) {
    return new ContextSource(levels, list, place, name, type);
  }

  /** Whether it is the number of entries of a list. */
  public boolean isCount() {
    return list != null && place == 0;
  }

  /** Whether it is a value of an entry of a list. */
  public boolean isEntry() {
    return list != null && place > 0;
  }

  /** What turns values into the symbols that a model knows; those of numbers are the numbers. */
  public SegmentQuantizer quantizer() {
    Precision precision = type.isFloat() ? OF_FLOATS : Precision.exact();
    return Quantizer.of(precision, type).of(SegmentScale.PLAIN);
  }

  /** As people call it: {@code run}, {@code Electron.pt[0]} or the number of {@code Electron}. */
  @Override
  public String toString() {
    if (list == null) {
      return name;
    }
    return place == 0 ? "number of " + list : "%s.%s[%d]".formatted(list, name, place - 1);
  }
}
