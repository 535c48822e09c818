package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a ROOT file are together what the file is. */
class RootPartsTest {
  private static final SourceOptions ALL = new SourceOptions(_ -> {});

  @TempDir private Path folder;

  private static Table table(int events) {
    SplittableRandom random = new SplittableRandom(1);
    int[] offsets = new int[events + 1];
    long[] numbers = new long[events];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = offsets[event] + random.nextInt(4);
      numbers[event] = event;
    }
    float[] pt = new float[offsets[events]];
    for (int jet = 0; jet < pt.length; jet++) {
      pt[jet] = random.nextFloat();
    }
    return new Table(
        Schema.events(
            List.of(new Column("number", ValueType.INT64)),
            "jets",
            List.of(new Column("pt", ValueType.FLOAT32))),
        events,
        List.of(offsets),
        List.of(new ColumnValues.Integers(numbers), new ColumnValues.Floats(pt)));
  }

  private String written(Table table, int eventsACluster) throws IOException {
    String name = folder.resolve("events.root").toString();
    WholeTable.write(
        TableFiles.create(name, null, table.schema(), new SinkOptions(false, _ -> {})),
        table,
        eventsACluster);
    return name;
  }

  private static List<Table> pieces(String name, SourceOptions options) throws IOException {
    List<Table> pieces = new ArrayList<>();
    try (TableSource source = TableFiles.open(name, null, options)) {
      assertThat(source.rootEntries()).isPresent();
      source.forEachPiece(pieces::add);
      assertThat(pieces.stream().mapToLong(Table::rootEntries).sum())
          .isEqualTo(source.rootEntries().orElseThrow());
    }
    return pieces;
  }

  private static void requireWhole(String name, SourceOptions options, List<EntryRange> parts)
      throws IOException {
    List<Table> together = new ArrayList<>();
    long next = 0;
    for (EntryRange part : parts) {
      assertThat(part.first()).isEqualTo(next);
      next = part.end();
      together.addAll(pieces(name, options.within(part)));
    }
    Table whole = Table.joined(pieces(name, options));
    assertThat(next).isEqualTo(whole.rootEntries());
    WholeTable.of(Table.joined(together)).assertSameAs(WholeTable.of(whole));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, 5000, 1 << 30})
  void partsAreTheWhole(long bytes) throws IOException {
    String name = written(table(2000), 300);
    List<EntryRange> parts = TableFiles.parts(name, ALL, bytes);

    assertThat(parts).allMatch(part -> part.first() % 300 == 0);
    assertThat(parts).hasSizeBetween(1, 7);
    requireWhole(name, ALL, parts);
  }

  @Test
  void partsOfTreesAreTheWhole() throws IOException {
    Path file = Path.of("../../shared/data/root/nano_dy.root");
    assumeThat(file).exists();
    SourceOptions jets =
        new SourceOptions(null, new ColumnRequest(List.of("Jet"), List.of("event")), 1, _ -> {});
    List<EntryRange> parts =
        TableFiles.parts(file.toString(), jets, Math.max(1, Files.size(file) / 5));

    requireWhole(file.toString(), jets, parts);
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    String name = written(table(20), 7);

    assertThatThrownBy(() -> TableFiles.open(name, null, ALL.within(new EntryRange(7, 21))))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessage(name + ": has no events 7 to 20; it has 20");
    assertThat(TableFiles.parts(name, new SourceOptions("number", _ -> {}), 1)).isEmpty();
  }

  @Test
  void otherFormatsAreNotDivided() throws IOException {
    Path csv = Files.writeString(folder.resolve("jets.csv"), "pt\n1.5\n");

    assertThat(TableFiles.parts(csv.toString(), ALL, 1)).isEmpty();
    assertThatThrownBy(
            () -> TableFiles.open(csv.toString(), null, ALL.within(new EntryRange(0, 1))))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("CSV files cannot be read in parts");
  }
}
