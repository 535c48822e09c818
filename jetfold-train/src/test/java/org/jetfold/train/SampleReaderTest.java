package org.jetfold.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
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

  @Test
  void tablesMustBeAlike() throws IOException, UntrainableTableException {
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
          .hasMessageContaining("other columns");
    }
  }
}
