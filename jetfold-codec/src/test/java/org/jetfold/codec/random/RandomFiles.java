package org.jetfold.codec.random;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jetfold.codec.forge.ForgedCoding;
import org.jetfold.codec.forge.ForgedContexts;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.forge.ForgedHeader;
import org.jetfold.codec.forge.ForgedStream;
import org.jetfold.codec.forge.ForgedTable;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.reference.BlockFields;
import org.jetfold.codec.reference.ContextFields;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.Phases;
import org.jetfold.codec.reference.SegmentValues;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;

/**
 * Files that the document allows, most of which the codec's writer would never make: distributions
 * with an escape and odd trees, references of any kind, blocks of one entry, many T frames, models
 * that no column uses, frames and features of a later minor version.
 */
public final class RandomFiles {
  private final SplittableRandom random;
  private final HeaderFields header;

  /** What the symbols of each column stand for in the segment that is made; null for integers. */
  private final List<SegmentValues> floats = new ArrayList<>();

  private final int lists;
  private final boolean small;

  /** Columns refer to those of lower ranks alone, so that none needs itself. */
  private int[] decodingRanks = {};

  private RandomFiles(SplittableRandom random, HeaderFields header, boolean small) {
    this.small = small;
    this.random = random;
    this.header = header;
    this.lists = header.groups().size() - 1;
  }

  /** A file of some kB. */
  public static byte[] of(long seed) {
    return of(seed, ~seed, false);
  }

  /**
   * A file whose header, or whose rest, is that of all files with the same seed.
   *
   * @param small whether to keep to few entries and leaves
   */
  public static byte[] of(long headerSeed, long dataSeed, boolean small) {
    SplittableRandom headerRandom = new SplittableRandom(headerSeed);
    byte[] model = new byte[headerRandom.nextInt(100)];
    headerRandom.nextBytes(model);
    HeaderFields header = header(headerRandom, model, small);
    boolean later = headerRandom.nextInt(3) == 0;
    ForgedFile file = new ForgedFile(1, later ? headerRandom.nextInt(256) : 0);
    long features = later ? headerRandom.nextLong() : 0;
    file.frame('H', ForgedHeader.write(header, features), new byte[0]);
    for (int number = 0; number < header.models().size(); number++) {
      if (header.models().get(number).embedded()) {
        file.frame('M', new byte[] {(byte) number}, model);
      }
    }
    SplittableRandom random = new SplittableRandom(dataSeed);
    ForgedTable table = new ForgedTable(header, file);
    RandomFiles files = new RandomFiles(random, header, small);
    int segments = random.nextInt(4);
    for (int segment = 0; segment < segments; segment++) {
      files.segment(table);
    }
    for (int i = later ? random.nextInt(4) : 0; i > 0; i--) {
      file.frame(
          'a' + random.nextInt(26), new byte[random.nextInt(9)], new byte[random.nextInt(9)]);
    }
    return table.finish();
  }

