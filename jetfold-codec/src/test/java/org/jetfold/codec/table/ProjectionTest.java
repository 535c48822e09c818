package org.jetfold.codec.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
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
