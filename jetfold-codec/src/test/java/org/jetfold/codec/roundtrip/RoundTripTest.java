package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes in comes out: within its bound, and bit for bit as the document says. */
class RoundTripTest {
  private static final int TABLES_PER_SEED = RandomCase.times(2);

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  static LongStream seedsOfLargeTables() {
    return LongStream.range(0, RandomCase.times(5));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("seeds")
  void smallTablesComeBack(long seed) throws IOException {
    for (int i = 0; i < TABLES_PER_SEED; i++) {
      long each = 1000 * seed + i;
      RandomTables.Sample sample = RandomTables.of(each, 300);
      byte[] file = JetfBytes.of(sample.table(), sample.precisions());
      checkWithinBounds(sample, Table.joined(orEmpty(sample, JetfBytes.blocks(file))), each);
      JetfBytes.verify(file);
      checkAgainstReference(file);
      checkSameBytes(sample, file, each);
      checkProjections(file, each);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("seedsOfLargeTables")
  void tablesOfManyBlocksComeBack(long seed) throws IOException {
    RandomTables.Sample sample = RandomTables.of(-1 - seed, 70_000);
    byte[] file = JetfBytes.of(sample.table(), sample.precisions());
    checkWithinBounds(sample, Table.joined(orEmpty(sample, JetfBytes.blocks(file))), seed);
    JetfBytes.verify(file);
    checkSameBytes(sample, file, seed);
    checkProjections(file, seed);
    if (seed % 5 == 0) {
      checkAgainstReference(file);
    }
  }

  /**
   * More than 2^23 values: several T frames, each for its own blocks. {@link DitheredFilesTest}
   * writes as many event by event.
   */
  @Tag("slow")
  @Test
  void tablesOfManySegmentsComeBack() throws IOException {
    int rows = 135_000;
    long[] low = new long[rows];
    long[] steps = new long[rows];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rows; i++) {
      // The segments differ, so that the wrong distributions would show.
      low[i] = i < 100_000 ? 0 : random.nextInt(200);
      steps[i] = i / 1000;
    }
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      columns.add(new Column("x" + i, ValueType.UINT8));
      values.add(new ColumnValues.Integers(i % 8 == 0 ? low : steps));
      precisions.add(new Precision.Exact());
    }
    Table table = new Table(Schema.flat(columns), rows, List.of(), values);
    byte[] file = JetfBytes.of(table, precisions);
    assertThat(JetfBytes.of(new PiecedSource(table, 50_000, 3), precisions, 2)).isEqualTo(file);
    JetfBytes.verify(file);
    checkSame(List.of(Table.joined(JetfBytes.blocks(file))), List.of(table));
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      assertThat(decompressor.footer().sections())
          .filteredOn(section -> section instanceof Footer.Section.Distributions)
          .hasSize(2);
      checkBlocksAlone(decompressor);
    }
  }

  /** In no order, as each is decoded with what is before its segment alone. */
  private static void checkBlocksAlone(Decompressor decompressor) throws IOException {
    Projection all = Projection.all(decompressor.header().schema());
    List<Table> blocks = JetfBytes.blocks(decompressor, all);
    assertThat(decompressor.footer().blocks()).hasSameSizeAs(blocks);
    for (int number = blocks.size() - 1; number >= 0; number--) {
      checkSame(List.of(decompressor.readBlock(number, all)), List.of(blocks.get(number)));
    }
    assertThatThrownBy(() -> decompressor.readBlock(blocks.size(), all))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void filesAreReadLikeMemory(@TempDir Path folder) throws IOException {
    RandomTables.Sample sample = RandomTables.of(4711, 5000);
    byte[] file = JetfBytes.of(sample.table(), sample.precisions());
    Path path = folder.resolve("table.jetf");
    Files.write(path, file);
    try (Decompressor decompressor = new Decompressor(path, 2)) {
      decompressor.verify();
      Projection all = Projection.all(decompressor.header().schema());
      checkSame(JetfBytes.blocks(decompressor, all), JetfBytes.blocks(file));
      checkSame(List.of(decompressor.readAll()), List.of(Table.joined(JetfBytes.blocks(file))));
      checkBlocksAlone(decompressor);
      assertThat(decompressor.check(TableSource.of(sample.table()), _ -> {}).passed()).isTrue();
      assertThat(decompressor.size()).isEqualTo(file.length);
    }
  }

  private static List<Table> orEmpty(RandomTables.Sample sample, List<Table> blocks) {
    return blocks.isEmpty() ? List.of(sample.table().slice(0, 0)) : blocks;
  }

  private static void checkWithinBounds(RandomTables.Sample sample, Table restored, long seed) {
    Table table = sample.table();
    assertThat(restored.schema()).isEqualTo(table.schema());
    assertThat(restored.rootEntries()).isEqualTo(table.rootEntries());
    for (int group = 1; group < table.schema().groups().size(); group++) {
      assertThat(restored.offsets(group)).isEqualTo(table.offsets(group));
    }
    for (int column = 0; column < table.schema().columns().size(); column++) {
      ColumnValues before = table.values(column);
      ColumnValues after = restored.values(column);
      int violation =
          BoundCheck.of(
                  sample.precisions().get(column), table.schema().columns().get(column).type())
              .firstViolation(before, 0, after, 0, before.size(), new ErrorExtremes());
      assertThat(violation)
          .as("seed %d, column %d, %s", seed, column, sample.precisions().get(column))
          .isEqualTo(-1);
      if (!sample.precisions().get(column).isLossy()) {
        assertThat(TableBits.of(after)).isEqualTo(TableBits.of(before));
      }
    }
  }

  static void checkAgainstReference(byte[] file) throws IOException {
    ReferenceDecoder.Decoded reference = ReferenceDecoder.decode(file);
    List<Table> blocks = JetfBytes.blocks(file);
    assertThat(blocks).hasSameSizeAs(reference.blocks());
    for (int i = 0; i < blocks.size(); i++) {
      DecodedBlock expected = reference.blocks().get(i);
      DecodedBlock actual = TableBits.of(blocks.get(i));
      assertThat(actual.entries()).isEqualTo(expected.entries());
      assertThat(actual.counts()).isDeepEqualTo(expected.counts());
      assertThat(actual.values()).isDeepEqualTo(expected.values());
    }
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      checkSchema(reference.header(), decompressor.header().schema());
    }
  }

