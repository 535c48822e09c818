package org.jetfold.study.bumphunt;

import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.Doubles;
import org.jetfold.study.StudyException;
import org.jetfold.study.dijet.LeadingDijet;

/**
 * The invariant mass, in GeV, of the two jets with the largest pT of an event, if their half
 * difference in rapidity y* = (y₁ − y₂)/2 is small; otherwise, and where there is one jet only, the
 * event has none.
 *
 * <p>Jets are four-momenta with their masses: m² = (E₁ + E₂)² − |p₁ + p₂|², y = ½ ln((E + p_z)/(E −
 * p_z)).
 */
public final class DijetMass implements Observable {
  /** One MeV in GeV. */
  public static final double MEV = 1e-3;

  private static final double MAX_GEV = 7000;

  private final int group;
  private final int pt;
  private final int eta;
  private final int phi;
  private final int mass;
  private final double gev;
  private final double maxYStar;

  private DijetMass(int group, int[] columns, double gev, double maxYStar) {
    this.group = group;
    this.pt = columns[0];
    this.eta = columns[1];
    this.phi = columns[2];
    this.mass = columns[3];
    this.gev = gev;
    this.maxYStar = maxYStar;
  }

  /**
   * The dijet mass of a table: of the first collection that has columns called pt, eta, phi and m
   * (or mass), in upper or lower case, with the collection's name before them or not.
   *
   * <p>Its unit is that of the column, if the source names one.
   *
   * @throws StudyException where there are no such columns
   */
  public static DijetMass of(Schema schema, double maxYStar) throws StudyException {
    for (int group = 1; group < schema.groups().size(); group++) {
      int[] columns = {
        find(schema, group, "pt"),
        find(schema, group, "eta"),
        find(schema, group, "phi"),
        Math.max(find(schema, group, "m"), find(schema, group, "mass"))
      };
      if (columns[0] >= 0 && columns[1] >= 0 && columns[2] >= 0 && columns[3] >= 0) {
        return new DijetMass(group, columns, unitOf(schema.columns().get(columns[0])), maxYStar);
      }
    }
    throw new StudyException(
        "the dijet mass needs events of jets with columns pt, eta, phi and m"
            + (schema.hasEvents()
                ? ", which no collection has"
                : ", but the table has no events: name the column that marks them"
                    + " (--event-column)"));
  }

  private static int find(Schema schema, int group, String wanted) {
    String collection = schema.groups().get(group).name();
    for (int column = 0; column < schema.columns().size(); column++) {
      if (schema.groupOf(column) == group) {
        String name = schema.columns().get(column).name();
        String bare =
            name.length() > collection.length() + 1 && name.startsWith(collection)
                ? name.substring(collection.length() + 1)
                : name;
        if (name.equalsIgnoreCase(wanted) || bare.equalsIgnoreCase(wanted)) {
          return column;
        }
      }
    }
    return -1;
  }

  private static double unitOf(Column column) {
    return switch (column.unit().toLowerCase(Locale.ROOT)) {
      case "gev" -> 1;
      case "mev" -> MEV;
      default -> Double.NaN;
    };
  }

  /** Whether it is known what one unit of pT is in GeV. */
  public boolean unitKnown() {
    return !Double.isNaN(gev);
  }

  /** The same with another unit, 1 for GeV and 0.001 for MeV. */
  public DijetMass inUnit(double other) {
    return new DijetMass(group, new int[] {pt, eta, phi, mass}, other, maxYStar);
  }

  /**
   * The unit of a table's pT, where nothing else says it: no jet has more than 7 TeV, and no table
   * of jets has all below 7 GeV. So it is MeV where any pT is above 7000.
   */
  public double likelyUnit(Table table) {
    double largest = 0;
    for (double value : Doubles.of(table, pt)) {
      largest = value > largest ? value : largest;
    }
    return largest > MAX_GEV ? MEV : 1;
  }

  @Override
  public List<Integer> columns() {
    return List.of(pt, eta, phi, mass);
  }

  /** The number of the jets' collection. */
  public int group() {
    return group;
  }

  @Override
  public String label() {
    return "dijet mass in GeV";
  }

  @Override
  public DijetMass of(Schema schema) throws StudyException {
    return of(schema, maxYStar).inUnit(gev);
  }

  @Override
  public double[] values(Table table) {
    int[] offsets = table.offsets(group);
    LeadingDijet.Jets jets =
        new LeadingDijet.Jets(
            Doubles.of(table, pt),
            Doubles.of(table, eta),
            Doubles.of(table, phi),
            Doubles.of(table, mass));
    double[] dijets = new double[table.rootEntries()];
    for (int event = 0; event < dijets.length; event++) {
      dijets[event] = gev * LeadingDijet.mass(jets, offsets[event], offsets[event + 1], maxYStar);
    }
    return dijets;
  }
}