  private static HeaderFields header(SplittableRandom random, byte[] model, boolean small) {
    Schema schema = new RandomSchemas(random, small).next();
    List<HeaderFields.Group> groups = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      groups.add(new HeaderFields.Group(schema.groups().get(group).name(), schema.parent(group)));
    }
    List<HeaderFields.Column> columns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      Column described = schema.columns().get(column);
      Precision precision = RandomPrecisions.next(random, described);
      int kind = 0;
      long setting = 0;
      boolean dithered = precision instanceof Precision.Dithered;
      switch (precision.promise()) {
        case Precision.Exact(), Precision.Measured(), Precision.Dithered _, Precision.Scaled _ -> {}
        case Precision.Bits(int bits) -> {
          kind = 1;
          setting = bits;
        }
        case Precision.Relative(double bound) -> {
          kind = dithered ? 5 : 2;
          setting = Double.doubleToRawLongBits(bound);
        }
        case Precision.Step(BigDecimal step) -> {
          kind = HeaderFields.STEP;
          setting = (long) step.scale() << 32 | step.unscaledValue().longValueExact();
        }
        case Precision.Absolute(double bound) -> {
          kind = dithered ? 6 : 3;
          setting = Double.doubleToRawLongBits(bound);
        }
      }
      columns.add(
          new HeaderFields.Column(
              schema.groupOf(column),
              described.name(),
              described.type().code(),
              (described.integral() ? 1 : 0) | (described.eventKey() ? 2 : 0),
              described.unit(),
              kind,
              setting,
              0));
    }
    List<HeaderFields.Model> models = new ArrayList<>();
    for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0; i > 0; i--) {
      models.add(new HeaderFields.Model(random.nextInt(256), sha256(model), random.nextBoolean()));
    }
    return new HeaderFields("forged " + random.nextInt(9), models, groups, columns);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Entries of a group and symbols of a stream, in one block, and what its phases follow from. */
  private record Block(long[] entries, long[][] symbols, long seed, long[] ordinals) {}

  private void segment(ForgedTable table) {
    List<SegmentValues.Fields> fields = new ArrayList<>();
    floats.clear();
    for (HeaderFields.Column column : header.columns()) {
      fields.add(
          column.hasSegmentFields() || column.mayHaveDecimals()
              ? RandomFields.next(random, column)
              : SegmentValues.Fields.NONE);
      floats.add(column.type() >= 10 ? new SegmentValues(column, fields.getLast()) : null);
    }
    List<Block> blocks = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      blocks.add(block());
    }
    int streams = lists + header.columns().size();
    List<ForgedCoding> codings = new ArrayList<>();
    List<List<byte[]>> bytes = new ArrayList<>();
    blocks.forEach(block -> bytes.add(new ArrayList<>()));
    decodingRanks = random.ints(header.columns().size()).toArray();
    for (int stream = 0; stream < streams; stream++) {
      int grid = random.nextInt(1 + grid(blocks, stream));
      codings.add(
          stream >= lists && random.nextBoolean()
              ? inContexts(blocks, stream, grid, bytes)
              : withOneDistribution(blocks, stream, grid, bytes));
    }
    table.distributions(fields, codings);
    for (int block = 0; block < blocks.size(); block++) {
      table.phases(blocks.get(block).seed(), blocks.get(block).ordinals());
      table.block(blocks.get(block).entries(), bytes.get(block), statistics(blocks.get(block)));
    }
  }

  private ForgedTree withOneDistribution(
      List<Block> blocks, int stream, int grid, List<List<byte[]>> bytes) {
    int reference = reference(stream);
    List<long[]> coded = new ArrayList<>();
    for (Block block : blocks) {
      coded.add(differences(block, stream, grid, reference));
    }
    long[] together = coded.stream().flatMapToLong(Arrays::stream).toArray();
    ForgedTree tree = new RandomTrees(random, small ? 6 : 3000).of(reference, grid, together);
    for (int block = 0; block < blocks.size(); block++) {
      long[] symbols = coded.get(block);
      bytes
          .get(block)
          .add(symbols.length == 0 ? new byte[0] : new ForgedStream(tree).write(symbols));
    }
    return tree;
  }

  private ForgedContexts inContexts(
      List<Block> blocks, int stream, int grid, List<List<byte[]>> bytes) {
    int group = header.columns().get(stream - lists).group();
    int other = anyBefore(stream - lists);
    int kind = group > 0 && random.nextBoolean() ? 1 : other >= 0 && random.nextBoolean() ? 2 : 0;
    int asked = anyBefore(stream - lists);
    int source =
        group > 0 && random.nextBoolean() ? 1 : asked >= 0 && random.nextBoolean() ? 2 + asked : 0;
    TreeSet<Long> limits = new TreeSet<>();
    for (int i = source == 0 ? 0 : random.nextInt(kind == 1 ? 7 : 8); i > 0; i--) {
      limits.add(1 + (random.nextInt(3) == 0 ? random.nextLong() >>> 2 : random.nextInt(60)));
    }
    ContextFields fields =
        new ContextFields(kind, other, source, List.copyOf(limits), grid, List.of());
    List<int[]> contexts = new ArrayList<>();
    List<long[]> coded = new ArrayList<>();
    for (Block block : blocks) {
      contexts.add(contexts(fields, block, group, stream));
      coded.add(differences(fields, block, stream, contexts.getLast()));
    }
    List<ForgedTree> trees = new ArrayList<>();
    for (int k = 0; k < fields.number(); k++) {
      trees.add(new RandomTrees(random, small ? 6 : 300).of(0, 0, inContext(k, contexts, coded)));
    }
    ForgedContexts forged = new ForgedContexts(kind, other, source, fields.limits(), grid, trees);
    for (int block = 0; block < blocks.size(); block++) {
      bytes.get(block).add(forged.write(contexts.get(block), coded.get(block)));
    }
    return forged;
  }

  private int[] contexts(ContextFields fields, Block block, int group, int stream) {
    int rows = block.symbols()[stream].length;
    int[] places =
        group == 0 ? new int[rows] : BlockFields.places(block.symbols()[group - 1], rows);
    int[] contexts = new int[rows];
    for (int i = 0; i < rows; i++) {
      long symbol = fields.source() < 2 ? 0 : block.symbols()[lists + fields.source() - 2][i];
      contexts[i] = fields.context(places[i], symbol);
    }
    return contexts;
  }

  private long[] differences(ContextFields fields, Block block, int stream, int[] contexts) {
    long[] symbols =
        differences(block, stream, fields.grid(), fields.kind() == 2 ? 2 + fields.column() : 0);
    for (int i = symbols.length - 1; fields.kind() == 1 && i > 0; i--) {
      symbols[i] -= contexts[i] == 0 ? 0 : symbols[i - 1];
    }
    return symbols;
  }

  private static long[] inContext(int k, List<int[]> contexts, List<long[]> coded) {
    return IntStream.range(0, contexts.size())
        .boxed()
        .flatMapToLong(block ->
            IntStream.range(0, contexts.get(block).length)
                .filter(i -> contexts.get(block)[i] == k)
                .mapToLong(i -> coded.get(block)[i]))
        .toArray();
  }

  /** A column of the same group that is decoded before one; −1 where that is none. */
  private int anyBefore(int column) {
    int other = random.nextInt(header.columns().size());
    return isBefore(other, column) ? other : -1;
  }

  private boolean isBefore(int other, int column) {
    return decodingRanks[other] < decodingRanks[column]
        && header.columns().get(other).group() == header.columns().get(column).group();
  }

  private List<ForgedTable.Statistics> statistics(Block block) {
    int[][] phases = new int[lists + 1][];
    phases[0] = Phases.of(block.seed(), block.ordinals());
    for (int group = 1; group <= lists; group++) {
      int[] parents = phases[header.groups().get(group).parent()];
      phases[group] =
          Phases.ofLists(parents, block.symbols()[group - 1], (int) block.entries()[group]);
    }
    List<ForgedTable.Statistics> statistics = new ArrayList<>();
    for (int column = 0; column < header.columns().size(); column++) {
      long[] values = block.symbols()[lists + column].clone();
      int[] events = phases[header.columns().get(column).group()];
      for (int i = 0; floats.get(column) != null && i < values.length; i++) {
        values[i] = floats.get(column).bits(values[i], events[i]);
      }
      statistics.add(
          ForgedTable.statistics(header.columns().get(column), values, random.nextDouble()));
    }
    return statistics;
  }

  private int reference(int stream) {
    int column = stream - lists;
    if (column > 0 && random.nextInt(3) == 0) {
      int other = random.nextInt(column);
      if (isBefore(other, column)) {
        return 2 + other;
      }
    }
    return random.nextInt(4) == 0 ? 1 : 0;
  }

  /** How many low bits of all symbols the sign tells. */
  private static int grid(List<Block> blocks, int stream) {
    int grid = 63;
    for (Block block : blocks) {
      for (long symbol : block.symbols()[stream]) {
        grid = Math.min(grid, Long.numberOfTrailingZeros(symbol < 0 ? ~symbol : symbol));
      }
    }
    return grid;
  }

  private long[] differences(Block block, int stream, int grid, int reference) {
    long[] symbols = block.symbols()[stream].clone();
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] >>= grid;
    }
    long[] told =
        reference < 2
            ? symbols
            : SegmentValues.inSymbolsOf(
                floats.get(stream - lists),
                floats.get(reference - 2),
                block.symbols()[lists + reference - 2]);
    for (int i = symbols.length - 1; i >= 0; i--) {
      symbols[i] -=
          switch (reference) {
            case 0 -> 0;
            case 1 -> i == 0 ? 0 : symbols[i - 1];
            default -> told[i] >> grid;
          };
    }
    return symbols;
  }

  private Block block() {
    long[] entries = new long[lists + 1];
    int most = small ? 8 : random.nextInt(8) == 0 ? 5000 : 60;
    entries[0] = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(most);
    long[][] symbols = new long[lists + header.columns().size()][];
    for (int group = 1; group <= lists; group++) {
      int parents = (int) entries[header.groups().get(group).parent()];
      long[] counts = new long[parents];
      for (int i = 0; i < parents && entries[group] < (small ? 12 : 6000); i++) {
        counts[i] = random.nextInt(40) == 0 ? random.nextInt(50) : random.nextInt(3);
        entries[group] += counts[i];
      }
      symbols[group - 1] = counts;
    }
    for (int column = 0; column < header.columns().size(); column++) {
      int count = (int) entries[header.columns().get(column).group()];
      symbols[lists + column] = symbols(column, count);
    }
    long seed = random.nextBoolean() ? 0 : random.nextLong();
    return new Block(entries, symbols, seed, ordinals((int) entries[0]));
  }

  /** Of events that follow one another, or of some of them, or of any. */
  private long[] ordinals(int events) {
    int oneIn = random.nextInt(3) * random.nextInt(20);
    long[] ordinals = new long[events];
    ordinals[0] = random.nextBoolean() ? 0 : random.nextLong();
    for (int i = 1; i < events; i++) {
      boolean jumps = oneIn > 0 && random.nextInt(oneIn) == 0;
      long jump = random.nextBoolean() ? random.nextInt(9) : random.nextLong();
      ordinals[i] = ordinals[i - 1] + 1 + (jumps ? jump : 0);
    }
    return ordinals;
  }

  private long[] symbols(int column, int count) {
    SegmentValues values = floats.get(column);
    long[] range = header.columns().get(column).integerRange();
    long smallest = values != null ? values.first() : range[0];
    long largest = values != null ? values.last() : range[1];
    List<Long> spikes = values != null ? values.spikeSymbols() : List.of();
    int mode = random.nextInt(4);
    int coarse = random.nextInt(3) == 0 ? random.nextInt(64) : 0;
    long constant = any(smallest, largest);
    long[] symbols = new long[count];
    for (int i = 0; i < count; i++) {
      symbols[i] =
          switch (mode) {
            case 0 -> constant;
            case 1 -> any(smallest, largest);
            case 2 ->
                random.nextInt(9) == 0
                    ? random.nextBoolean() ? smallest : largest
                    : near(smallest, largest);
            default -> near(smallest, largest);
          };
      symbols[i] = ((symbols[i] >> coarse) << coarse) | (symbols[i] < 0 ? (1L << coarse) - 1 : 0);
      boolean isNone = values != null && !values.defines(symbols[i]);
      if (!spikes.isEmpty() && (isNone || random.nextInt(4) == 0)) {
        symbols[i] = spikes.get(random.nextInt(spikes.size()));
      }
    }
    return symbols;
  }

  private long any(long smallest, long largest) {
    return largest - smallest + 1 <= 0
        ? Math.clamp(random.nextLong(), smallest, largest)
        : random.nextLong(smallest, largest + 1);
  }

  private long near(long smallest, long largest) {
    return Math.clamp((long) (50 * random.nextGaussian()), smallest, largest);
  }
}
