package org.jetfold.study.residual;

/**
 * What became of a quantity that is computed from columns, for each event or each object.
 *
 * @param name as docs/derived.md lists it, or as its definition gave it
 * @param unit of energies that of the jets' pT; empty where that is not known
 * @param relative whether its errors are told relative to the value: absolute if more than 1 % of
 *     the first values are 0 or of the other sign
 * @param residuals of its values
 */
public record EvaluatedQuantity(
    String name, String unit, boolean relative, ColumnResiduals residuals) {
  /** The mass of the two jets of the largest pT. */
  public static final String DIJET_MASS = "mjj";

  /** The name in a sentence. */
  public String spoken() {
    return name.equals(DIJET_MASS) ? "the dijet mass" : name;
  }
}
