package org.jetfold.codec.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jetfold.codec.forge.ForgedBytes;
import org.jetfold.codec.forge.ForgedCoding;
import org.jetfold.codec.forge.ForgedContexts;
import org.jetfold.codec.forge.ForgedFile;
import org.jetfold.codec.forge.ForgedHeader;
import org.jetfold.codec.forge.ForgedStream;
import org.jetfold.codec.forge.ForgedTable;
import org.jetfold.codec.forge.ForgedTree;
import org.jetfold.codec.forge.ForgedTree.Both;
import org.jetfold.codec.forge.ForgedTree.Leaf;
import org.jetfold.codec.forge.ForgedTree.One;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.Phases;
import org.jetfold.codec.reference.SegmentValues;

/**
 * A small right file whose every part can be made wrong before it is put together: three events in
 * two blocks, with a run number each and four jets with pt and charge.
 *
 * <p>Streams: 0 the numbers of jets, 1 {@code run} (INT32), 2 {@code jets.pt} (FLOAT32, bits:7), 3
 * {@code jets.q} (INT8).
 */
final class SmallFile {
  /** Symbols of each stream in each block. */
  private static final long[][][] SYMBOLS = {
    {{2, 1}, {5, 6}, {16256, 16384, 16300}, {-1, 0, 1}},
    {{1}, {11}, {16511}, {-1}}
  };

  static final byte[] NO_BYTES = {};

  int major = 1;
  int minor;
  byte[] header = header(group("", List.of(run()), List.of(jets())));
  byte[] headerBody = NO_BYTES;
  HeaderFields fields = fields();

  /** What the T frame says of each column beside its distribution. */
  final List<SegmentValues.Fields> scales =
      new ArrayList<>(Collections.nCopies(3, SegmentValues.Fields.NONE));

  /** The distributions; or their bytes, where these are wrong. */
  final List<ForgedTree> trees = trees();

  /** Contexts of streams, in the place of their trees. */
  final Map<Integer, ForgedContexts> contexts = new HashMap<>();

  byte[] distributions;
  byte[] distributionsBody = NO_BYTES;
  boolean blocksFirst;

  /** Of the events' phases, where pt is dithered. */
  long seed;

  final List<Block> blocks = List.of(block(0), block(1));
  byte[] footer;
  byte[] footerBody = NO_BYTES;
  long[] totals;
  long footerOffset = -1;

  /** What stands before the sections, between them and behind them. */
  Consumer<ForgedFile> before = file -> {};

  Consumer<ForgedFile> between = file -> {};
  Consumer<ForgedFile> behind = file -> {};

  /** Where the frames stand, once {@link #bytes} was called. */
  final List<Long> offsets = new ArrayList<>();

  /** A block, told field by field. */
  static final class Block {
    long[] entries;

    /** Those that the footer says, where they are others. */
    long[] listed;

    /** That of the first event. */
    long ordinal;

    /** How many events are refined, where there are guarantees. */
    long refined;

    final List<byte[]> streams = new ArrayList<>();
    final List<ForgedTable.Statistics> statistics = new ArrayList<>();
    long back = -1;
    long first = -1;
    byte[] head;
    byte[] body;
  }

  static byte[] header(byte[] group) {
    // No features, no models.
    return new ForgedBytes().varint(0).varint(0).string("golden 1").varint(0).raw(group).bytes();
  }

  static byte[] group(String name, List<byte[]> columns, List<byte[]> lists) {
    ForgedBytes out = new ForgedBytes().string(name).varint(columns.size());
    columns.forEach(out::raw);
    out.varint(lists.size());
    lists.forEach(out::raw);
    return out.bytes();
  }

  static byte[] run() {
    return column("run", 4, 0, new byte[] {0}, 0);
  }

  static byte[] jets() {
    byte[] bits7 = {1, 7};
    return group(
        "jets",
        List.of(column("pt", 10, 0, bits7, 0), column("q", 2, 0, new byte[] {0}, 0)),
        List.of());
  }

  static byte[] column(String name, int type, int flags, byte[] precision, int coding) {
    return new ForgedBytes()
        .string(name)
        .u8(type)
        .u8(flags)
        .string("")
        .raw(precision)
        .varint(coding)
        .bytes();
  }

  private static HeaderFields fields() {
    return new HeaderFields(
        "golden 1",
        List.of(),
        List.of(new HeaderFields.Group("", -1), new HeaderFields.Group("jets", 0)),
        List.of(
            new HeaderFields.Column(0, "run", 4, 0, "", 0, 0, 0),
            new HeaderFields.Column(1, "pt", 10, 0, "", 1, 7, 0),
            new HeaderFields.Column(1, "q", 2, 0, "", 0, 0, 0)));
  }

