package org.jetfold.codec.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Quantities of objects and events, beside four-momenta that are added up one by one. */
final class DerivedQuantitiesTest {
  private static final List<String> NAMES = List.of("pt", "eta", "phi", "m");
  private static final Schema JETS = schema("jets");

  private static List<Column> columns(String... names) {
    return List.of(names).stream().map(name -> new Column(name, ValueType.FLOAT64)).toList();
  }

  private static Schema schema(String... collections) {
    return new Schema(
        new Group(
            "",
            columns("weight"),
            List.of(collections).stream()
                .map(name -> new Group(name, columns("pt", "eta", "phi", "m"), List.of()))
                .toList()));
  }

  /** Random events of 0 to 5 jets; columns are weight, pt, eta, phi, m. */
  private static Table events(RandomCase any, int count) {
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      offsets[i + 1] = offsets[i] + any.between(0, 5);
    }
    int jets = offsets[count];
    double[] pt = new double[jets];
    double[] eta = new double[jets];
    double[] phi = new double[jets];
    double[] m = new double[jets];
    for (int i = 0; i < jets; i++) {
      pt[i] = any.between(20_000, 2_000_000) / 1000.0;
      eta[i] = any.between(-4900, 4900) / 1000.0;
      phi[i] = any.between(-3141, 3141) / 1000.0;
      m[i] = any.between(0, 200_000) / 1000.0;
    }
    List<ColumnValues> values = new ArrayList<>();
    values.add(new ColumnValues.Doubles(new double[count]));
    for (double[] column : List.of(pt, eta, phi, m)) {
      values.add(new ColumnValues.Doubles(column));
    }
    return new Table(JETS, count, List.of(offsets), values);
  }

  private static Table event(double[]... jets) {
    List<ColumnValues> values = new ArrayList<>();
    values.add(new ColumnValues.Doubles(new double[] {2}));
    for (int i = 0; i < NAMES.size(); i++) {
      double[] column = new double[jets.length];
      for (int jet = 0; jet < jets.length; jet++) {
        column[jet] = jets[jet][i];
      }
      values.add(new ColumnValues.Doubles(column));
    }
    return new Table(JETS, 1, List.of(new int[] {0, jets.length}), values);
  }

  private static DerivedQuantities quantities(String... definitions) {
    return new DerivedQuantities(JETS, null, List.of(definitions));
  }

  private static double ofEvent(String name, Table event) {
    return quantities().find(name).values(event)[0];
  }

  /** Four-momentum of a jet: px, py, pz, E. */
  private static double[] momentum(Table table, int jet) {
    double pt = table.doubles("pt")[jet];
    double eta = table.doubles("eta")[jet];
    double phi = table.doubles("phi")[jet];
    double m = table.doubles("m")[jet];
    double px = pt * Math.cos(phi);
    double py = pt * Math.sin(phi);
    double pz = pt * Math.sinh(eta);
    return new double[] {px, py, pz, Math.sqrt(px * px + py * py + pz * pz + m * m)};
  }

  @Test
  void objectsHaveMomentumEnergyAndRapidity() {
    RandomCase.each(
        100,
        any -> {
          Table table = events(any, 5);
          double[] px = quantities().find("px").values(table);
          double[] py = quantities().find("py").values(table);
          double[] pz = quantities().find("pz").values(table);
          double[] energy = quantities().find("E").values(table);
          double[] rapidity = quantities().find("rapidity").values(table);
          double[] mt = quantities().find("mT").values(table);
          assertThat(px).hasSize(table.entries(1));
          for (int jet = 0; jet < px.length; jet++) {
            double[] p = momentum(table, jet);
            assertThat(px[jet]).isCloseTo(p[0], within(1e-9));
            assertThat(py[jet]).isCloseTo(p[1], within(1e-9));
            assertThat(pz[jet]).isCloseTo(p[2], within(1e-7));
            assertThat(energy[jet]).isCloseTo(p[3], within(1e-7));
            assertThat(p[3] * Math.tanh(rapidity[jet])).isCloseTo(p[2], within(1e-6));
            double square = p[3] * p[3] - p[2] * p[2];
            assertThat(mt[jet] * mt[jet]).isCloseTo(square, within(1e-9 * p[3] * p[3]));
          }
        });
  }

  @Test
  void eventsHaveSumsAndPairs() {
    RandomCase.each(
        100,
        any -> {
          Table table = events(any, 4);
          double[] ht = quantities().find("HT").values(table);
          double[] mht = quantities().find("MHT").values(table);
          double[] mjj = quantities().find("mjj").values(table);
          int[] offsets = table.offsets(1);
          for (int event = 0; event < 4; event++) {
            double sum = 0;
            double x = 0;
            double y = 0;
            int first = -1;
            int second = -1;
            double[] pt = table.doubles("pt");
            for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
              double[] p = momentum(table, jet);
              sum += pt[jet];
              x += p[0];
              y += p[1];
              if (first < 0 || pt[jet] > pt[first]) {
                second = first;
                first = jet;
              } else if (second < 0 || pt[jet] > pt[second]) {
                second = jet;
              }
            }
            assertThat(ht[event]).isCloseTo(sum, within(1e-9));
            assertThat(mht[event]).isCloseTo(Math.hypot(x, y), within(1e-8));
            if (second < 0) {
              assertThat(mjj[event]).isNaN();
            } else {
              double[] a = momentum(table, first);
              double[] b = momentum(table, second);
              double energy = a[3] + b[3];
              double square = energy * energy;
              for (int i = 0; i < 3; i++) {
                square -= (a[i] + b[i]) * (a[i] + b[i]);
              }
              assertThat(mjj[event] * mjj[event])
                  .isCloseTo(square, within(1e-10 * energy * energy));
            }
          }
        });
  }

  @Test
  void anglesOfPairsGoTheShortWay() {
    Table event = event(new double[] {50, 1, 3, 5}, new double[] {90, -0.5, -3, 5});
    assertThat(ofEvent("dPhi", event)).isCloseTo(2 * Math.PI - 6, within(1e-12));
    assertThat(ofEvent("dphi12", event)).isEqualTo(ofEvent("dPhi", event));
    assertThat(ofEvent("dEta", event)).isEqualTo(1.5);
    assertThat(ofEvent("dR", event)).isCloseTo(Math.hypot(1.5, 2 * Math.PI - 6), within(1e-12));
    assertThat(ofEvent("y*", event)).isBetween(0.7, 0.75).isEqualTo(ofEvent("ystar", event));
  }

  @Test
  void ofEqualJetsTheFirstLeadsAndNaNIsNoJet() {
    double[] a = {50, 1, 0, 0};
    double[] b = {50, 3, 0, 0};
    double[] c = {50, 7, 0, 0};
    double[] none = {Double.NaN, 0, 0, 0};
    assertThat(ofEvent("dEta", event(a, b, c))).isEqualTo(2);
    assertThat(ofEvent("dEta", event(none, b, c))).isEqualTo(4);
    assertThat(ofEvent("dEta", event(none, b))).isNaN();
    assertThat(ofEvent("HT", event(none, b))).isNaN();
    assertThat(ofEvent("HT", event())).isZero();
    assertThat(ofEvent("MHT", event())).isZero();
  }

  @Test
  void definitionsMayMixObjectsAndEvents() {
    Table event = event(new double[] {50, 1, 3, 5}, new double[] {90, -0.5, -3, 5});
    DerivedQuantity weighted = quantities("wpt = weight*jets.pt").find("wpt");
    assertThat(weighted.group()).isEqualTo(1);
    assertThat(weighted.columns()).containsExactly(0, 1);
    assertThat(weighted.values(event)).containsExactly(100, 180);
    assertThat(weighted.formula()).isEqualTo("weight*jets.pt");
    DerivedQuantity ofEvents = quantities("half = weight/2").find("half");
    assertThat(ofEvents.group()).isZero();
    assertThat(ofEvents.values(event)).containsExactly(1);
  }

  @Test
  void jetsWithoutMassAreMassless() {
    Schema flat = Schema.flat(columns("Jet_pt", "Jet_eta", "Jet_phi"));
    DerivedQuantities quantities = new DerivedQuantities(flat, null, List.of());
    Table rows =
        new Table(
            flat,
            1,
            List.of(),
            List.of(
                new ColumnValues.Doubles(new double[] {3}),
                new ColumnValues.Doubles(new double[] {0}),
                new ColumnValues.Doubles(new double[] {1})));
    assertThat(quantities.find("E").values(rows)).containsExactly(3);
    assertThat(quantities.find("E").columns()).containsExactly(0, 1);
    assertThatThrownBy(() -> quantities.find("HT")).hasMessageContaining("no events");
  }

  @Test
  void derivativesAreThoseOfDifferences() {
    RandomCase.each(
        100,
        any -> {
          List<String> names = quantities().names();
          DerivedQuantity quantity = quantities().find(names.get(any.between(0, names.size() - 1)));
          double[][] jets = new double[any.between(2, 4)][];
          for (int i = 0; i < jets.length; i++) {
            // Far apart, so that nothing is at a corner of an absolute value.
            jets[i] =
                new double[] {100 + 50 * i + any.between(0, 40), 0.5 * i - 0.7, 1.3 * i - 2, 5 + i};
          }
          double[][] derivatives = new double[jets.length][4];
          quantity.derivatives(
              event(jets),
              (entry, column, row, derivative) -> derivatives[row][column - 1] += derivative);
          for (double[] jet : jets) {
            for (int c = 0; c < 4; c++) {
              double own = jet[c];
              double step = 1e-5;
              jet[c] = own + step;
              double above = sum(quantity.values(event(jets)));
              jet[c] = own - step;
              double below = sum(quantity.values(event(jets)));
              jet[c] = own;
              double expected = (above - below) / (2 * step);
              assertThat(derivatives[List.of(jets).indexOf(jet)][c])
                  .as("%s by %s", quantity.name(), NAMES.get(c))
                  .isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
            }
          }
        });
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void unknownAndAmbiguousNamesAreExplained() {
    assertThatThrownBy(() -> quantities().find("mjjj"))
        .hasMessage("no quantity is called mjjj: did you mean mjj?");
    assertThatThrownBy(() -> quantities().find("pt")).hasMessageContaining("is a column");
    assertThatThrownBy(() -> quantities("a = ptt*2"))
        .hasMessageContaining("a: no column is called ptt: did you mean pt");
    assertThatThrownBy(() -> quantities("pt = eta"))
        .hasMessage("a column is called pt: give the quantity another name");
    assertThatThrownBy(() -> quantities("mjj = eta")).hasMessageContaining("a quantity is called");
    assertThatThrownBy(() -> quantities("a = eta", "a = phi"))
        .hasMessageContaining("a quantity is called a");
    assertThatThrownBy(() -> quantities("eta*2")).hasMessageContaining("name = expression");
    assertThatThrownBy(() -> quantities("a = eta*")).hasMessageContaining("character 5: expected");
    assertThatThrownBy(() -> quantities("a = 2")).hasMessageContaining("has no column");
  }

  @Test
  void ofSeveralCollectionsOneMustBeNamed() {
    Schema two = schema("jets", "muons");
    assertThatThrownBy(() -> new DerivedQuantities(two, null, List.of()).find("HT"))
        .hasMessage("2 collections have pt and eta: name one of jets, muons");
    assertThatThrownBy(() -> new DerivedQuantities(two, "muon", List.of()))
        .hasMessageContaining("did you mean muons?");
    assertThat(new DerivedQuantities(two, "muons", List.of()).find("HT").columns())
        .containsExactly(5);
    assertThatThrownBy(() -> new DerivedQuantities(two, null, List.of("a = pt")))
        .hasMessageContaining("2 columns are called pt");
    assertThatThrownBy(() -> new DerivedQuantities(two, null, List.of("a = jets.pt*muons.pt")))
        .hasMessageContaining("of different collections");
    Schema none = Schema.flat(columns("x"));
    assertThatThrownBy(() -> new DerivedQuantities(none, null, List.of()).find("px"))
        .hasMessageContaining("no collection has columns pt and eta");
  }
}
