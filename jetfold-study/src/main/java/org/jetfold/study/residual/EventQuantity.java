package org.jetfold.study.residual;

/**
 * What became of a quantity that is computed from an event's jets.
 *
 * @param kind which it is
 * @param unit that of the jets' pT; empty where that is not known
 * @param residuals of one value an event
 */
public record EventQuantity(Kind kind, String unit, ColumnResiduals residuals) {

  /** Which quantities there are. */
  public enum Kind {
    /** The sum of the jets' pT. */
    HT("HT", "HT"),
    /** The mass of the two jets of the largest pT. */
    MJJ("mjj", "the dijet mass");

    private final String text;
    private final String spoken;

    Kind(String text, String spoken) {
      this.text = text;
      this.spoken = spoken;
    }

    /** The name in limits and tables. */
    public String text() {
      return text;
    }

    /** The name in a sentence. */
    public String spoken() {
      return spoken;
    }
  }

  /** Adds an event; of a quantity that is not finite on one side, the other joins its spectrum. */
  static void add(ColumnResiduals residuals, double was, double is, double weight) {
    if (Double.isFinite(was) && Double.isFinite(is)) {
      residuals.add(was, is, is - was, weight);
    } else {
      residuals.addBefore(was, weight);
      residuals.addAfter(is, weight);
    }
  }
}
