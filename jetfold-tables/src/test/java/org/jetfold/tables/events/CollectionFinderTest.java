package org.jetfold.tables.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.junit.jupiter.api.Test;

/** Which branches of a file make a collection. */
class CollectionFinderTest {
  private final Map<Variable, int[]> lengths = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private void list(String name, int depth, int... lengthOfEvent) {
    lengths.put(new Variable(name, ValueType.FLOAT32, depth), lengthOfEvent);
  }

  private EventLayout find(List<String> collections, List<String> columns) throws IOException {
    CollectionFinder.Sample sample = wanted -> wanted.stream().map(lengths::get).toList();
    SourceOptions options =
        new SourceOptions(null, new ColumnRequest(collections, columns), 1, warnings::add);
    return new CollectionFinder("f.root", List.copyOf(lengths.keySet()), sample, options).find();
  }

  private static List<String> text(EventLayout layout) {
    List<String> text = new ArrayList<>();
    layout.schema().root().columns().forEach(column -> text.add(column.name()));
    for (Group group : layout.schema().root().lists()) {
      text.add(
          group.name()
              + group.columns().stream().map(c -> c.name()).toList()
              + group.lists().stream().map(Group::name).toList());
    }
    return text;
  }

  @Test
  void namesAreTakenApartAtTheFirstSeparator() throws IOException {
    list("run", 0);
    list("Jet_pt", 1, 2, 0);
    list("Jet_mass_raw", 1, 2, 0);
    list("Muon.PT", 1, 1, 1);
    list("Muon.Cells", 2, 1, 1);
    list("jetsAuxDyn:pt", 1, 4, 0);
    list("alone", 1, 1, 1);
    assertThat(text(find(List.of(), List.of())))
        .containsExactly(
            "run",
            "Jet[Jet_pt, Jet_mass_raw][]",
            "Muon[Muon.PT][Muon.Cells]",
            "jetsAuxDyn[jetsAuxDyn:pt][]",
            "alone[alone][]");
    assertThat(warnings).isEmpty();
  }

  @Test
  void whereListsDifferMoreOfTheNameCounts() throws IOException {
    list("HLT_jet_pt", 1, 2, 3);
    list("HLT_el_pt", 1, 0, 1);
    list("HLT_jet_eta", 1, 2, 3);
    list("HLT_el_eta", 1, 0, 7);
    assertThat(text(find(List.of(), List.of())))
        .containsExactly(
            "HLT_jet[HLT_jet_pt, HLT_jet_eta][]",
            "HLT_el_pt[HLT_el_pt][]",
            "HLT_el_eta[HLT_el_eta][]");
  }

  @Test
  void aCollectionIsAskedForByNameOrGlob() throws IOException {
    list("run", 0);
    list("event", 0);
    list("Jet_size", 0);
    list("Jet_pt", 1, 2);
    list("Jet_eta", 1, 2);
    list("JetPuppi_pt", 1, 5);
    assertThat(text(find(List.of("Jet"), List.of("run"))))
        .containsExactly("run", "Jet_size", "Jet[Jet_pt, Jet_eta][]");
    assertThat(text(find(List.of("Jet_*"), List.of())))
        .containsExactly("Jet_size", "Jet[Jet_pt, Jet_eta][]");
    assertThat(text(find(List.of("Jet_pt", "Jet_eta"), List.of())))
        .containsExactly("Jet_pt[Jet_pt][]", "Jet_eta[Jet_eta][]");
    assertThat(text(find(List.of(), List.of("Jet_pt", "Jet_eta", "e*"))))
        .containsExactly("event", "Jet[Jet_pt, Jet_eta][]");
  }

  @Test
  void membersOfAnotherLengthStandAlone() throws IOException {
    list("Jet_pt", 1, 2);
    list("Jet_eta", 1, 2);
    list("Jet_weights", 1, 9);
    assertThat(text(find(List.of("Jet"), List.of())))
        .containsExactly("Jet[Jet_pt, Jet_eta][]", "Jet_2[Jet_weights][]");
    assertThat(warnings).singleElement().asString().contains("Jet_weights").contains("length");
  }

  @Test
  void whatFitsNothingIsAnError() {
    list("Jet_pt", 1, 2);
    assertThatThrownBy(() -> find(List.of("Jets"), List.of()))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("is called Jets")
        .satisfies(
            e -> assertThat(((TableUsageException) e).subject()).contains(Subject.COLLECTIONS));
    assertThatThrownBy(() -> find(List.of(), List.of("pt")))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("did you mean Jet_pt?");
  }

  @Test
  void listsThatDifferLaterAreAnErrorThatNamesTheEvent() throws IOException {
    list("Jet_pt", 1, 2);
    list("Jet_eta", 1, 2);
    EventLayout layout = find(List.of("Jet"), List.of());
    assertThatThrownBy(
            () -> layout.table("f.root", 40, 2, List.of(values(0, 1, 2), values(0, 1, 3))))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("f.root: event 41: Jet_eta has 2 values, but Jet_pt has 1")
        .hasMessageContaining("read Jet_eta as a collection of its own");
  }

  private static VariableValues values(int... offsets) {
    return new VariableValues(
        new ColumnValues.Floats(new float[offsets[offsets.length - 1]]), List.of(offsets));
  }
}
