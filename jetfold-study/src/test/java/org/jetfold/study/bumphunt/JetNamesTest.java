package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.junit.jupiter.api.Test;

/** The jets of a table, whatever its collections and columns are called. */
final class JetNamesTest {
  private static Schema schema(String collection, List<String> names) {
    return Schema.events(
        List.of(),
        collection,
        names.stream().map(name -> new Column(name, ValueType.FLOAT32)).toList());
  }

  /** NanoAOD's, PHYSLITE's, Delphes' and plain names, each in its own and in any collection. */
  @Test
  void prefixesAndCollectionsMayDiffer() throws StudyException {
    for (String prefix :
        List.of("", "Jet_", "Jet.", "AnalysisJetsAuxDyn.", "selectedPatJets_", "jets:")) {
      for (String collection : List.of("jets", "Jet", "AnalysisJetsAuxDyn", "x")) {
        for (List<String> bare :
            List.of(List.of("pt", "eta", "phi", "m"), List.of("PT", "Eta", "Phi", "Mass"))) {
          List<String> names = new ArrayList<>(bare.stream().map(prefix::concat).toList());
          names.addAll(
              List.of(
                  prefix + "btagDeepB", prefix + "puId_eta", prefix + "rawpt", prefix + "area"));
          Collections.shuffle(names, new Random(names.hashCode()));
          DijetMass mass = DijetMass.of(schema(collection, names), 0.6);
          assertThat(mass.columns().stream().map(names::get))
              .containsExactlyElementsOf(bare.stream().map(prefix::concat).toList());
        }
      }
    }
  }

  @Test
  void otherColumnsAreNoJets() {
    for (List<String> names :
        List.of(
            List.of("rawpt", "eta", "phi", "m"),
            List.of("a_pt", "b_eta", "a_phi", "a_m"),
            List.of("Jetpt", "Jeteta", "Jetphi", "Jetm"))) {
      assertThatThrownBy(() -> DijetMass.of(schema("jets", names), 0.6))
          .isInstanceOf(StudyException.class);
    }
  }
}
