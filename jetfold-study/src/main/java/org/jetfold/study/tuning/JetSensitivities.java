package org.jetfold.study.tuning;

import java.util.List;
import org.jetfold.codec.table.Table;
import org.jetfold.study.Doubles;
import org.jetfold.study.dijet.LeadingDijet;
import org.jetfold.study.residual.EventQuantity;

/**
 * How much an error of a jet's variable moves a quantity of the event: S with (RMS of δq/q)² = Σ
 * S·σ² over the variables, for independent errors of all jets, σ the RMS of the variable's error.
 * That of pt and m is relative, that of angles is in rad. From the derivatives of ln q at each
 * event, which automatic differentiation gives.
 */
final class JetSensitivities {
  private JetSensitivities() {}

  /**
   * The sensitivities, averaged over the events that have the quantity.
   *
   * @param columns pt, eta, phi and m in the table; −1 for one that there is not
   * @param group that the columns are of
   * @return one for each of the four; all 0 where no event has the quantity
   */
  static double[] of(EventQuantity.Kind kind, Table table, List<Integer> columns, int group) {
    double[] sums = new double[JetVariable.values().length];
    long events = 0;
    double[] pt = Doubles.of(table, columns.getFirst());
    int[] offsets = table.offsets(group);
    LeadingDijet.Jets jets =
        kind == EventQuantity.Kind.HT
            ? null
            : new LeadingDijet.Jets(
                pt,
                Doubles.of(table, columns.get(1)),
                Doubles.of(table, columns.get(2)),
                columns.get(3) < 0 ? null : Doubles.of(table, columns.get(3)));
    for (int event = 0; event + 1 < offsets.length; event++) {
      double[] one =
          jets == null
              ? ofSum(pt, offsets[event], offsets[event + 1])
              : ofMass(jets, offsets[event], offsets[event + 1]);
      boolean counts = true;
      for (double sensitivity : one) {
        counts &= Double.isFinite(sensitivity);
      }
      if (counts && one.length > 0) {
        events++;
        for (int variable = 0; variable < sums.length; variable++) {
          sums[variable] += one[variable];
        }
      }
    }
    for (int variable = 0; variable < sums.length; variable++) {
      sums[variable] /= Math.max(1, events);
    }
    return sums;
  }

  /** ∂ ln HT/∂ ln pT is the jet's share of HT. */
  private static double[] ofSum(double[] pt, int from, int to) {
    double sum = 0;
    double squares = 0;
    for (int jet = from; jet < to; jet++) {
      sum += pt[jet];
      squares += pt[jet] * pt[jet];
    }
    return sum > 0 ? new double[] {squares / (sum * sum), 0, 0, 0} : new double[0];
  }

  private static double[] ofMass(LeadingDijet.Jets jets, int from, int to) {
    int[] leading = LeadingDijet.leading(jets, from, to);
    if (!(LeadingDijet.mass(jets, from, to, LeadingDijet.DEFAULT_MAX_Y_STAR) > 0)) {
      return new double[0];
    }
    Dual[] p = new Dual[2];
    Dual[] transverse = new Dual[2];
    Dual[] rapidity = new Dual[2];
    Dual[] phi = new Dual[2];
    Dual[] mass = new Dual[2];
    double[] masses = jets.m();
    int variables = JetVariable.values().length;
    for (int i = 0; i < 2; i++) {
      int jet = leading[i];
      p[i] = Dual.variable(jets.pt()[jet], variables * i);
      Dual eta = Dual.variable(jets.eta()[jet], variables * i + 1);
      phi[i] = Dual.variable(jets.phi()[jet], variables * i + 2);
      mass[i] = Dual.variable(masses == null ? 0 : masses[jet], variables * i + 3);
      transverse[i] = p[i].squared().plus(mass[i].squared()).root();
      rapidity[i] = p[i].times(eta.sinh()).over(transverse[i]).asinh();
    }
    Dual square =
        mass[0]
            .squared()
            .plus(mass[1].squared())
            .plus(
                transverse[0]
                    .times(transverse[1])
                    .times(rapidity[0].minus(rapidity[1]).cosh())
                    .minus(p[0].times(p[1]).times(phi[0].minus(phi[1]).cosine()))
                    .times(2));
    double[] slopes = square.slopes();
    double[] sums = new double[variables];
    for (int i = 0; i < 2; i++) {
      for (JetVariable variable : JetVariable.values()) {
        int number = variable.place();
        // ∂ ln m = ∂ m²/(2 m²), times the value where errors are relative to it.
        double scale =
            switch (variable) {
              case PT -> p[i].value();
              case M -> mass[i].value();
              case ETA, PHI -> 1;
            };
        double slope = slopes[variables * i + number] * scale / (2 * square.value());
        sums[number] += slope * slope;
      }
    }
    return sums;
  }
}