  private static List<ForgedTree> trees() {
    Leaf leaf = new Leaf();
    return new ArrayList<>(
        List.of(
            // 1 … 2, both told.
            new ForgedTree(0, 3, 0, 1, 1, new Both(0, leaf, leaf)),
            // 4 … 11, all alike.
            ForgedTree.ofOneLeaf(3, 3, 1),
            // 16256 … 16511 in two halves of 128.
            new ForgedTree(0, 4, 0, 8, 127, new Both(0, leaf, leaf)),
            // −2 … 1, without −2.
            new ForgedTree(
                0, 4, 0, 2, -1, new Both(0, new One(1, leaf), new Both(0, leaf, leaf)))));
  }

  /** The bytes of a stream of a block, with the distributions as they are now. */
  byte[] stream(int stream, long... symbols) {
    return new ForgedStream(trees.get(stream)).write(symbols);
  }

  private Block block(int number) {
    Block block = new Block();
    long[][] symbols = SYMBOLS[number];
    block.entries = new long[] {symbols[0].length, symbols[2].length};
    block.ordinal = number == 0 ? 0 : SYMBOLS[0][0].length;
    for (int stream = 0; stream < symbols.length; stream++) {
      block.streams.add(stream(stream, symbols[stream]));
    }
    block.statistics.add(ForgedTable.statistics(fields.columns().get(0), symbols[1], 0));
    long[] pt = symbols[2].clone();
    for (int i = 0; i < pt.length; i++) {
      // bits:7 keeps the upper 16 bits.
      pt[i] <<= 16;
    }
    block.statistics.add(ForgedTable.statistics(fields.columns().get(1), pt, 0x1p-9));
    block.statistics.add(ForgedTable.statistics(fields.columns().get(2), symbols[3], 0));
    return block;
  }

  /**
   * Gives pt another precision, and other symbols in both blocks.
   *
   * @param precision its number
   * @param setting mantissa bits, or the bits of the bound
   * @param level and {@code place} those of the one leaf that all symbols are in
   */
  void pt(
      int precision,
      long setting,
      SegmentValues.Fields scale,
      int level,
      long place,
      long[]... symbols) {
    HeaderFields.Column column = new HeaderFields.Column(1, "pt", 10, 0, "", precision, setting, 0);
    describePt(column);
    header = ForgedHeader.write(fields, 0);
    scales.set(1, scale);
    trees.set(2, ForgedTree.ofOneLeaf(4, level, place));
    SegmentValues values = new SegmentValues(column, scale);
    for (int number = 0; number < symbols.length; number++) {
      Block block = blocks.get(number);
      block.streams.set(2, stream(2, symbols[number]));
      int[] events = Phases.of(seed, ordinals(block));
      int[] jets = Phases.ofLists(events, SYMBOLS[number][0], symbols[number].length);
      long[] bits = symbols[number].clone();
      for (int i = 0; i < bits.length; i++) {
        bits[i] = values.bits(bits[i], jets[i]);
      }
      block.statistics.set(1, ForgedTable.statistics(column, bits, 0.25));
    }
  }

  /** Says what the sections take pt for; the header stays. */
  void describePt(HeaderFields.Column pt) {
    describePt(pt, fields.models());
  }

  /** As above, of a file with models. */
  void describePt(HeaderFields.Column pt, List<HeaderFields.Model> models) {
    List<HeaderFields.Column> columns = new ArrayList<>(fields.columns());
    columns.set(1, pt);
    fields = new HeaderFields(fields.producer(), models, fields.groups(), columns);
  }

  byte[] bytes() {
    ForgedFile file = new ForgedFile(major, minor);
    offsets.add(file.offset());
    file.frame('H', header, headerBody);
    before.accept(file);
    ForgedTable table = new ForgedTable(fields, file);
    if (blocksFirst) {
      write(blocks.getFirst(), table, file);
    }
    offsets.add(file.offset());
    if (distributions != null) {
      table.distributions(distributions);
    } else if (distributionsBody.length > 0) {
      table.distributions(new byte[4], distributionsBody);
    } else {
      List<ForgedCoding> codings = new ArrayList<>(trees);
      contexts.forEach(codings::set);
      table.distributions(scales, codings);
    }
    if (!blocksFirst) {
      write(blocks.getFirst(), table, file);
    }
    between.accept(file);
    write(blocks.getLast(), table, file);
    behind.accept(file);
    offsets.add(file.offset());
    byte[] head = footer != null ? footer : totals != null ? table.footer(totals) : table.footer();
    file.frame('F', head, footerBody);
    return file.trailer(footerOffset >= 0 ? footerOffset : file.lastOffset());
  }

  private void write(Block block, ForgedTable table, ForgedFile file) {
    offsets.add(file.offset());
    table.phases(seed, ordinals(block));
    table.refined(block.refined);
    table.listed(block.listed);
    if (block.head != null) {
      table.block(block.head, block.body, block.entries, block.statistics);
    } else if (block.back >= 0) {
      table.block(block.back, block.first, block.entries, block.streams, block.statistics);
    } else {
      table.block(block.entries, block.streams, block.statistics);
    }
  }

  private static long[] ordinals(Block block) {
    long[] ordinals = new long[Math.clamp(block.entries[0], 1, 1 << 10)];
    Arrays.setAll(ordinals, i -> block.ordinal + i);
    return ordinals;
  }
}