  private static void checkSchema(HeaderFields expected, Schema actual) {
    for (int group = 0; group < expected.groups().size(); group++) {
      assertThat(actual.groups().get(group).name()).isEqualTo(expected.groups().get(group).name());
      assertThat(actual.parent(group)).isEqualTo(expected.groups().get(group).parent());
    }
    for (int column = 0; column < expected.columns().size(); column++) {
      HeaderFields.Column described = expected.columns().get(column);
      assertThat(actual.columns().get(column).name()).isEqualTo(described.name());
      assertThat(actual.columns().get(column).type().code()).isEqualTo(described.type());
      assertThat(actual.columns().get(column).unit()).isEqualTo(described.unit());
      assertThat(actual.groupOf(column)).isEqualTo(described.group());
    }
  }

  private static void checkSameBytes(RandomTables.Sample sample, byte[] file, long seed)
      throws IOException {
    for (int threads : new int[] {2, 5}) {
      PiecedSource pieces =
          new PiecedSource(sample.table(), 1 + sample.table().rootEntries() / threads, seed);
      assertThat(JetfBytes.of(pieces, sample.precisions(), threads)).isEqualTo(file);
    }
    assertThat(Events.compressed(sample.table(), sample.precisions())).isEqualTo(file);
  }

  private static void checkProjections(byte[] file, long seed) throws IOException {
    List<Table> whole = JetfBytes.blocks(file);
    SplittableRandom random = new SplittableRandom(seed);
    for (int threads : new int[] {1, 2, 5}) {
      try (Decompressor decompressor = new Decompressor(ByteSource.of(file), threads)) {
        Schema schema = decompressor.header().schema();
        Set<Integer> chosen = new HashSet<>();
        for (int column = 0; column < schema.columns().size(); column++) {
          if (random.nextBoolean()) {
            chosen.add(column);
          }
        }
        Projection projection = Projection.of(schema, chosen);
        assertThat(new HashSet<>(projection.columns())).isEqualTo(chosen);
        checkSame(
            JetfBytes.blocks(decompressor, projection),
            whole.stream().map(block -> projected(block, projection)).toList());
      }
    }
  }

  private static Table projected(Table table, Projection projection) {
    List<int[]> offsets = new ArrayList<>();
    for (int group : projection.groups().subList(1, projection.groups().size())) {
      offsets.add(table.offsets(group));
    }
    List<ColumnValues> columns = projection.columns().stream().map(table::values).toList();
    return new Table(projection.schema(), table.rootEntries(), offsets, columns);
  }

  private static void checkSame(List<Table> actual, List<Table> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).schema()).isEqualTo(expected.get(i).schema());
      DecodedBlock one = TableBits.of(actual.get(i));
      DecodedBlock other = TableBits.of(expected.get(i));
      assertThat(one.entries()).isEqualTo(other.entries());
      assertThat(one.counts()).isDeepEqualTo(other.counts());
      assertThat(one.values()).isDeepEqualTo(other.values());
    }
  }
}
