package org.jetfold.codec.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jetfold.codec.error.JetfoldException;
import org.junit.jupiter.api.Test;

/** Chosen columns keep their groups, and these their parents. */
class ProjectionTest {
  /** Groups: 0 root, 1 jets, 2 jets.cells, 3 jets.tracks, 4 muons; a column each, 0 to 4. */
  private static final Schema WHOLE =
      new Schema(group("", group("jets", group("cells"), group("tracks")), group("muons")));

  private static Group group(String name, Group... lists) {
    return new Group(name, List.of(new Column("x" + name, ValueType.INT8)), List.of(lists));
  }

  @Test
  void aDeepColumnKeepsItsParents() {
    Projection projection = Projection.of(WHOLE, Set.of(3));
    assertThat(projection.groups()).containsExactly(0, 1, 3);
    assertThat(projection.columns()).containsExactly(3);
    assertThat(projection.schema().columns()).hasSize(1);
    assertThat(projection.schema().parent(2)).isEqualTo(1);
  }

  @Test
  void theOrderIsThatOfTheTable() {
    Projection projection = Projection.of(WHOLE, Set.of(4, 0, 2));
    assertThat(projection.columns()).containsExactly(0, 2, 4);
    assertThat(projection.groups()).containsExactly(0, 1, 2, 4);
  }

  @Test
  void columnsAreChosenByTheirNames() {
    assertThat(Projection.of(WHOLE, List.of("muons.xmuons", "x", "xcells")))
        .isEqualTo(Projection.of(WHOLE, Set.of(4, 0, 2)));
  }

  @Test
  void aNameMustBeThatOfOneColumn() {
    Column pt = new Column("pt", ValueType.FLOAT32);
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(),
                List.of(
                    new Group("jets", List.of(pt), List.of()),
                    new Group("muons", List.of(pt), List.of()))));
    assertThat(schema.column("muons.pt")).isEqualTo(1);
    assertThatThrownBy(() -> schema.column("pt"))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("2 columns are called pt");
    assertThatThrownBy(() -> schema.column("Pt"))
        .isInstanceOf(JetfoldException.class)
        .hasMessage("no column is called Pt");
  }

  @Test
  void valuesAreGivenByNameInTheirTypeAlone() {
    Table table =
        new Table(
            Schema.flat(
                List.of(new Column("x", ValueType.FLOAT32), new Column("y", ValueType.FLOAT64))),
            1,
            List.of(),
            List.of(
                new ColumnValues.Floats(new float[] {1}),
                new ColumnValues.Doubles(new double[] {2})));
    assertThat(table.floats("x")).containsExactly(1);
    assertThat(table.doubles("y")).containsExactly(2);
    assertThatThrownBy(() -> table.floats("y"))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessage("column y is of type float64, not float32");
  }

  @Test
  void nothingChosenLeavesTheRoot() {
    Projection projection = Projection.of(WHOLE, Set.of());
    assertThat(projection.groups()).containsExactly(0);
    assertThat(projection.columns()).isEmpty();
  }

  @Test
  void allIsAll() {
    Projection projection = Projection.of(WHOLE, Set.of(0, 1, 2, 3, 4));
    assertThat(projection).isEqualTo(Projection.all(WHOLE));
  }
}
