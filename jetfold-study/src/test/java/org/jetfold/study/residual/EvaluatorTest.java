package org.jetfold.study.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.jetfold.study.matching.MatchingCut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluations of tables whose residuals are known. */
final class EvaluatorTest {
  private static final int PT = 1;
  private static final int PHI = 3;
  private static final int MASS = 4;

  private static Evaluation evaluate(
      Table original, Table restored, @Nullable String cut, @Nullable String weight)
      throws IOException, StudyException {
    Evaluator.Settings settings =
        new Evaluator.Settings(
            cut == null ? null : MatchingCut.parse(cut),
            weight,
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    return new Evaluator(
            TestTables.source(original, 100), TestTables.source(restored, 77), settings)
        .run(_ -> {});
  }

  private static Evaluation.EvaluatedColumn column(Evaluation evaluation, String name) {
    return evaluation.columns().stream()
        .filter(column -> column.column().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static float[] scaled(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
    return values;
  }

  @Test
  void aShiftedResponseIsFoundInEveryBin() throws IOException, StudyException {
    Table original = TestTables.jets(3000, 6, 1);
    Table shifted =
        TestTables.changed(
            TestTables.changed(original, PT, pt -> scaled(pt, 1.002)), MASS, m -> scaled(m, 1.002));
    Evaluation found = evaluate(original, shifted, null, null);
    Evaluation.EvaluatedColumn pt = column(found, "pt");
    assertThat(pt.relative()).isTrue();
    assertThat(pt.residuals().relative().moments().mean()).isCloseTo(0.002, within(1e-8));
    assertThat(pt.residuals().relative().magnitudes().quantile(0.999))
        .isCloseTo(0.002, within(1e-6));
    assertThat(Requirement.RESPONSE.check(found).getFirst().holds()).isFalse();
    assertThat(Requirement.RESPONSE.check(found).getFirst().value()).isCloseTo(0.002, within(1e-8));
    assertThat(Requirement.RESOLUTION.check(found).getFirst().holds()).isTrue();
    assertThat(found.jets().order().changed()).isZero();
    assertThat(found.quantity("mjj").residuals().relative().moments().mean())
        .isCloseTo(0.002, within(1e-6));
    assertThat(column(found, "eta").residuals().changed()).isZero();
    assertThat(pt.residuals().spectrum().largestChange()).isPositive();
  }

  /**
   * A shift of 0.09 % with a deviation of 0.5 % is what chance makes of few jets, and not of many.
   */
  @Tag("slow")
  @Test
  void fewJetsLeaveALimitUnclear() throws IOException, StudyException {
    assertThat(status(4000, 0.0009)).isEqualTo(Requirement.Status.UNCLEAR);
    assertThat(status(4000, 0.0025)).isEqualTo(Requirement.Status.BROKEN);
    assertThat(status(100_000, 0)).isEqualTo(Requirement.Status.HOLDS);
    assertThat(status(10, 0.5)).as("no bin has 100 jets").isEqualTo(Requirement.Status.UNCLEAR);
    Table few = TestTables.jets(10, 4, 8);
    assertThat(Requirement.RESPONSE.check(evaluate(few, few, null, null)).getFirst().status())
        .as("nothing changed")
        .isEqualTo(Requirement.Status.HOLDS);
  }

  private static Requirement.Status status(int events, double shift)
      throws IOException, StudyException {
    Table original = TestTables.jets(events, 4, 8);
    SplittableRandom random = new SplittableRandom(9);
    Table restored =
        TestTables.changed(
            original,
            PT,
            pt -> {
              for (int i = 0; i < pt.length; i++) {
                pt[i] *= (float) (1 + shift + 0.005 * random.nextGaussian());
              }
              return pt;
            });
    return Requirement.RESPONSE.check(evaluate(original, restored, null, null)).getFirst().status();
  }

  /** What crossed an edge, counted one by one, unmatched jets included. */
  @Test
  void migrationsAreCounted() {
    SplittableRandom random = new SplittableRandom(10);
    for (double offset : new double[] {-1, 4}) {
      int values = 20_000;
      double[] before = new double[values];
      double[] after = new double[values];
      double[] weights = new double[values];
      ColumnResiduals whole = new ColumnResiduals(1000);
      ColumnResiduals part = new ColumnResiduals(1000);
      for (int i = 0; i < values; i++) {
        before[i] = Math.exp(random.nextGaussian()) + offset;
        after[i] = before[i] + 0.2 * random.nextGaussian();
        weights[i] = random.nextInt(1, 4);
        ColumnResiduals one = i % 2 == 0 ? whole : part;
        if (i % 10 == 0) {
          one.addBefore(before[i], weights[i]);
          after[i] = Double.NaN;
        } else {
          one.add(before[i], after[i], after[i] - before[i], weights[i]);
        }
      }
      whole.merge(part);
      SpectrumRatio found = whole.spectrum();
      double[] edges = found.before().edges();
      for (int bin = 0; bin + 1 < edges.length; bin++) {
        double variance = 0;
        for (int i = 0; i < values; i++) {
          double square = weights[i] * weights[i];
          for (double edge : new double[] {edges[bin], edges[bin + 1]}) {
            variance +=
                Double.isFinite(after[i]) && before[i] < edge != after[i] < edge ? square : 0;
          }
          boolean alone = Double.isNaN(after[i]);
          variance += alone && before[i] >= edges[bin] && before[i] < edges[bin + 1] ? square : 0;
        }
        assertThat(found.migrations()[bin]).isCloseTo(Math.sqrt(variance), within(1e-6));
      }
    }
  }

  @Test
  void limitsInBinsAllowForChance() {
    List<BinValue> quiet = List.of(new BinValue(0.5, 0.1), new BinValue(-0.8, 0.1));
    assertThat(BinLimit.decide(quiet, 1, false).status()).isEqualTo(Requirement.Status.HOLDS);
    assertThat(BinLimit.decide(quiet, 1, false).deciding().value()).isEqualTo(-0.8);
    // 1.3 is 2 standard errors beyond: one bin of one, but not one of forty.
    BinValue beyond = new BinValue(1.3, 0.15);
    assertThat(BinLimit.decide(List.of(beyond), 1, false).status())
        .isEqualTo(Requirement.Status.BROKEN);
    List<BinValue> many = new ArrayList<>(Collections.nCopies(39, new BinValue(0, 0)));
    many.add(beyond);
    assertThat(BinLimit.decide(many, 1, false).status()).isEqualTo(Requirement.Status.UNCLEAR);
    assertThat(BinLimit.decide(List.of(new BinValue(1, 0)), 1, true).status())
        .isEqualTo(Requirement.Status.HOLDS);
    assertThat(BinLimit.decide(List.of(new BinValue(1, 0)), 1, false).status())
        .isEqualTo(Requirement.Status.BROKEN);
  }

  @Test
  void azimuthsAreWrapped() throws IOException, StudyException {
    Table original = TestTables.jets(500, 4, 2);
    Table turned =
        TestTables.changed(
            original,
            PHI,
            phi -> {
              for (int i = 0; i < phi.length; i++) {
                phi[i] = (float) (phi[i] > 0 ? phi[i] - 2 * Math.PI : phi[i]);
              }
              return phi;
            });
    Evaluation found = evaluate(original, turned, null, null);
    assertThat(column(found, "phi").residuals().absolute().moments().largest()).isLessThan(1e-6);
  }

  @Test
  void weightsCount() throws IOException, StudyException {
    Table original = TestTables.jets(800, 4, 3);
    ColumnValues.Doubles weights = (ColumnValues.Doubles) original.values(0);
    int[] offsets = original.offsets(1);
    Table shifted =
        TestTables.changed(
            original,
            PT,
            pt -> {
              for (int i = 0; i < pt.length; i += 3) {
                pt[i] *= 1.01f;
              }
              return pt;
            });
    double all = 0;
    double changed = 0;
    for (int event = 0; event < 800; event++) {
      for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
        all += weights.values()[event];
        changed += jet % 3 == 0 ? weights.values()[event] : 0;
      }
    }
    Evaluation found = evaluate(original, shifted, null, "weight");
    assertThat(column(found, "pt").residuals().relative().moments().mean())
        .isCloseTo(0.01 * changed / all, within(1e-8));
    assertThatThrownBy(() -> evaluate(original, shifted, null, "pt"))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("must be a value of the event");
    assertThatThrownBy(() -> evaluate(original, shifted, null, "weigth"))
        .hasMessageContaining("did you mean weight");
  }

  @Test
  void valuesThatBecameNansBreakEveryMaximum() throws IOException, StudyException {
    Table original = TestTables.jets(100, 4, 4);
    Table broken =
        TestTables.changed(
            original,
            PT,
            pt -> {
              pt[5] = Float.NaN;
              return pt;
            });
    Evaluation found = evaluate(original, broken, null, null);
    assertThat(column(found, "pt").residuals().specialChanged()).isEqualTo(1);
    assertThat(Requirement.parse("pt.max<1e9").check(found).getFirst().holds()).isFalse();
    assertThat(Requirement.parse("eta.max<=0").check(found).getFirst().holds()).isTrue();
  }

  /** Turns the jets of each event round, and leaves out the last jet of each third event. */
  private static Table reordered(Table table, boolean losing) {
    int[] offsets = table.offsets(1);
    List<Integer> rows = new ArrayList<>();
    int[] newOffsets = new int[offsets.length];
    for (int event = 0; event + 1 < offsets.length; event++) {
      int first = losing && event % 3 == 0 ? 1 : 0;
      for (int jet = offsets[event + 1] - 1; jet >= offsets[event] + first; jet--) {
        rows.add(jet);
      }
      newOffsets[event + 1] = rows.size();
    }
    List<ColumnValues> columns = new ArrayList<>(List.of(table.values(0)));
    for (int column = 1; column < table.schema().columns().size(); column++) {
      float[] from = ((ColumnValues.Floats) table.values(column)).values();
      float[] to = new float[rows.size()];
      for (int i = 0; i < to.length; i++) {
        to[i] = from[rows.get(i)];
      }
      columns.add(new ColumnValues.Floats(to));
    }
    return new Table(table.schema(), table.rootEntries(), List.of(newOffsets), columns);
  }

  @Test
  void reorderedJetsAreMatched() throws IOException, StudyException {
    Table original = TestTables.jets(600, 5, 5);
    Table turned = reordered(original, false);
    assertThat(column(evaluate(original, turned, null, null), "pt").residuals().changed())
        .isPositive();
    Evaluation found = evaluate(original, turned, "dr", null);
    assertThat(found.columns()).allMatch(column -> column.residuals().changed() == 0);
    assertThat(found.matching().getFirst().unmatched()).isZero();
    assertThat(found.matching().getFirst().moved()).isPositive();
    Table fewer = reordered(original, true);
    long lost = (long) original.entries(1) - fewer.entries(1);
    Evaluation withLosses = evaluate(original, fewer, "dr", null);
    assertThat(withLosses.matching().getFirst().lostOriginals()).isEqualTo(lost);
    assertThat(withLosses.matching().getFirst().lostRestored()).isZero();
    assertThat(Requirement.parse("unmatched<1").check(withLosses).getFirst().holds()).isFalse();
    assertThatThrownBy(() -> evaluate(original, fewer, null, null))
        .isInstanceOf(DifferentTablesException.class)
        .hasMessageContaining("has different numbers of jets: ");
  }

  @Test
  void tablesThatDoNotBelongTogetherAreRefused() {
    Table jets = TestTables.jets(10, 4, 6);
    Table flat =
        new Table(
            Schema.flat(List.of(new Column("pt", ValueType.FLOAT32))),
            2,
            List.of(),
            List.of(new ColumnValues.Floats(new float[2])));
    assertThatThrownBy(() -> evaluate(jets, flat, null, null)).hasMessageContaining("events");
    assertThatThrownBy(() -> evaluate(flat, flat, "dr", null))
        .hasMessageContaining("matching requires");
    assertThatThrownBy(() -> evaluate(jets, jets.slice(0, 9), null, null))
        .hasMessageContaining("the restored table ends after 9 events, the original has more");
  }

  @Test
  void orderOfJetsIsJudgedByStrictChanges() {
    JetOrder order = new JetOrder();
    order.add(new double[] {5, 4, 3}, new double[] {50, 40, 30});
    order.add(new double[] {5, 4, 3}, new double[] {50, 30, 40});
    order.add(new double[] {5, 4, 3}, new double[] {40, 50, 30});
    order.add(new double[] {5, 4, 3}, new double[] {50, 40, 40});
    order.add(new double[] {4, 4, 3}, new double[] {40, 50, 30});
    assertThat(order.events()).isEqualTo(5);
    assertThat(order.changed()).isEqualTo(2);
    assertThat(order.leadingChanged()).isEqualTo(1);
    assertThat(order.tied()).isEqualTo(1);
  }

  private static List<Requirement.Outcome> limited(String limit, String... definitions)
      throws IOException, StudyException {
    Table original = TestTables.jets(2000, 4, 3);
    Table restored = TestTables.changed(original, PT, pt -> scaled(pt, 1.002));
    Requirement requirement = Requirement.parse(limit);
    return requirement.check(
        new Evaluator(
                TestTables.source(original, 100),
                TestTables.source(restored, 77),
                new Evaluator.Settings(
                    null, null, null, null, List.of(definitions), List.of(requirement), List.of()))
            .run(_ -> {}));
  }

  /** Every pT is larger by 0.2 %, so what grows with it is, and angles stay what they are. */
  @Test
  void everyQuantityCanHaveALimit() throws IOException, StudyException {
    for (String limit : List.of("HT.max<0.0021", "px.p99<0.0021", "MHT.rms<0.0021")) {
      Requirement.Outcome found = limited(limit).getFirst();
      assertThat(found.holds()).as(limit).isTrue();
      assertThat(found.value()).as(limit).isCloseTo(0.002, within(1e-6));
    }
    for (String limit : List.of("dphi12.abs.max<=0", "dR.abs.max<=0", "dEta.spectrum<0.1")) {
      assertThat(limited(limit).getFirst().holds()).as(limit).isTrue();
    }
    assertThat(limited("square.mean<0.005", "square = pt^2").getFirst().value())
        .isCloseTo(0.004, within(1e-5));
    assertThat(limited("E.pull<99").getFirst().value()).isPositive();
  }

  @Test
  void limitsAreReadOrExplained() {
    assertThat(Requirement.parse(" pt.abs.p999 <= 0.5 ").absolute()).isTrue();
    assertThat(Requirement.parse("jets.pt.max<1").column().text()).isEqualTo("jets.pt");
    assertThatThrownBy(() -> Requirement.parse("pt.p98<1"))
        .hasMessageContaining("there is no metric 'p98'; there are mean, rms, p50");
    assertThatThrownBy(() -> Requirement.parse("max<1")).hasMessageContaining("pt.max");
    assertThatThrownBy(() -> limited("pt.order<1"))
        .hasMessageContaining("no collection is called pt; there are: jets");
    assertThatThrownBy(() -> limited("mj.mean<1"))
        .hasMessageContaining("no column or quantity is called mj; did you mean")
        .hasMessageContaining("mjj");
    assertThatThrownBy(() -> limited("dphi12.response<1")).hasMessageContaining("dphi12.mean");
    assertThatThrownBy(() -> Requirement.parse("pt.max")).hasMessageContaining("is no limit");
    assertThatThrownBy(() -> Requirement.parse("pt.max<x")).hasMessageContaining("'x' is no limit");
    assertThatThrownBy(() -> Requirement.parse("pt.rel.spectrum<1"))
        .hasMessageContaining("rel or abs");
  }
}
