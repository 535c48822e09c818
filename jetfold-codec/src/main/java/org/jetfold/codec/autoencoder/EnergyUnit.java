package org.jetfold.codec.autoencoder;

/** The unit of energies, momenta and masses. */
public enum EnergyUnit {
  /** 10⁶ electronvolts. */
  MEV(1, "MeV"),
  /** 10⁹ electronvolts. */
  GEV(2, "GeV");

  private final int code;
  private final String symbol;

  EnergyUnit(int code, String symbol) {
    this.code = code;
    this.symbol = symbol;
  }

  /** The number that files call it by; 0 stands for an unknown unit. */
  int code() {
    return code;
  }

  /** As it is written. */
  public String symbol() {
    return symbol;
  }
}
