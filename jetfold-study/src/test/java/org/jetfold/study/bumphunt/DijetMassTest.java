package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.Compression;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.junit.jupiter.api.Test;

/** Dijet masses worked out by hand, and what happens to events on their way. */
class DijetMassTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("m", ValueType.FLOAT64),
          new Column("phi", ValueType.FLOAT64),
          new Column("pt", ValueType.FLOAT64),
          new Column("eta", ValueType.FLOAT64));

  /** Events of jets, each jet {pt, eta, phi, m}. */
  private static Table table(double[][]... events) {
    int[] offsets = new int[events.length + 1];
    for (int event = 0; event < events.length; event++) {
      offsets[event + 1] = offsets[event] + events[event].length;
    }
    double[][] columns = new double[4][offsets[events.length]];
    int jet = 0;
    for (double[][] event : events) {
      for (double[] values : event) {
        columns[2][jet] = values[0];
        columns[3][jet] = values[1];
        columns[1][jet] = values[2];
        columns[0][jet] = values[3];
        jet++;
      }
    }
    return new Table(
        Schema.events(List.of(), "jets", COLUMNS),
        events.length,
        List.of(offsets),
        Arrays.stream(columns).<ColumnValues>map(ColumnValues.Doubles::new).toList());
  }

  private static double[] masses(EnergyUnit unit, Table table) throws StudyException {
    return DijetMass.of(table.schema(), DijetMass.DEFAULT_MAX_Y_STAR).inUnit(unit).values(table);
  }

  @Test
  void isTheInvariantMassOfTheTwoLeadingJets() throws StudyException {
    double[] found =
        masses(
            EnergyUnit.GEV,
            table(
                // Back to back without mass: 2 pT.
                new double[][] {{100, 0, 0, 0}, {100, 0, Math.PI, 0}},
                // Back to back with masses: 2 √(pT² + m²); the third jet does not count, nor does
                // the order.
                new double[][] {{20, 1, 1, 5}, {120, 0, 0.5, 50}, {120, 0, 0.5 + Math.PI, 50}},
                // y* = 1 is too much; of a single jet there is no mass.
                new double[][] {{100, 1, 0, 0}, {100, -1, 3, 0}},
                new double[][] {{100, 1, 0, 0}},
                new double[][] {},
                // 2 pT² (cosh Δη − cos Δφ).
                new double[][] {{100, 0.5, 0, 0}, {80, -0.3, 2, 0}}));
    assertThat(found[0]).isCloseTo(200, within(1e-9));
    assertThat(found[1]).isCloseTo(260, within(1e-9));
    assertThat(found[2]).isNaN();
    assertThat(found[3]).isNaN();
    assertThat(found[4]).isNaN();
    assertThat(found[5])
        .isCloseTo(Math.sqrt(2 * 100 * 80 * (Math.cosh(0.8) - Math.cos(2))), within(1e-9));
  }

  /** y* is of rapidities: heavy jets at |η| = 0.62 are nearer to each other than light ones. */
  @Test
  void theCutIsOnRapidities() throws StudyException {
    double[] found =
        masses(
            EnergyUnit.GEV,
            table(
                new double[][] {{100, 0.62, 0, 0}, {100, -0.62, 3, 0}},
                new double[][] {{100, 0.62, 0, 60}, {100, -0.62, 3, 60}}));
    assertThat(found[0]).isNaN();
    assertThat(found[1]).isGreaterThan(200);
  }

  @Test
  void unitsAreThoseOfTheColumnOrLikely() throws StudyException {
    Table mev = table(new double[][] {{100_000, 0, 0, 0}, {100_000, 0, Math.PI, 0}});
    DijetMass unknown = DijetMass.of(mev.schema(), 0.6);
    assertThat(unknown.unit()).isNull();
    assertThat(unknown.estimatedUnit(mev)).isEqualTo(EnergyUnit.MEV);
    assertThat(masses(EnergyUnit.MEV, mev)[0]).isCloseTo(200, within(1e-9));
    // A single jet of more than 7000 GeV is wrong, and no sign of MeV.
    Table gev = table(new double[][] {{9000, 0, 0, 0}, {40, 0, 3, 0}, {30, 0, 3, 0}});
    assertThat(unknown.estimatedUnit(gev)).isEqualTo(EnergyUnit.GEV);
    assertThat(unknown.estimatedUnit(table(new double[0][]))).isEqualTo(EnergyUnit.GEV);
    Schema said =
        Schema.events(
            List.of(),
            "Jet",
            List.of(
                new Column("Jet_pt", ValueType.FLOAT32, "GeV", false, false),
                new Column("Jet_eta", ValueType.FLOAT32),
                new Column("Jet_phi", ValueType.FLOAT32),
                new Column("Jet_mass", ValueType.FLOAT32)));
    assertThat(DijetMass.of(said, 0.6).unit()).isEqualTo(EnergyUnit.GEV);
    assertThatThrownBy(() -> DijetMass.of(Schema.flat(COLUMNS), 0.6))
        .hasMessageContaining("the table has no events");
  }

  @Test
  void signalsAreNestedAndPassTheSelection() throws StudyException {
    SplittableRandom random = new SplittableRandom(1);
    double[][][] events = new double[200][][];
    for (int i = 0; i < events.length; i++) {
      double pt = 50 + 200 * random.nextDouble();
      events[i] = new double[][] {{pt, 0, 0, 0}, {pt, 0, Math.PI, 0}};
    }
    Table signal = table(events);
    Table background = table(new double[][] {{100, 0, 0, 0}, {90, 0, 3, 0}});
    Observable observable = DijetMass.of(signal.schema(), 0.6).inUnit(EnergyUnit.GEV);
    Bins bins = Bins.uniform(200, 400, 10);
    SignalEvents drawn = new SignalEvents(signal, observable, bins, 5);
    assertThat(drawn.available()).isBetween(50, 199);
    WeightedTable plain = new WeightedTable(background, null);
    assertThat(drawn.mixedInto(plain, 0)).isSameAs(plain);
    double[] few = observable.values(drawn.mixedInto(plain, 10).table());
    double[] more = observable.values(drawn.mixedInto(plain, 30).table());
    assertThat(Arrays.stream(few).boxed().toList()).hasSize(11).allMatch(mass -> mass < 400);
    assertThat(Arrays.stream(few).boxed().toList())
        .isSubsetOf(Arrays.stream(more).boxed().toList());
    // Behind weighted events those of the signal count one each.
    double[] weights = new double[background.rootEntries()];
    double[] mixed = drawn.mixedInto(new WeightedTable(background, weights), 10).weights();
    assertThat(mixed).hasSize(weights.length + 10).endsWith(1, 1).startsWith(0, 1);
    assertThatThrownBy(() -> drawn.mixedInto(plain, 1000)).hasMessageContaining("only");
  }

  @Test
  void resamplingKeepsTheWeightedDistribution() throws StudyException {
    int events = 20_000;
    double[][][] jets = new double[events][][];
    double[] weights = new double[events];
    for (int i = 0; i < events; i++) {
      jets[i] = new double[][] {{i, 0, 0, 0}};
      weights[i] = i % 4;
    }
    Table kept = EventSampling.unitWeights(table(jets), weights, 3);
    int[] counts = new int[4];
    for (double pt : ((ColumnValues.Doubles) kept.values(2)).values()) {
      counts[(int) pt % 4]++;
    }
    assertThat(counts[0]).isZero();
    assertThat(counts[3]).isEqualTo(events / 4);
    assertThat(counts[1]).isCloseTo(events / 12, within(150));
    assertThat(counts[2]).isCloseTo(events / 6, within(150));
    assertThatThrownBy(() -> EventSampling.unitWeights(table(jets), new double[] {1, -1}, 3))
        .hasMessageContaining("-1.0");
  }

  /** The way through the compressor is the real one: values come back rounded as asked. */
  @Test
  void compressionRoundsWhatItIsAskedTo() throws Exception {
    Table table = table(new double[][] {{100.3, 0.11, 0.2, 1.7}, {90.1, 0, 3, 1.1}});
    List<Precision> precisions =
        List.of(Precision.exact(), Precision.exact(), new Precision.Bits(3), Precision.exact());
    RoundTrip restored = RoundTrip.of(table, Compression.of(table.schema(), precisions), 1);
    assertThat(((ColumnValues.Doubles) restored.table().values(2)).values())
        .containsExactly(104, 88);
    assertThat(((ColumnValues.Doubles) restored.table().values(0)).values())
        .containsExactly(1.7, 1.1);
    assertThat(restored.bytes()).isPositive();
  }
}
