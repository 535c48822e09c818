package org.jetfold.codec.quantize;

import java.util.Arrays;
import org.jetfold.codec.quantize.SymbolTable.Pages;

/**
 * Restores the FLOAT32 values of a segment's column from symbols that are ints, by looking them up.
 * Gives what {@link SegmentQuantizer#restore} gives, wherever that pays. Safe for use by several
 * threads.
 */
public final class FloatRestorer {
  private final SegmentQuantizer quantizer;
  private final Kind kind;
  private final SymbolTable table;

  /** How values follow from what a table holds. */
  private interface Kind {
    /** What the table holds of a symbol that no value has. */
    int[] none();

    /**
     * Makes what the table holds of a symbol.
     *
     * @throws InvalidSymbolException where no value has it
     */
    void make(long symbol, int[] into, int at);

    /**
     * Restores {@code count} values, from index {@code from} on.
     *
     * @param table what it holds of each symbol is at one of the places
     * @return whether each symbol is that of a value
     */
    boolean restore(int[] table, int[] places, int from, int count, byte[] phases, float[] values);
  }

  /** The restorer of a column. */
  public FloatRestorer(SegmentQuantizer quantizer) {
    this.quantizer = quantizer;
    kind =
        switch (quantizer.shiftedGrid()) {
          case DitheredRelativeScale scale -> new Relative(quantizer, scale);
          case DitheredAbsoluteScale scale -> new Absolute(quantizer, scale);
          case null -> new Plain(quantizer);
        };
    table = new SymbolTable(kind.none(), this::make);
  }

  /** The most bytes of memory that it takes. */
  public long bytes() {
    return SymbolTable.mostBytes(kind.none().length);
  }

  private void make(int first, int[] into, int at) {
    if (kind instanceof Plain && makeTogether(first, into, at)) {
      return;
    }
    int[] none = kind.none();
    for (int i = 0; i < SymbolTable.PAGE; i++) {
      int place = at + i * none.length;
      try {
        kind.make((long) first + i, into, place);
      } catch (InvalidSymbolException e) {
        System.arraycopy(none, 0, into, place, none.length);
      }
    }
  }

  /** Makes a page of plain values in one pass; false where a symbol of it is none that one has. */
  private boolean makeTogether(int first, int[] into, int at) {
    long[] symbols = new long[SymbolTable.PAGE];
    Arrays.setAll(symbols, i -> (long) first + i);
    float[] values = quantizer.floatsOf(symbols);
    if (values == null) {
      return false;
    }
    new BitPatterns(values.length).copy(values, 0, into, at, values.length);
    return true;
  }

  /**
   * Restores values.
   *
   * @param phases of all values; where the column is not dithered they are not looked at
   * @return false where that is left to {@link SegmentQuantizer#restore}, which also says what is
   *     wrong with symbols that no value has; {@code values} then hold nothing of use
   */
  public boolean restore(int[] symbols, int count, byte[] phases, float[] values) {
    if (quantizer.isMovedFurther()) {
      return false;
    }
    return table.lookUp(
        symbols,
        count,
        pages ->
            (kind instanceof Plain && pages.near().length > 0)
                ? restoreNear(pages, symbols, count, values)
                : restore(pages, symbols, count, phases, values));
  }

