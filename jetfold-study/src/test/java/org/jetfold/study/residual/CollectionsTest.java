package org.jetfold.study.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.JetCollectionChoice;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.matching.MatchingCut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics of tables with several collections, of which each counts. */
final class CollectionsTest {
  private static final List<String> NAMES = List.of("pt", "eta", "phi", "mass");

  /** Events with as many collections, in this order, each of the same objects. */
  private static Table table(String... collections) {
    Table jets = TestTables.jets(2000, 4, 11);
    List<Group> groups = new ArrayList<>();
    List<int[]> offsets = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>(List.of(jets.values(0)));
    for (String collection : collections) {
      groups.add(
          new Group(
              collection,
              NAMES.stream()
                  .map(name -> new Column(collection + "_" + name, ValueType.FLOAT32))
                  .toList(),
              List.of()));
      offsets.add(jets.offsets(1));
      for (int column = 1; column <= NAMES.size(); column++) {
        values.add(jets.values(column));
      }
    }
    return new Table(schema(jets, groups), jets.rootEntries(), offsets, values);
  }

  /** The values of the events of a table, with other collections. */
  private static Schema schema(Table events, List<Group> collections) {
    Group root = events.schema().groups().getFirst();
    return new Schema(new Group(root.name(), root.columns(), collections));
  }

  private static Table shifted(Table table, int collection) {
    return TestTables.changed(
        table,
        1 + NAMES.size() * collection,
        pt -> {
          for (int i = 0; i < pt.length; i++) {
            pt[i] *= i % 2 == 0 ? 1.1f : 0.95f;
          }
          return pt;
        });
  }

  private static Evaluation evaluate(
      Table original, Table restored, @Nullable String cut, @Nullable String jets)
      throws IOException, StudyException {
    return new Evaluator(
            TestTables.source(original, 100),
            TestTables.source(restored, 77),
            new Evaluator.Settings(
                cut == null ? null : MatchingCut.parse(cut),
                null,
                null,
                jets,
                List.of(),
                List.of(),
                List.of()))
        .run(_ -> {});
  }

  private static List<Requirement.Status> statuses(Evaluation evaluation, String limit) {
    return Requirement.parse(limit).check(evaluation).stream()
        .map(Requirement.Outcome::status)
        .toList();
  }

  /** Wherever the worse collection stands, no limit on all holds, and its own does not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void everyCollectionCounts(int worse) throws IOException, StudyException {
    String[] collections = {"Electron", "Jet", "FatJet"};
    Table original = table(collections);
    Evaluation found = evaluate(original, shifted(original, worse), null, null);
    for (String metric : List.of("response<0.001", "resolution<0.006", "order<1", "pull<1.5")) {
      List<Requirement.Status> all = statuses(found, metric);
      assertThat(all).as(metric).hasSize(3);
      for (int at = 0; at < collections.length; at++) {
        Requirement.Status expected =
            at == worse ? Requirement.Status.BROKEN : Requirement.Status.HOLDS;
        assertThat(all.get(at)).as(metric).isEqualTo(expected);
        assertThat(statuses(found, collections[at] + "." + metric)).containsExactly(expected);
        if (!metric.startsWith("order")) {
          assertThat(statuses(found, collections[at] + "_pt." + metric)).containsExactly(expected);
        }
      }
    }
    assertThat(found.jets().name()).isEqualTo("Jet");
  }

  @Test
  void aCollectionWithoutItsMomentumKeepsNoLimit() throws IOException, StudyException {
    Table original = table("Electron", "Jet");
    List<Group> groups = new ArrayList<>(original.schema().groups().getFirst().lists());
    Group jet = groups.get(1);
    groups.set(1, new Group(jet.name(), jet.columns().subList(1, 4), List.of()));
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < original.schema().columns().size(); column++) {
      if (column != 1 + NAMES.size()) {
        values.add(original.values(column));
      }
    }
    Table without =
        new Table(
            schema(original, groups),
            original.rootEntries(),
            List.of(original.offsets(1), original.offsets(2)),
            values);
    Evaluation found = evaluate(original, without, null, null);
    for (String limit : List.of("response<1", "order<9", "Jet.order<9", "Jet.response<9")) {
      assertThat(statuses(found, limit)).as(limit).contains(Requirement.Status.BROKEN);
    }
    assertThat(statuses(found, "Electron.response<1")).containsExactly(Requirement.Status.HOLDS);
  }

  @Test
  void matchesAreCountedInEachCollection() throws IOException, StudyException {
    Table original = table("Electron", "Jet");
    Table turned =
        TestTables.changed(
            original,
            2 + NAMES.size(),
            eta -> {
              eta[3] += 7;
              return eta;
            });
    Evaluation found = evaluate(original, turned, "dr:0.01", null);
    assertThat(found.matching())
        .extracting(Evaluation.MatchingCounts::collection, Evaluation.MatchingCounts::unmatched)
        .containsExactly(tuple("Electron", 0L), tuple("Jet", 2L));
    assertThat(statuses(found, "unmatched<1"))
        .containsExactly(Requirement.Status.HOLDS, Requirement.Status.BROKEN);
    assertThat(statuses(found, "Electron.unmatched<1")).containsExactly(Requirement.Status.HOLDS);
  }

  @Test
  void jetsAreFoundByName() {
    assertThat(JetCollectionChoice.find(List.of("Electron", "Jet", "FatJet", "GenJet")))
        .isEqualTo("Jet");
    assertThat(JetCollectionChoice.find(List.of("AnalysisLargeRJets", "AnalysisJetsAuxDyn")))
        .isEqualTo("AnalysisJetsAuxDyn");
    assertThat(JetCollectionChoice.find(List.of("HLT_Electrons", "HLT_AntiKt4EMTopoJets")))
        .isEqualTo("HLT_AntiKt4EMTopoJets");
    assertThat(JetCollectionChoice.find(List.of("AK4"))).isEqualTo("AK4");
    assertThat(JetCollectionChoice.find(List.of("Electron"))).isNull();
    assertThat(JetCollectionChoice.find(List.of("FatJet", "SubJet"))).isNull();
    assertThat(JetCollectionChoice.find(List.of("AK4", "AK8"))).isNull();
  }

  @Test
  void jetsThatAreNotClearAreListed() throws IOException, StudyException {
    Table table = table("AK4Jet", "AK8Jet");
    Evaluation unclear = evaluate(table, table, null, null);
    assertThat(unclear.jets()).isNull();
    assertThat(statuses(unclear, "HT.max<1")).containsExactly(Requirement.Status.BROKEN);
    assertThat(evaluate(table, table, null, "AK8Jet").jets().name()).isEqualTo("AK8Jet");
    assertThatThrownBy(() -> evaluate(table, table, null, "Jet"))
        .isInstanceOf(UnclearJetsException.class)
        .hasMessageContaining("there are: AK4Jet, AK8Jet");
    assertThatThrownBy(() ->
            Requirement.parse("Jet.order<1")
                .refuseUnknown(
                    table.schema(), new DerivedQuantities(table.schema(), null, List.of())))
        .hasMessageContaining("no collection is called Jet; there are: AK4Jet, AK8Jet");
  }
}
