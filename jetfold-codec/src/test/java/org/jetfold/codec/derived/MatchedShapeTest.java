package org.jetfold.codec.derived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;

/** Quantities of tables that hold the same columns in other places, types and company. */
class MatchedShapeTest {
  private static final int[] EMPTY_OFFSETS = {0, 1, 1};
  private static final int[] OFFSETS = {0, 2, 3};

  private static Column column(String name, ValueType type) {
    return new Column(name, type);
  }

  /** Two events with a list without columns before the jets, whose columns are floats. */
  private static Table first() {
    Group jets =
        new Group(
            "jets",
            List.of(column("pt", ValueType.FLOAT32), column("eta", ValueType.FLOAT32)),
            List.of());
    Group hits = new Group("hits", List.of(), List.of());
    return new Table(
        new Schema(new Group("", List.of(column("run", ValueType.INT32)), List.of(hits, jets))),
        2,
        List.of(EMPTY_OFFSETS, OFFSETS),
        List.of(
            new ColumnValues.Integers(new long[] {1, 2}),
            new ColumnValues.Floats(new float[] {3, 4, 5}),
            new ColumnValues.Floats(new float[] {0, 1, 2})));
  }

  /** The same jets in another order of columns, as doubles, without all else. */
  private static Table second() {
    return new Table(
        Schema.events(
            List.of(),
            "jets",
            List.of(column("eta", ValueType.FLOAT64), column("pt", ValueType.FLOAT64))),
        2,
        List.of(OFFSETS),
        List.of(
            new ColumnValues.Doubles(new double[] {0, 1, 2}),
            new ColumnValues.Doubles(new double[] {30, 40, 50})));
  }

  @Test
  void aQuantityOfTheFirstIsComputedFromBoth() {
    for (boolean swapped : new boolean[] {false, true}) {
      Table one = swapped ? second() : first();
      Table other = swapped ? first() : second();
      MatchedShape shape =
          new MatchedShape(
              one.schema(), other.schema(), new ColumnMatch(one.schema(), other.schema()));
      DerivedQuantity sum = new DerivedQuantities(shape.schema(), null, List.of()).find("HT");
      double scale = swapped ? 10 : 1;
      assertThat(sum.values(shape.first(one))).containsExactly(7 * scale, 5 * scale);
      assertThat(sum.values(shape.second(other))).containsExactly(70 / scale, 50 / scale);
      assertThat(one.schema().groups().get(shape.group(1)).name()).isEqualTo("jets");
    }
  }

  @Test
  void whatIsTheSameStaysAsItIs() {
    Table table = first();
    MatchedShape shape =
        new MatchedShape(
            table.schema(), table.schema(), new ColumnMatch(table.schema(), table.schema()));
    assertThat(shape.schema()).isEqualTo(table.schema());
    assertThat(shape.second(table).offsets(1)).containsExactly(EMPTY_OFFSETS);
  }
}
