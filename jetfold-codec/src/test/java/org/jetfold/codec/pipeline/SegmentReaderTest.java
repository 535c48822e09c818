package org.jetfold.codec.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.container.FormatVersion;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.roundtrip.PiecedSource;
import org.jetfold.codec.roundtrip.TableBits;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;

/** Where a table is cut depends on its entries alone. */
class SegmentReaderTest {
  private static final int SEGMENT_VALUES = 1 << 23;

  private static List<Segment> segments(TableSource source) throws IOException {
    SegmentReader cutter = new SegmentReader(source);
    List<Segment> segments = new ArrayList<>();
    for (Segment segment = cutter.next(); segment != null; segment = cutter.next()) {
      segments.add(segment);
    }
    return segments;
  }

  @Test
  void piecesDoNotMatter() throws IOException {
    for (long seed = 0; seed < 12; seed++) {
      Table table = RandomTables.of(seed, 100_000).table();
      List<Segment> whole = segments(new PiecedSource(table));
      for (int most : new int[] {70_000, 900}) {
        List<Segment> pieced = segments(new PiecedSource(table, most, seed));
        assertThat(pieced).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
          assertThat(pieced.get(i).blockStarts()).isEqualTo(whole.get(i).blockStarts());
          assertThat(TableBits.of(pieced.get(i).table()).values())
              .isDeepEqualTo(TableBits.of(whole.get(i).table()).values());
        }
      }
    }
  }

  @Test
  void blocksKeepTheirLimits() throws IOException {
    for (long seed = 100; seed < 112; seed++) {
      Table table = RandomTables.of(seed, 150_000).table();
      int entries = 0;
      for (Segment segment : segments(new PiecedSource(table))) {
        for (int group = 0; group < table.schema().groups().size(); group++) {
          int[] starts = segment.starts(group);
          for (int block = 0; block < segment.blocks(); block++) {
            boolean single = segment.starts(0)[block + 1] - segment.starts(0)[block] == 1;
            assertThat(starts[block + 1] - starts[block])
                .satisfiesAnyOf(
                    size -> assertThat(size).isLessThanOrEqualTo(BlockLimits.BLOCK_ENTRIES),
                    size -> assertThat(single).isTrue());
          }
        }
        entries += segment.table().rootEntries();
      }
      assertThat(entries).isEqualTo(table.rootEntries());
    }
  }

  /** Rows of 64 constant columns; one array serves them all. */
  private static Table wide(int rows) {
    ColumnValues zeros = ColumnValues.zeros(ValueType.INT64, rows);
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      columns.add(new Column("x" + i, ValueType.INT64));
      values.add(zeros);
    }
    return new Table(Schema.flat(columns), rows, List.of(), values);
  }

  @Test
  void segmentsEndWithTheBlockThatFillsThem() throws IOException {
    Table table = wide(300_000);
    List<Segment> segments = segments(new PiecedSource(table, 40_000, 1));
    assertThat(segments).hasSizeGreaterThan(2);
    for (Segment segment : segments.subList(0, segments.size() - 1)) {
      long values = 64L * segment.table().rootEntries();
      int[] starts = segment.blockStarts();
      assertThat(values).isGreaterThanOrEqualTo(SEGMENT_VALUES);
      assertThat(64L * starts[segment.blocks() - 1]).isLessThan(SEGMENT_VALUES);
    }
  }

  private static Table events(int... sizes) {
    int[] offsets = new int[sizes.length + 1];
    for (int i = 0; i < sizes.length; i++) {
      offsets[i + 1] = offsets[i] + sizes[i];
    }
    Schema schema = Schema.events(List.of(), "jets", List.of(new Column("b", ValueType.BOOL)));
    ColumnValues values = ColumnValues.zeros(ValueType.BOOL, offsets[sizes.length]);
    return new Table(schema, sizes.length, List.of(offsets), List.of(values));
  }

  @Test
  void aLargeEventIsABlockOfItsOwn() throws IOException {
    List<Segment> segments = segments(new PiecedSource(events(3, 40_000, 5, 0, 32_768, 1)));
    assertThat(segments).hasSize(1);
    assertThat(segments.getFirst().blockStarts()).isEqualTo(new int[] {0, 1, 2, 4, 5, 6});
  }

  @Test
  void anEventBeyondABlockIsRefused() {
    Table table = events(2, FormatVersion.MAX_VALUES_IN_BLOCK);
    assertThatThrownBy(() -> segments(new PiecedSource(table)))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("event 1");
  }

  @Test
  void piecesWithoutEntriesArePassedOver() throws IOException {
    Table table = events(1, 2, 3);
    TableSource source =
        new TableSource() {
          private final List<Table> left =
              new ArrayList<>(
                  Arrays.asList(
                      table.slice(0, 0), table.slice(0, 2), table.slice(2, 2), table.slice(2, 3)));

          @Override
          public Schema schema() {
            return table.schema();
          }

          @Override
          public Table next(int rows) {
            return left.isEmpty() ? null : left.removeFirst();
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    List<Segment> segments = segments(source);
    assertThat(segments).hasSize(1);
    assertThat(segments.getFirst().table().rootEntries()).isEqualTo(3);
  }
}
