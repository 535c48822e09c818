package org.jetfold.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.ToyTables;
import org.jetfold.train.UntrainableTableException;
import org.junit.jupiter.api.Test;

/** Samples are whole events, spread over the table, and no larger than wanted. */
final class SampleReaderTest {
  @Test
  void smallTablesAreTakenWhole() throws Exception {
    Table jets = ToyTables.jets(20_000, 1);
    TrainingSample sample = ToyTables.sample(jets, "*=exact");
    assertThat(sample.isComplete()).isTrue();
    assertThat(sample.events()).isEqualTo(jets.rootEntries());
    assertThat(sample.data().offsets()).isEqualTo(jets.offsets(1));
    float[] pt = ((ColumnValues.Floats) jets.values(0)).values();
    assertThat(Arrays.stream(sample.data().symbols()[0]).limit(100).toArray())
        .isEqualTo(
            IntStream.range(0, 100).mapToLong(i -> Float.floatToRawIntBits(pt[i])).toArray());
  }

  @Test
  void largeTablesAreSpreadOut() throws Exception {
    int rows = 200_000;
    Table counting = ToyTables.flat(rows, row -> row, row -> row);
    TrainingSample sample = ToyTables.sample(counting, "*=exact", 50_000);
    assertThat(sample.isComplete()).isFalse();
    assertThat(sample.rows()).isBetween(12_000, 25_000);
    float[] found = new float[sample.rows()];
    for (int i = 0; i < found.length; i++) {
      found[i] = Float.intBitsToFloat((int) sample.data().symbols()[0][i]);
    }
    assertThat(found).isSorted();
    // As much from the last quarter as from the others, up to a piece.
    long last = 0;
    for (float value : found) {
      last += value >= 0.75f * rows ? 1 : 0;
    }
    assertThat(last).isBetween(found.length / 4 - 2048L, found.length / 4 + 2048L);
  }

  /** In toy jets pt falls within events, m follows it and often does, phi wanders. */
  @Test
  void columnsWithAnOrderWithinEventsComeFirst() throws Exception {
    Table jets = ToyTables.jets(3_000, 1);
    Table turned = ToyTables.turned(jets, 2, 1, 0);
    TrainingSample sample = ToyTables.sample(turned, "*=bits:7");
    assertThat(sample.columns()).extracting(Column::name).containsExactly("pt", "phi", "m");
    assertThat(sample.movedUp()).containsExactly("pt");
    // Each column's precision and symbols come along.
    TrainingSample asked = ToyTables.sample(turned, "pt=bits:9,*=bits:7", "pt");
    assertThat(asked.columns()).extracting(Column::name).containsExactly("pt", "phi", "m");
    assertThat(asked.data().precisions())
        .extracting(Precision::toString)
        .containsExactly("bits:9", "bits:7", "bits:7");
    assertThat(ToyTables.sample(turned, "pt=bits:9,*=bits:7").data())
        .usingRecursiveComparison()
        .isEqualTo(asked.data());
    TrainingSample behind = ToyTables.sample(turned, "*=bits:7", "m");
    assertThat(behind.columns()).extracting(Column::name).containsExactly("m", "pt", "phi");
    assertThat(behind.movedUp()).containsExactly("pt");
    assertThat(ToyTables.sample(jets, "*=bits:7").movedUp()).isEmpty();
  }

  @Test
  void whatRisesHasAnOrderAndWhatIsEqualOrMissingHasNone() {
    int[] offsets = {0, 40};
    assertThat(hasOrder(offsets, row -> row)).isTrue();
    assertThat(hasOrder(offsets, row -> -row)).isTrue();
    assertThat(hasOrder(offsets, row -> row == 13 ? 99 : row)).isTrue();
    assertThat(hasOrder(offsets, row -> row % 13 == 0 ? 99 : row)).isFalse();
    assertThat(hasOrder(offsets, row -> row % 5)).isFalse();
    assertThat(hasOrder(offsets, _ -> 7)).isFalse();
    assertThat(hasOrder(offsets, _ -> Double.NaN)).isFalse();
    // Too few to say, and none within the events.
    assertThat(hasOrder(new int[] {0, 20}, row -> row)).isFalse();
    assertThat(hasOrder(IntStream.rangeClosed(0, 40).toArray(), row -> row)).isFalse();
  }

  private static boolean hasOrder(int[] offsets, IntToDoubleFunction column) {
    OrderWithinEvents found = new OrderWithinEvents();
    double[] values = IntStream.range(0, offsets[offsets.length - 1]).mapToDouble(column).toArray();
    found.add(new ColumnValues.Doubles(values), offsets);
    return found.isFound();
  }

  /** A flag that is set in every second row takes a bit each, and a model needs 100 bytes. */
  @Test
  void integersWithTooFewBytesForTheirPartOfAModelAreLeftOut() {
    assertThat(ToyTables.sample(flags(798, 2), "*=exact").columns())
        .extracting(Column::name)
        .containsExactly("x");
    assertThat(ToyTables.sample(flags(802, 2), "*=exact").columns())
        .extracting(Column::name)
        .containsExactly("x", "flag");
    assertThat(ToyTables.sample(flags(798, 2), "*=exact", "flag").columns())
        .as("a column that was asked for")
        .extracting(Column::name)
        .containsExactly("flag", "x");
  }

  /** 2,000 rows of a flag that is set in one of 100 take 20 bytes, but stand for many more rows. */
  @Test
  void integersOfSamplesStandForMore() {
    TrainingSample part = ToyTables.sample(flags(200_000, 100), "*=exact", 5_000);
    assertThat(part.rows()).isLessThan(5_000);
    assertThat(part.columns()).extracting(Column::name).containsExactly("x", "flag");
    assertThat(ToyTables.sample(flags(part.rows(), 100), "*=exact").columns())
        .extracting(Column::name)
        .containsExactly("x");
  }

  private static Table flags(int rows, int oneIn) {
    return new Table(
        Schema.flat(
            List.of(new Column("x", ValueType.FLOAT32), new Column("flag", ValueType.INT8))),
        rows,
        List.of(),
        List.of(
            new ColumnValues.Floats(new float[rows]),
            new ColumnValues.Integers(
                IntStream.range(0, rows).mapToLong(row -> row % oneIn == 0 ? 1 : 0).toArray())));
  }

  @Test
  void tablesMustBeAlike() throws IOException {
    SampleReader reader = new SampleReader(List.of(), 1000);
    List<Precision> two = List.of(Precision.exact(), Precision.exact());
    try (TableSource first = ToyTables.source(ToyTables.flat(9, row -> row, row -> row));
        TableSource more = ToyTables.source(ToyTables.flat(5, row -> -row, row -> row));
        TableSource other = ToyTables.source(ToyTables.flat(5, row -> row))) {
      reader.read(first, two);
      reader.read(more, two);
      assertThat(reader.sample().rows()).isEqualTo(14);
      assertThatThrownBy(() -> reader.read(other, List.of(Precision.exact())))
          .isInstanceOf(UntrainableTableException.class)
          .hasMessage(
              "has other columns than the tables before, and lacks b: train on tables with the same"
                  + " columns");
    }
  }
}
