package org.jetfold.codec.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;

/** What a check of a restored table against its original accepts, and what it finds. */
final class PrecisionCheckTest {
  private static final Precision EXACT = Precision.exact();

  private static PrecisionCheck check(Table original, Table restored, Precision... precisions)
      throws IOException {
    return PrecisionCheck.of(
        new PiecedSource(original, 3, 1),
        new PiecedSource(restored, 5, 2),
        List.of(precisions),
        _ -> {});
  }

  private static Table flat(String name, float... values) {
    return new Table(
        Schema.flat(List.of(new Column(name, ValueType.FLOAT32))),
        values.length,
        List.of(),
        List.of(new ColumnValues.Floats(values)));
  }

  private static Table events(int[] offsets, float... pt) {
    return new Table(
        Schema.events(List.of(), "jets", List.of(new Column("pt", ValueType.FLOAT32))),
        offsets.length - 1,
        List.of(offsets),
        List.of(new ColumnValues.Floats(pt)));
  }

  /** Tables of every shape, read in pieces of any size, before and after one value is changed. */
  @Test
  void oneChangedValueIsFoundWhereverItIs() throws IOException {
    int changed = 0;
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Table table = RandomTables.of(seed, 40).table();
      int columns = table.schema().columns().size();
      List<Precision> exact = Collections.nCopies(columns, EXACT);
      PrecisionCheck same =
          PrecisionCheck.of(
              new PiecedSource(table, 7, seed), new PiecedSource(table, 11, ~seed), exact, _ -> {});
      assertThat(same.passed()).isTrue();
      assertThat(same.columns()).hasSize(columns).allMatch(column -> column.changed() == 0);
      int column = columns == 0 ? -1 : random.nextInt(columns);
      if (column < 0 || table.values(column).size() == 0) {
        continue;
      }
      int entry = random.nextInt(table.values(column).size());
      PrecisionCheck broken =
          PrecisionCheck.of(
              new PiecedSource(table, 7, seed),
              new PiecedSource(flipped(table, column, entry), 11, ~seed),
              exact,
              _ -> {});
      assertThat(broken.differences()).isEmpty();
      assertThat(broken.violations())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.violations()).isEqualTo(1);
            assertThat(found.values()).isEqualTo(table.values(column).size());
            assertThat(found.firstViolation().entry()).isEqualTo(entry);
          });
      changed++;
    }
    assertThat(changed).isGreaterThan(50);
  }

  /** The table with the lowest bit of one value turned. */
  private static Table flipped(Table table, int column, int entry) {
    List<ColumnValues> values = new ArrayList<>();
    for (int number = 0; number < table.schema().columns().size(); number++) {
      ColumnValues own = table.values(number).slice(0, table.values(number).size());
      if (number == column) {
        switch (own) {
          case ColumnValues.Floats(float[] floats) ->
              floats[entry] = Float.intBitsToFloat(Float.floatToRawIntBits(floats[entry]) ^ 1);
          case ColumnValues.Doubles(double[] doubles) ->
              doubles[entry] =
                  Double.longBitsToDouble(Double.doubleToRawLongBits(doubles[entry]) ^ 1);
          case ColumnValues.Integers(long[] integers) -> integers[entry] ^= 1;
        }
      }
      values.add(own);
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < table.schema().groups().size(); group++) {
      offsets.add(table.offsets(group));
    }
    return new Table(table.schema(), table.rootEntries(), offsets, values);
  }

  @Test
  void violationsAreCountedAndTheFirstIsShown() throws IOException {
    Precision bound = Precision.parse("abs:0.01");
    Table original = flat("pt", 1, 2, 3, 4, 5, 6, 7, 8);
    PrecisionCheck kept = check(original, flat("pt", 1, 2, 3.0078125f, 4, 5, 6, 7, 8), bound);
    assertThat(kept.passed()).isTrue();
    assertThat(kept.columns().getFirst().changed()).isEqualTo(1);
    assertThat(kept.columns().getFirst().largestAbsoluteError()).isEqualTo(0.0078125);
    PrecisionCheck broken = check(original, flat("pt", 1, 2, 3, 4, 5, 6.5f, 7, 9), bound);
    assertThat(broken.passed()).isFalse();
    PrecisionCheck.CheckedColumn column = broken.violations().getFirst();
    assertThat(column.violations()).isEqualTo(2);
    assertThat(column.firstViolation()).isEqualTo(new PrecisionCheck.Violation(5, "6.0", "6.5"));
    assertThat(column.largestAbsoluteError()).isEqualTo(1);
  }

  @Test
  void anotherOrderOfColumnsIsTheSameTable() throws IOException {
    List<Column> columns =
        List.of(new Column("pt", ValueType.FLOAT32), new Column("n", ValueType.INT32));
    ColumnValues pt = new ColumnValues.Floats(new float[] {1, 2});
    ColumnValues n = new ColumnValues.Integers(new long[] {3, 4});
    Table one = new Table(Schema.flat(columns), 2, List.of(), List.of(pt, n));
    Table turned = new Table(Schema.flat(columns.reversed()), 2, List.of(), List.of(n, pt));
    PrecisionCheck check = check(one, turned, EXACT, EXACT);
    assertThat(check.passed()).isTrue();
    assertThat(check.columns().getFirst().column().path()).isEqualTo("n");
  }

  @Test
  void otherTablesAreNoViolations() throws IOException {
    assertDiffers(
        check(flat("pt", 1, 2), flat("eta", 1, 2), EXACT),
        TableDifference.Kind.COLUMNS,
        "the restored table has no column pt",
        "the original has no column eta");
    Table integers =
        new Table(
            Schema.flat(List.of(new Column("pt", ValueType.INT32))),
            1,
            List.of(),
            List.of(new ColumnValues.Integers(new long[] {1})));
    assertDiffers(
        check(integers, flat("pt", 1), EXACT),
        TableDifference.Kind.COLUMNS,
        "column pt has type int32 in the original and float32 in the restored table");
    assertDiffers(
        check(flat("pt", 1), events(new int[] {0, 1}, 1), EXACT),
        TableDifference.Kind.EVENTS,
        "the restored table has events, the original has none");
    assertDiffers(
        check(events(new int[] {0, 1, 3}, 1, 2, 3), events(new int[] {0, 2, 3}, 1, 2, 3), EXACT),
        TableDifference.Kind.OBJECTS,
        "event 0 has different numbers of jets: 1 in the original, 2 in the restored table");
    assertDiffers(
        check(flat("pt", 1, 2, 3, 4), flat("pt", 1, 2, 3, 4, 5), EXACT),
        TableDifference.Kind.LENGTH,
        "the original ends after 4 rows, the restored table has more");
    assertDiffers(
        check(events(new int[] {0, 0, 0}), events(new int[] {0, 0}), EXACT),
        TableDifference.Kind.LENGTH,
        "the restored table ends after 1 event, the original has more");
  }

  private static void assertDiffers(
      PrecisionCheck check, TableDifference.Kind kind, String... texts) {
    assertThat(check.passed()).isFalse();
    assertThat(check.violations()).isEmpty();
    assertThat(check.differences()).extracting(TableDifference::kind).containsOnly(kind);
    assertThat(check.differences()).extracting(TableDifference::text).containsExactly(texts);
  }
}
