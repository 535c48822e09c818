package org.jetfold.codec.quantize;

import java.util.Arrays;
import org.jetfold.codec.quantize.SymbolTable.Pages;

/**
 * Gives the symbols of one column as another one, of the same precision, numbers them ({@link
 * SegmentQuantizer#inSymbolsOf}), by looking them up. Safe for use by several threads.
 */
public final class IntTranslation {
  private final SymbolTable table;

  /**
   * A translation.
   *
   * @param from of the column whose symbols are given
   * @param to of the one that numbers them
   */
  public IntTranslation(SegmentQuantizer from, SegmentQuantizer to) {
    table =
        new SymbolTable(
            new int[] {SymbolTable.NONE},
            (first, into, at) -> {
              long[] symbols = new long[SymbolTable.PAGE];
              Arrays.setAll(symbols, i -> (long) first + i);
              long[] translated = from.inSymbolsOf(to, symbols);
              for (int i = 0; i < symbols.length; i++) {
                boolean isInt = translated[i] == (int) translated[i];
                into[at + i] = isInt ? (int) translated[i] : SymbolTable.NONE;
              }
            });
  }

  /**
   * Translates symbols.
   *
   * @param translated receives {@code count} of them
   * @return false where that is left to {@link SegmentQuantizer#inSymbolsOf}; {@code translated}
   *     then holds nothing of use
   */
  public boolean translate(int[] symbols, int count, int[] translated) {
    return table.lookUp(symbols, count, pages -> lookUp(pages, symbols, count, translated));
  }

  private static boolean lookUp(Pages pages, int[] symbols, int count, int[] translated) {
    if (!pages.place(symbols, 0, count, translated)) {
      return false;
    }
    int[] table = pages.table();
    int none = -1;
    for (int i = 0; i < count; i++) {
      int found = table[translated[i]];
      int other = found ^ SymbolTable.NONE;
      none &= other | -other;
      translated[i] = found;
    }
    return none < 0;
  }
}
