package org.jetfold.codec.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;

/** Columns found again in other tables. */
final class ColumnMatchTest {
  private static List<Column> columns(String... names) {
    return Arrays.stream(names).map(name -> new Column(name, ValueType.FLOAT32)).toList();
  }

  private static Group list(String name, String... columns) {
    return new Group(name, columns(columns), List.of());
  }

  private static Schema events(Group... lists) {
    return new Schema(new Group("", columns("number"), List.of(lists)));
  }

  private static List<String> paths(List<QualifiedColumn> columns) {
    return columns.stream().map(QualifiedColumn::path).toList();
  }

  @Test
  void everyShapeIsItself() {
    for (long seed = 0; seed < 300; seed++) {
      Schema schema = RandomTables.of(seed, 1).schema();
      ColumnMatch match = new ColumnMatch(schema, schema);
      for (int column = 0; column < schema.columns().size(); column++) {
        assertThat(match.column(column)).isEqualTo(column);
      }
      for (int group = 0; group < schema.groups().size(); group++) {
        assertThat(match.group(group)).isEqualTo(group);
      }
    }
  }

  @Test
  void collectionsAreToldApartByTheirNames() {
    Schema schema = events(list("jets", "pt", "eta"), list("muons", "pt", "eta"));
    Schema turned = events(list("muons", "eta", "pt"), list("jets", "eta", "pt"));
    ColumnMatch match = new ColumnMatch(schema, turned);
    assertThat(match.column(1)).isEqualTo(4);
    assertThat(match.column(2)).isEqualTo(3);
    assertThat(match.column(3)).isEqualTo(2);
    assertThat(match.column(4)).isEqualTo(1);
    assertThat(match.group(1)).isEqualTo(2);
    assertThat(match.group(2)).isEqualTo(1);
  }

  /** As CSV and NPZ have them, where the one collection has another name. */
  @Test
  void lostNamesOfCollectionsDoNotMatter() {
    Schema schema = events(list("jets", "pt", "eta"), list("muons", "pt", "eta"));
    Schema renamed = events(list("list1", "pt", "eta"), list("list2", "pt", "eta"));
    ColumnMatch match = new ColumnMatch(schema, renamed);
    assertThat(match.missing()).isEmpty();
    assertThat(match.added()).isEmpty();
    assertThat(match.column(3)).isEqualTo(3);
    assertThat(match.group(2)).isEqualTo(2);
  }

  @Test
  void dotsAreUnderscoresButTheSameNameComesFirst() {
    ColumnMatch ntuple =
        new ColumnMatch(
            events(list("jets", "pt", "eta")), events(list("jets", "jets_pt", "jets_eta")));
    assertThat(ntuple.column(1)).isEqualTo(1);
    assertThat(ntuple.column(2)).isEqualTo(2);
    Schema both = Schema.flat(columns("a_b", "a.b"));
    ColumnMatch turned = new ColumnMatch(both, Schema.flat(columns("a.b", "a_b")));
    assertThat(turned.column(0)).isEqualTo(1);
    assertThat(turned.column(1)).isZero();
  }

  @Test
  void whatOneTableLacksIsNamed() {
    ColumnMatch match =
        new ColumnMatch(
            events(list("jets", "pt", "eta"), list("empty")), events(list("jets", "pt", "phi")));
    assertThat(paths(match.missing())).containsExactly("jets.eta");
    assertThat(paths(match.added())).containsExactly("jets.phi");
    assertThat(match.missingLists()).containsExactly("empty");
    assertThat(match.addedLists()).isEmpty();
    assertThat(match.column(2)).isNegative();
  }

  /** One list cannot be two in the other table: its events would have two lengths. */
  @Test
  void columnsOfOneListStayTogether() {
    ColumnMatch match =
        new ColumnMatch(
            events(list("jets", "pt", "eta")), events(list("a", "pt"), list("b", "eta")));
    assertThat(match.column(1)).isEqualTo(1);
    assertThat(paths(match.missing())).containsExactly("jets.eta");
    assertThat(match.addedLists()).containsExactly("b");
  }

  @Test
  void depthsAreNotMixed() {
    Group deep = new Group("jets", columns("pt"), List.of(list("cells", "energy")));
    ColumnMatch match = new ColumnMatch(events(deep), events(list("cells", "energy")));
    assertThat(paths(match.missing())).contains("jets.pt", "jets.cells.energy");
  }
}
