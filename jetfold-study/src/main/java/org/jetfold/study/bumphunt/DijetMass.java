package org.jetfold.study.bumphunt;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jetfold.codec.derived.JetNames;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.Doubles;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.dijet.JetCollections;
import org.jetfold.study.dijet.LeadingDijet;
import org.jspecify.annotations.Nullable;

/**
 * The invariant mass, in GeV, of the two jets with the largest pT of an event, if their half
 * difference in rapidity y* = (y₁ − y₂)/2 is small; otherwise, and where there is one jet only, the
 * event has none.
 *
 * <p>Jets are four-momenta with their masses: m² = (E₁ + E₂)² − |p₁ + p₂|², y = ½ ln((E + p_z)/(E −
 * p_z)).
 */
public final class DijetMass implements Observable {
  /** The usual limit of |y*|. */
  public static final double DEFAULT_MAX_Y_STAR = LeadingDijet.DEFAULT_MAX_Y_STAR;

  private final int group;
  private final String collection;
  private final @Nullable String asked;
  private final int pt;
  private final int eta;
  private final int phi;
  private final int mass;
  private final @Nullable EnergyUnit unit;
  private final double maxYStar;

  private DijetMass(
      int group,
      String collection,
      @Nullable String asked,
      int[] columns,
      @Nullable EnergyUnit unit,
      double maxYStar) {
    this.group = group;
    this.collection = collection;
    this.asked = asked;
    this.pt = columns[0];
    this.eta = columns[1];
    this.phi = columns[2];
    this.mass = columns[3];
    this.unit = unit;
    this.maxYStar = maxYStar;
  }

  /** The dijet mass of the collection of jets, found by its name. */
  public static DijetMass of(Schema schema, double maxYStar) throws StudyException {
    return of(schema, null, maxYStar);
  }

  /**
   * The dijet mass of a table: of the collection of jets among those that have columns called pt,
   * eta, phi and m (or mass), in upper or lower case, alone or with the same text before them, as
   * {@code Jet_pt}.
   *
   * <p>Its unit is that of the column, if the source names one.
   *
   * @param jets the collection's name; null to find it by name
   * @throws StudyException where there are no such columns
   * @throws UnclearJetsException where several collections have them
   */
  public static DijetMass of(Schema schema, @Nullable String jets, double maxYStar)
      throws StudyException {
    Map<String, DijetMass> found = new LinkedHashMap<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      int[] numbers = columnsOf(schema, group);
      JetNames names =
          new JetNames(
              Arrays.stream(numbers).mapToObj(at -> schema.columns().get(at).name()).toList());
      int[] columns = {
        names.find("pt"), names.find("eta"), names.find("phi"), names.find("m", "mass")
      };
      if (Arrays.stream(columns).allMatch(column -> column >= 0)) {
        Arrays.setAll(columns, i -> numbers[columns[i]]);
        EnergyUnit unit = EnergyUnit.of(schema.columns().get(columns[0]).unit());
        String name = schema.groups().get(group).name();
        found.putIfAbsent(name, new DijetMass(group, name, jets, columns, unit, maxYStar));
      }
    }
    if (found.isEmpty()) {
      throw new StudyException(
          "the dijet mass needs events of jets with columns pt, eta, phi and m"
              + (schema.hasEvents()
                  ? ", which no collection has"
                  : ", but the table has no events"));
    }
    return Objects.requireNonNull(
        found.get(JetCollections.require(List.copyOf(found.keySet()), jets)));
  }

  private static int[] columnsOf(Schema schema, int group) {
    return IntStream.range(0, schema.columns().size())
        .filter(column -> schema.groupOf(column) == group)
        .toArray();
  }

  /** The unit of pT and masses; null where nothing says it, and masses cannot be computed. */
  public @Nullable EnergyUnit unit() {
    return unit;
  }

  /** The same observable with another unit of pT and masses; null for an unknown one. */
  public DijetMass inUnit(@Nullable EnergyUnit other) {
    return new DijetMass(group, collection, asked, new int[] {pt, eta, phi, mass}, other, maxYStar);
  }

  /** The unit that the pT of a table's jets suggests; GeV where there are no jets. */
  public EnergyUnit estimatedUnit(Table table) {
    EnergyUnitEstimator estimator = new EnergyUnitEstimator();
    estimator.add(table.values(pt));
    EnergyUnit found = estimator.unit();
    return found == null ? EnergyUnit.GEV : found;
  }

  @Override
  public List<Integer> columns() {
    return List.of(pt, eta, phi, mass);
  }

  @Override
  public String label() {
    return JetCollections.isOfOthers(collection)
        ? "mass of the two leading objects of %s [GeV]".formatted(collection)
        : "dijet mass [GeV]";
  }

  @Override
  public DijetMass of(Schema schema) throws StudyException {
    return of(schema, asked, maxYStar).inUnit(unit);
  }

  @Override
  public double[] values(Table table) {
    double gev = Objects.requireNonNull(unit, "a unit of pT").inGev();
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
