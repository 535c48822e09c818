package org.jetfold.study.bumphunt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantity;
import org.jetfold.codec.derived.JetCollection;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.JetCollectionChoice;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
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
  /** |y*| below this is what dijet searches ask for: scattering at wide angles. */
  public static final double DEFAULT_MAX_Y_STAR = 0.6;

  private final JetCollection jets;
  private final @Nullable String asked;
  private final @Nullable EnergyUnit unit;
  private final double maxYStar;
  private final DerivedQuantity mass;
  private final DerivedQuantity yStar;

  private DijetMass(
      JetCollection jets, @Nullable String asked, @Nullable EnergyUnit unit, double maxYStar) {
    this.jets = jets;
    this.asked = asked;
    this.unit = unit;
    this.maxYStar = maxYStar;
    mass = DerivedQuantities.ofJets("mjj", jets);
    yStar = DerivedQuantities.ofJets("y*", jets);
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
    Map<String, JetCollection> found = new LinkedHashMap<>();
    for (JetCollection candidate : JetCollection.all(schema)) {
      if (candidate.group() > 0 && candidate.phi() >= 0 && candidate.m() >= 0) {
        found.putIfAbsent(candidate.name(), candidate);
      }
    }
    if (found.isEmpty()) {
      throw new StudyException(
          "the dijet mass needs events of jets with columns pt, eta, phi and m"
              + (schema.hasEvents()
                  ? ", which no collection has"
                  : ", but the table has no events"));
    }
    JetCollection chosen =
        Objects.requireNonNull(
            found.get(JetCollectionChoice.require(List.copyOf(found.keySet()), jets)));
    EnergyUnit unit = EnergyUnit.of(schema.columns().get(chosen.pt()).unit());
    return new DijetMass(chosen, jets, unit, maxYStar);
  }

  /** The unit of pT and masses; null where nothing says it, and masses cannot be computed. */
  public @Nullable EnergyUnit unit() {
    return unit;
  }

  /** The same observable with another unit of pT and masses; null for an unknown one. */
  public DijetMass inUnit(@Nullable EnergyUnit other) {
    return new DijetMass(jets, asked, other, maxYStar);
  }

  /** The unit that the pT of a table's jets suggests; GeV where there are no jets. */
  public EnergyUnit estimatedUnit(Table table) {
    EnergyUnitEstimator estimator = new EnergyUnitEstimator();
    estimator.add(table.values(jets.pt()));
    EnergyUnit found = estimator.unit();
    return found == null ? EnergyUnit.GEV : found;
  }

  @Override
  public List<Integer> columns() {
    return List.of(jets.pt(), jets.eta(), jets.phi(), jets.m());
  }

  @Override
  public String label() {
    return JetCollectionChoice.isOfOthers(jets.name())
        ? "mass of the two leading objects of %s [GeV]".formatted(jets.name())
        : "dijet mass [GeV]";
  }

  @Override
  public DijetMass of(Schema schema) throws StudyException {
    return of(schema, asked, maxYStar).inUnit(unit);
  }

  @Override
  public double[] values(Table table) {
    double gev = Objects.requireNonNull(unit, "a unit of pT").inGev();
    double[] separations = yStar.values(table);
    double[] dijets = mass.values(table);
    for (int event = 0; event < dijets.length; event++) {
      dijets[event] = separations[event] < maxYStar ? gev * dijets[event] : Double.NaN;
    }
    return dijets;
  }
}
