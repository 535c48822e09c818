package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.junit.jupiter.api.Test;

/** Which of an event's values is its weight. */
final class EventWeightTest {
  private static final List<Column> JETS = List.of(new Column("pt", ValueType.FLOAT32));

  private static Schema schema(List<String> names) {
    return Schema.events(
        names.stream().map(name -> new Column(name, ValueType.FLOAT32)).toList(), "jets", JETS);
  }

  /** NanoAOD's, ATLAS's, Delphes' and our own, in any order among corrections and others. */
  @Test
  void theWholeWeightComesBeforeCorrections() {
    for (String whole :
        List.of("genWeight", "event_weight", "mcEventWeight", "Event.Weight", "weight")) {
      for (int seed = 0; seed < 20; seed++) {
        List<String> names =
            Arrays.asList(
                "run",
                "btagWeight_CSVV2",
                "btagWeight_DeepCSVB",
                "L1PreFiringWeight_Nom",
                "puWeight",
                "LHEWeight_originalXWGTUP",
                whole);
        Collections.shuffle(names, new Random(seed));
        EventWeight found = EventWeight.find(schema(names)).orElseThrow();
        assertThat(found.name()).isEqualTo(whole);
        assertThat(names.get(found.column())).isEqualTo(whole);
        assertThat(found.others())
            .hasSize(5)
            .startsWith("LHEWeight_originalXWGTUP")
            .doesNotContain("run", whole);
      }
    }
  }

  @Test
  void aSingleOneIsTaken() {
    assertThat(EventWeight.find(schema(List.of("run", "btagWeight_CSVV2"))).orElseThrow().name())
        .isEqualTo("btagWeight_CSVV2");
    assertThat(EventWeight.find(schema(List.of("run", "lumi")))).isEmpty();
    // A weight of rows that are no events is a variable like any other.
    assertThat(
            EventWeight.find(
                Schema.flat(
                    Stream.of("weight", "pt")
                        .map(name -> new Column(name, ValueType.FLOAT32))
                        .toList())))
        .isEmpty();
  }

  @Test
  void namesDecideWhereTheyAreGiven() throws StudyException {
    Schema schema = schema(List.of("genWeight", "puWeight"));
    assertThat(EventWeight.named(schema, "puWeight").column()).isEqualTo(1);
    assertThatThrownBy(() -> EventWeight.named(schema, "pt"))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("no value of the events is called pt");
  }
}
