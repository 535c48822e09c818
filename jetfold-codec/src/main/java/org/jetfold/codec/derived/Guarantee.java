package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;

/**
 * A bound on the error of a derived quantity.
 *
 * @param quantity its name
 * @param bound {@link Precision.Relative} or {@link Precision.Absolute}
 */
public record Guarantee(String quantity, Precision bound) {
  /** The share of a value that rounding in its computation may add to a bound. */
  static final double MARGIN = 0x1p-40;

  /**
   * Checks the bound.
   *
   * @throws DerivedQuantityException where it is neither relative nor absolute
   */
  public Guarantee {
    if (!(bound instanceof Precision.Relative) && !(bound instanceof Precision.Absolute)) {
      throw new DerivedQuantityException(
          "%s=%s: a bound on a quantity is rel or abs, as in mjj=rel:0.004 or dPhi=abs:0.002"
              .formatted(quantity, bound));
    }
  }

  /**
   * Reads bounds that are separated by commas, such as {@code E=rel:0.005,dPhi=abs:0.002}.
   *
   * @throws DerivedQuantityException where the text is none
   */
  public static List<Guarantee> parse(String text) {
    List<Guarantee> guarantees = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip();
      if (name.isEmpty()) {
        throw new DerivedQuantityException(
            "'%s' is not a bound: write quantity=rel:e or quantity=abs:d, as in mjj=rel:0.004"
                .formatted(part.strip()));
      }
      if (guarantees.stream().anyMatch(other -> other.quantity.equals(name))) {
        throw new DerivedQuantityException("%s has two bounds: give it one".formatted(name));
      }
      try {
        guarantees.add(new Guarantee(name, Precision.parse(part.substring(equals + 1))));
      } catch (PrecisionException e) {
        throw new DerivedQuantityException("%s: %s".formatted(name, e.getMessage()));
      }
    }
    return List.copyOf(guarantees);
  }

  /**
   * Whether a value may have become another: within the bound and 2⁻⁴⁰ of the larger of both, for
   * rounding. NaN must stay NaN, and infinity infinity.
   */
  public boolean allows(double before, double after) {
    return allows(before, after, MARGIN);
  }

  /**
   * As {@link #allows}, but the margin is taken from the bound: so whoever computes both values,
   * and rounds each by less than 2⁻⁴¹ of it, finds them within the bound.
   */
  public boolean surelyAllows(double before, double after) {
    return allows(before, after, -MARGIN);
  }

  private boolean allows(double before, double after, double margin) {
    if (before == after || (Double.isNaN(before) && Double.isNaN(after))) {
      return true;
    }
    double error = Math.abs(after - before);
    double rounding = margin * Math.max(Math.abs(before), Math.abs(after));
    return switch (bound) {
          case Precision.Relative(double e) -> error <= e * Math.abs(before) + rounding;
          case Precision.Absolute(double d) -> error <= d + rounding;
          default -> throw new IllegalStateException(String.valueOf(bound));
        }
        && Double.isFinite(error);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return quantity + "=" + bound;
  }
}
