package org.jetfold.codec.table;

import org.jspecify.annotations.Nullable;

/** A unit of energies, momenta and masses. */
public enum EnergyUnit {
  /** 10⁶ electronvolts. */
  MEV("MeV", 1e-3),
  /** 10⁹ electronvolts. */
  GEV("GeV", 1);

  private final String symbol;
  private final double inGev;

  EnergyUnit(String symbol, double inGev) {
    this.symbol = symbol;
    this.inGev = inGev;
  }

  /** The symbol, as in texts. */
  public String symbol() {
    return symbol;
  }

  /** The unit's size in GeV. */
  public double inGev() {
    return inGev;
  }

  /** The unit with a symbol, in upper or lower case; null for any other text. */
  public static @Nullable EnergyUnit of(String symbol) {
    for (EnergyUnit unit : values()) {
      if (unit.symbol.equalsIgnoreCase(symbol)) {
        return unit;
      }
    }
    return null;
  }
}
