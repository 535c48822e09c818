package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.ContainerReader.SectionHead;
import org.jetfold.codec.container.DamagedFileException;
import org.jetfold.codec.container.FileHeader;
import org.jetfold.codec.container.UnsupportedFormatException;
import org.jetfold.codec.quantize.InvalidSymbolException;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the chosen columns of blocks, reading only the streams that they need. Safe for use by
 * several threads.
 *
 * <p>Everything damaged comes out as {@link DamagedFileException} with the offset of the stream or
 * field.
 */
public final class BlockReader {
  private final ContainerReader container;
  private final Schema schema;
  private final Projection projection;
  private final Map<Integer, Quantizer> quantizers = new HashMap<>();

  /**
   * A reader of some columns.
   *
   * @throws UnsupportedFormatException where one of them is coded by a model that this version does
   *     not know
   */
  public BlockReader(ContainerReader container, Projection projection)
      throws UnsupportedFormatException {
    this.container = container;
    this.projection = projection;
    FileHeader header = container.header();
    this.schema = header.schema();
    for (int column : projection.columns()) {
      Column described = schema.columns().get(column);
      FileHeader.ColumnCoding coding = header.columns().get(column);
      if (coding.coding() != 0) {
        throw new UnsupportedFormatException(
            "column %s is coded by a model of a kind that this version does not know: use a newer Jetfold"
                .formatted(described.name()));
      }
      quantizers.put(column, Quantizer.of(coding.precision(), described.type()));
    }
  }

  /** The shape of the tables that come out. */
  public Schema schema() {
    return projection.schema();
  }

  /** What blocks need to be decoded: the distributions that stand before them. Opaque. */
  public static final class Decoding {
    private final StaticModel model;

    private Decoding(StaticModel model) {
      this.model = model;
    }
  }

  /** Makes the distributions of a section ready. */
  public Decoding decoding(SectionHead.Distributions section) throws DamagedFileException {
    try {
      return new Decoding(new StaticModel(schema, section));
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** Decodes a block. */
  public Table read(SectionHead.Block block, Decoding decoding) throws IOException {
    BlockHead head = block.head();
    List<int[]> offsets = new ArrayList<>();
    for (int group : projection.groups().subList(1, projection.groups().size())) {
      offsets.add(readOffsets(block, decoding.model, group));
    }
    Map<Integer, long[]> symbols = new HashMap<>();
    List<ColumnValues> columns = new ArrayList<>();
    for (int column : projection.columns()) {
      int count = head.entries()[schema.groupOf(column)];
      ColumnValues values = ColumnValues.zeros(schema.columns().get(column).type(), count);
      restore(block, column, symbolsOf(block, decoding.model, column, symbols), count, values);
      columns.add(values);
    }
    return new Table(projection.schema(), head.entries()[0], offsets, columns);
  }

  /**
   * A column's symbols; those it refers to, of columns before it, are decoded on the way and kept
   * in {@code known}.
   */
  private long[] symbolsOf(
      SectionHead.Block block, StaticModel model, int column, Map<Integer, long[]> known)
      throws IOException {
    // References only lead to earlier columns; the chain is walked without recursion, as a hostile
    // one may be long.
    List<Integer> chain = new ArrayList<>();
    int needed = column;
    while (needed >= 0 && !known.containsKey(needed)) {
      chain.add(needed);
      needed = model.referenceColumn(BlockHead.streamOfColumn(schema, needed));
    }
    for (int next : chain.reversed()) {
      int stream = BlockHead.streamOfColumn(schema, next);
      long[] reference = known.get(model.referenceColumn(stream));
      known.put(next, decode(block, model, stream, reference));
    }
    long[] symbols = known.get(column);
    if (symbols == null) {
      throw new IllegalStateException("column " + column + " was not decoded");
    }
    return symbols;
  }

  private long[] decode(
      SectionHead.Block block, StaticModel model, int stream, long @Nullable [] reference)
      throws IOException {
    int count = block.head().symbols(schema, stream);
    ByteReader in = container.readStream(block, stream);
    long[] symbols = new long[count];
    try {
      model.decoder(stream).decode(in, symbols, count, reference);
      return symbols;
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    }
  }

  private void restore(
      SectionHead.Block block, int column, long[] symbols, int count, ColumnValues values)
      throws IOException {
    Quantizer quantizer = quantizers.get(column);
    if (quantizer == null) {
      throw new IllegalStateException("column " + column + " was not asked for");
    }
    try {
      quantizer.restore(symbols, count, values, 0);
    } catch (InvalidSymbolException e) {
      throw new DamagedFileException(
          block.streamsOffset(),
          "column %s: %s".formatted(schema.columns().get(column).name(), e.getMessage()));
    }
  }

  private int[] readOffsets(SectionHead.Block block, StaticModel model, int group)
      throws IOException {
    int stream = BlockHead.streamOfCounts(group);
    long[] counts = decode(block, model, stream, null);
    int entries = block.head().entries()[group];
    int[] offsets = new int[counts.length + 1];
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (counts[i] < 0 || sum > entries) {
        throw new DamagedFileException(
            block.offset(), "the numbers of entries in a block's lists contradict its head");
      }
      offsets[i + 1] = (int) sum;
    }
    if (sum != entries) {
      throw new DamagedFileException(
          block.offset(), "the numbers of entries in a block's lists contradict its head");
    }
    return offsets;
  }
}