  private boolean restore(Pages pages, int[] symbols, int count, byte[] phases, float[] values) {
    int[] places = new int[Math.min(count, Workspace.CHUNK)];
    boolean areAll = true;
    for (int from = 0; from < count && areAll; from += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, count - from);
      areAll =
          pages.place(symbols, from, length, places)
              && kind.restore(pages.table(), places, from, length, phases, values);
    }
    return areAll;
  }

  /** As {@link Plain#restore} with the places, in one pass: this is what most columns take. */
  private static boolean restoreNear(Pages pages, int[] symbols, int count, float[] values) {
    int[] near = pages.near();
    int first = pages.first();
    int outside = 0;
    int none = -1;
    for (int i = 0; i < count; i++) {
      int offset = symbols[i] - first;
      outside |= offset & -near.length;
      int bits = near[offset & (near.length - 1)];
      int other = bits ^ SymbolTable.NONE;
      none &= other | -other;
      values[i] = Float.intBitsToFloat(bits);
    }
    return outside == 0 && none < 0;
  }

  // Of a symbol that no value has the bits are those of NONE, which x | -x shows, being 0 or more
  // only where x is 0.

  /** The bits of the value itself. */
  private record Plain(SegmentQuantizer quantizer) implements Kind {
    @Override
    public int[] none() {
      return new int[] {SymbolTable.NONE};
    }

    @Override
    public void make(long symbol, int[] into, int at) {
      into[at] = Float.floatToRawIntBits(quantizer.floatOf(symbol));
    }

    @Override
    public boolean restore(
        int[] table, int[] places, int from, int count, byte[] phases, float[] values) {
      int none = -1;
      for (int i = 0; i < count; i++) {
        int bits = table[places[i]];
        int other = bits ^ SymbolTable.NONE;
        none &= other | -other;
        values[from + i] = Float.intBitsToFloat(bits);
      }
      return none < 0;
    }
  }

  /**
   * The index of a point, less the phase, with the sign; what is added to the point to give the
   * magnitude; the limits of the ordinal.
   */
  private record Relative(SegmentQuantizer quantizer, DitheredRelativeScale scale) implements Kind {
    @Override
    public int[] none() {
      return new int[] {DitheredScale.LAST_PHASE, SymbolTable.NONE, 0, 0};
    }

    @Override
    public void make(long symbol, int[] into, int at) {
      if (!quantizer.describe(symbol, scale, into, at)) {
        // Any point serves, as the limits are one ordinal.
        into[at] = DitheredScale.LAST_PHASE;
        into[at + 1] = 0;
      }
    }

    @Override
    public boolean restore(
        int[] table, int[] places, int from, int count, byte[] phases, float[] values) {
      int[] points = scale.points();
      int none = -1;
      for (int i = 0; i < count; i++) {
        int at = places[i];
        int point = table[at];
        int base = table[at + 1];
        int other = base ^ SymbolTable.NONE;
        none &= other | -other;
        int magnitude = points[(point & Integer.MAX_VALUE) - (phases[from + i] & 0xFF)] + base;
        int ordinal = Math.min(Math.max(magnitude ^ (point >> 31), table[at + 2]), table[at + 3]);
        values[from + i] = Float.intBitsToFloat(ordinal ^ ((ordinal >> 31) & Integer.MAX_VALUE));
      }
      return none < 0;
    }
  }

  /** The number of units; nothing; the limits of the ordinal. */
  private record Absolute(SegmentQuantizer quantizer, DitheredAbsoluteScale scale) implements Kind {
    @Override
    public int[] none() {
      return new int[] {SymbolTable.NONE, 0, 0, 0};
    }

    @Override
    public void make(long symbol, int[] into, int at) {
      if (!quantizer.describe(symbol, scale, into, at)) {
        into[at] = 0;
      }
    }

    @Override
    public boolean restore(
        int[] table, int[] places, int from, int count, byte[] phases, float[] values) {
      int[] shifts = scale.intShifts();
      double unit = scale.unit();
      int none = -1;
      for (int i = 0; i < count; i++) {
        int at = places[i];
        int units = table[at] - shifts[phases[from + i] & 0xFF];
        int other = table[at] ^ SymbolTable.NONE;
        none &= other | -other;
        int bits = Float.floatToRawIntBits((float) (units * unit));
        int ordinal =
            Math.min(
                Math.max(bits ^ ((bits >> 31) & Integer.MAX_VALUE), table[at + 2]), table[at + 3]);
        values[from + i] = Float.intBitsToFloat(ordinal ^ ((ordinal >> 31) & Integer.MAX_VALUE));
      }
      return none < 0;
    }
  }
}
