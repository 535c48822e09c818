package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jetfold.codec.BlockSplit;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomFiles;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** The index of blocks says what is in them, and blocks are decoded alone, here or elsewhere. */
class BlockAccessTest {
  private static final int FILES = RandomCase.times(30);

  /** Files of many small blocks and segments. */
  private static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (long seed = 0; files.size() < FILES; seed++) {
      files.add(RandomFiles.of(seed, seed, true));
    }
    for (long seed = 0; seed < 5; seed++) {
      RandomTables.Sample sample = RandomTables.of(-1 - seed, 3000);
      files.add(JetfBytes.of(sample.table(), sample.precisions()));
    }
    return files;
  }

  private static Decompressor open(byte[] file) throws IOException {
    return new Decompressor(ByteSource.of(file), 1);
  }

  @Test
  void theIndexSaysWhatIsInTheBlocks() throws IOException {
    for (byte[] file : files()) {
      try (Decompressor decompressor = open(file)) {
        List<Table> tables = JetfBytes.blocks(file);
        List<Footer.Section.Block> blocks = decompressor.blocks();
        assertThat(blocks).hasSameSizeAs(tables);
        long first = 0;
        for (int number = 0; number < blocks.size(); number++) {
          Footer.Section.Block block = blocks.get(number);
          Table table = tables.get(number);
          assertThat(block.number()).isEqualTo(number);
          assertThat(block.first()).isEqualTo(first);
          first += block.events();
          for (int group = 0; group < block.entries().size(); group++) {
            assertThat(block.entries().get(group)).isEqualTo(table.entries(group));
          }
          for (int column = 0; column < block.columns().size(); column++) {
            assertThat(block.columns().get(column).nans()).isEqualTo(nans(table.values(column)));
          }
        }
        checkPlaces(decompressor.footer().sections());
      }
    }
  }

  private static void checkPlaces(List<Footer.Section> sections) {
    for (int i = 0; i < sections.size(); i++) {
      assertThat(sections.get(i).index()).isEqualTo(i);
      assertThat(sections.get(i).end()).isGreaterThan(sections.get(i).offset());
      if (i > 0) {
        assertThat(sections.get(i).offset()).isEqualTo(sections.get(i - 1).end());
      }
    }
  }

  private static int nans(ColumnValues values) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        int nans = 0;
        for (float value : floats) {
          nans += Float.isNaN(value) ? 1 : 0;
        }
        yield nans;
      }
      case ColumnValues.Doubles(double[] doubles) ->
          (int) Arrays.stream(doubles).filter(Double::isNaN).count();
      case ColumnValues.Integers _ -> 0;
    };
  }

  @Test
  void splitsHoldAllBlocksInOrder() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (byte[] file : files()) {
      try (Decompressor decompressor = open(file)) {
        Projection projection = someColumns(decompressor.header().schema(), random);
        List<Table> expected = JetfBytes.blocks(decompressor, projection);
        long bytes = 1 + random.nextLong(file.length);
        List<Table> actual = new ArrayList<>();
        for (BlockSplit split : decompressor.splits(decompressor.blocks(), bytes)) {
          BlockSplit sent = sent(split);
          List<Table> pieces = pieces(sent, file, projection, Selection.ALL);
          assertThat(pieces).hasSize(sent.blocks());
          assertThat(pieces.stream().mapToLong(Table::rootEntries).sum()).isEqualTo(sent.events());
          assertThat(sent.header()).isEqualTo(decompressor.header());
          actual.addAll(pieces);
        }
        checkSame(actual, expected);
      }
    }
  }

  private static Projection someColumns(Schema schema, SplittableRandom random) {
    List<Integer> columns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      if (random.nextBoolean()) {
        columns.add(column);
      }
    }
    return Projection.of(schema, Set.copyOf(columns));
  }

  private static byte[] serialized(BlockSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(split);
    }
    return bytes.toByteArray();
  }

  /** The split as another program gets it. */
  private static BlockSplit sent(BlockSplit split) throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(serialized(split)))) {
      return (BlockSplit) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Table> pieces(
      BlockSplit split, byte[] file, Projection projection, Selection selection)
      throws IOException {
    List<Table> pieces = new ArrayList<>();
    try (TableSource source =
        split.read(ByteSource.of(file), projection, selection, ModelSource.NONE)) {
      source.forEachPiece(pieces::add);
    }
    return pieces;
  }

  private static void checkSame(List<Table> actual, List<Table> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).schema()).isEqualTo(expected.get(i).schema());
      assertThat(TableBits.of(actual.get(i)))
          .usingRecursiveComparison()
          .isEqualTo(TableBits.of(expected.get(i)));
    }
  }

  /** Events with jets, whose pt rises from block to block. */
  private static Table risingEvents(int events) {
    int[] offsets = new int[events + 1];
    float[] pt = new float[2 * events];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = 2 * event + 2;
      pt[2 * event] = event;
      pt[2 * event + 1] = Float.NaN;
    }
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(),
                List.of(
                    new Group("jets", List.of(new Column("pt", ValueType.FLOAT32)), List.of()))));
    return new Table(schema, events, List.of(offsets), List.of(new ColumnValues.Floats(pt)));
  }

  @Test
  void rangesOfCollectionsSpareBlocks() throws IOException {
    int events = 60_000;
    byte[] file = JetfBytes.of(risingEvents(events), List.of(Precision.exact()));
    try (Decompressor decompressor = open(file)) {
      assertThat(decompressor.blocks()).hasSizeGreaterThan(2);
      Selection selection = Selection.ALL.where("pt >= 59000");
      List<Footer.Section.Block> chosen = decompressor.blocks(selection);
      assertThat(chosen).containsExactly(decompressor.blocks().getLast());
      BlockSplit split = decompressor.splits(chosen, Long.MAX_VALUE).getFirst();
      assertThat(split.bytes()).isLessThan(file.length / 2);
      Projection all = Projection.all(split.header().schema());
      Table found = Table.joined(pieces(sent(split), file, all, selection));
      assertThat(found.rootEntries()).isEqualTo(events - 59_000);
      assertThat(found.floats("pt")[0]).isEqualTo(59_000);
      assertThat(decompressor.blocks(Selection.events(10, 20)))
          .containsExactly(decompressor.blocks().getFirst());
      assertThat(decompressor.blocks(Selection.events(1L << 40, 1L << 41))).isEmpty();
      assertThat(decompressor.blocks(Selection.ALL)).isEqualTo(decompressor.blocks());
    }
  }

  @Test
  void aSplitOfAnotherFileIsRefused() throws IOException {
    Table table = risingEvents(100);
    byte[] file = JetfBytes.of(table, List.of(Precision.exact()));
    byte[] other = JetfBytes.of(risingEvents(101), List.of(Precision.exact()));
    try (Decompressor decompressor = open(file)) {
      BlockSplit split = decompressor.splits(decompressor.blocks(), 1).getFirst();
      Projection all = Projection.all(split.header().schema());
      assertThatThrownBy(() -> pieces(split, other, all, Selection.ALL))
          .isInstanceOf(DamagedFileException.class);
      assertThatThrownBy(() -> decompressor.splits(decompressor.blocks(), 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Counts what is read of a file. */
  private static final class CountingSource implements ByteSource {
    private final ByteSource file;
    private final List<Range> reads = new ArrayList<>();

    CountingSource(byte[] file) {
      this.file = ByteSource.of(file);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public byte[] read(long position, int length) throws IOException {
      reads.add(new Range(position, length));
      return file.read(position, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }

    long bytes() {
      return reads.stream().mapToLong(Range::length).sum();
    }
  }

  /** A flat table of 27 columns of noise, in some blocks. */
  private static byte[] wideFile() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 100_000;
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < 27; column++) {
      columns.add(new Column("x" + column, ValueType.FLOAT32));
      float[] noise = new float[rows];
      for (int row = 0; row < rows; row++) {
        noise[row] = random.nextFloat();
      }
      values.add(new ColumnValues.Floats(noise));
    }
    Table table = new Table(Schema.flat(columns), rows, List.of(), values);
    return JetfBytes.of(table, Collections.nCopies(27, Precision.parse("bits:7")));
  }

  /** Of each block the head and the streams; of neighbours together. */
  @Test
  void aSplitReadsWhatItsColumnsNeedAndNoMore() throws IOException {
    byte[] file = wideFile();
    try (Decompressor decompressor = open(file)) {
      Schema schema = decompressor.header().schema();
      int blocks = decompressor.blocks().size();
      assertThat(blocks).isGreaterThan(2);
      BlockSplit split =
          sent(decompressor.splits(decompressor.blocks(), Long.MAX_VALUE).getFirst());
      // The names of 27 columns, and some bytes a block.
      assertThat(split)
          .hasToString("%d blocks of 100000 events in %d bytes".formatted(blocks, split.bytes()));
      assertThat(serialized(split)).hasSizeLessThan(700 + 30 * blocks);
      long together = decompressor.streamSizes()[8] + decompressor.streamSizes()[9];
      CountingSource neighbours = new CountingSource(file);
      read(split, neighbours, Projection.of(schema, List.of("x8", "x9")));
      assertThat(neighbours.reads).hasSize(1 + 2 * blocks);
      assertThat(neighbours.bytes()).isBetween(together, together + 400L * blocks + 10_000);
      CountingSource apart = new CountingSource(file);
      read(split, apart, Projection.of(schema, List.of("x3", "x20")));
      assertThat(apart.reads).hasSize(1 + 3 * blocks);
      CountingSource whole = new CountingSource(file);
      read(split, whole, Projection.all(schema));
      assertThat(whole.reads).hasSize(1 + 2 * blocks);
      Footer.Section first = decompressor.footer().sections().getFirst();
      Footer.Section last = decompressor.footer().sections().getLast();
      assertThat(whole.reads)
          .allMatch(range -> range.position() >= first.offset() && range.end() <= last.end());
    }
  }

  @Test
  void severalThreadsReadBlocksOfOneFile() throws IOException {
    byte[] file = wideFile();
    List<Table> expected = JetfBytes.blocks(file);
    try (Decompressor decompressor = open(file)) {
      Projection all = Projection.all(decompressor.header().schema());
      int blocks = decompressor.blocks().size();
      List<Table> read =
          IntStream.range(0, 3 * blocks)
              .parallel()
              .mapToObj(number -> {
                try {
                  return decompressor.readBlock(number % blocks, all);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
              .toList();
      for (int i = 0; i < read.size(); i++) {
        assertThat(TableBits.of(read.get(i)).values())
            .isDeepEqualTo(TableBits.of(expected.get(i % blocks)).values());
      }
    }
  }

  private static void read(BlockSplit split, ByteSource source, Projection projection)
      throws IOException {
    try (TableSource table = split.read(source, projection, Selection.ALL, ModelSource.NONE)) {
      table.forEachPiece(_ -> {});
    }
  }

  @Test
  void headerAndFooterAreReadOnce() throws IOException {
    CountingSource file = new CountingSource(wideFile());
    try (Decompressor decompressor = new Decompressor(file, 1)) {
      Schema schema = decompressor.header().schema();
      int blocks = decompressor.blocks().size();
      Projection projection = Projection.of(schema, List.of("x5", "x6"));
      int before = file.reads.size();
      assertThat(before).isLessThanOrEqualTo(4);
      for (int number = 0; number < blocks; number++) {
        decompressor.readBlock(number, projection);
      }
      assertThat(file.reads).hasSize(before + 1 + 2 * blocks);
    }
  }

  @Test
  void rangesAreReadTogetherWhereGapsAreSmall() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(5).nextBytes(bytes);
    CountingSource source = new CountingSource(bytes);
    int worth = source.bytesWorthACall();
    List<ByteSource.Range> ranges =
        List.of(
            new ByteSource.Range(0, 10),
            new ByteSource.Range(10, 0),
            new ByteSource.Range(10 + worth, 20),
            new ByteSource.Range(31 + 2L * worth, 1),
            new ByteSource.Range(99_990, 10));
    List<byte[]> read = source.readRanges(ranges);
    for (int i = 0; i < ranges.size(); i++) {
      ByteSource.Range range = ranges.get(i);
      assertThat(read.get(i))
          .isEqualTo(Arrays.copyOfRange(bytes, (int) range.position(), (int) range.end()));
    }
    assertThat(source.reads)
        .containsExactly(
            new ByteSource.Range(0, 30 + worth),
            new ByteSource.Range(31 + 2L * worth, 1),
            new ByteSource.Range(99_990, 10));
    assertThat(source.readRanges(List.of())).isEmpty();
    assertThatThrownBy(() -> source.readRanges(List.of(new ByteSource.Range(99_999, 2))))
        .isInstanceOf(EOFException.class);
  }
}
