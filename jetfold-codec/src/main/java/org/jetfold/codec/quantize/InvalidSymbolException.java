package org.jetfold.codec.quantize;

/** A symbol that no value has under a column's setting: the data it was decoded from is damaged. */
public final class InvalidSymbolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;

  /**
   * An exception for one symbol.
   *
   * @param index where the symbol stands among those that were to be restored
   * @param reason what is wrong with it
   */
  public InvalidSymbolException(int index, String reason) {
    super("symbol " + index + ": " + reason);
    this.index = index;
  }

  static InvalidSymbolException outside(int index, long symbol, long smallest, long largest) {
    return new InvalidSymbolException(
        index,
        "%d is not in %d … %d, the symbols of the column".formatted(symbol, smallest, largest));
  }

  /** Where the symbol stands among those that were to be restored. */
  public int index() {
    return index;
  }
}
