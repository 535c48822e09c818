package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.ContainerReader.SectionHead;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.ModelSource;
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
  private final List<ModelledColumns> modelled = new ArrayList<>();
  private final List<AutoencodedColumns> autoencoded = new ArrayList<>();
  private final Queue<DecodingBuffers> idle = new ConcurrentLinkedQueue<>();

  /**
   * A reader of some columns.
   *
   * @param models where models are that the file names but does not hold
   * @throws UnsupportedFormatException where one of them is coded by a model that this version does
   *     not know
   * @throws org.jetfold.codec.file.MissingModelException where one of them needs a model that is
   *     not found
   */
  public BlockReader(ContainerReader container, Projection projection, ModelSource models)
      throws IOException {
    this.container = container;
    this.projection = projection;
    FileHeader header = container.header();
    this.schema = header.schema();
    for (int column : projection.columns()) {
      Column described = schema.columns().get(column);
      quantizers.put(
          column, Quantizer.of(header.columns().get(column).precision(), described.type()));
    }
    for (Map.Entry<Integer, Binding> needed :
        new Models(container, models).neededFor(projection.columns()).entrySet()) {
      switch (needed.getValue()) {
        case ModelBinding density ->
            modelled.add(new ModelledColumns(container, density, projection.columns()));
        case AutoencoderBinding binding ->
            autoencoded.add(
                new AutoencodedColumns(container, binding, needed.getKey(), projection.columns()));
      }
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
      return new Decoding(new StaticModel(container.header(), section));
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** Decodes a block. */
  public Table read(SectionHead.Block block, Decoding decoding) throws IOException {
    DecodingBuffers kept = idle.poll();
    DecodingBuffers buffers = kept == null ? new DecodingBuffers() : kept;
    try {
      return read(block, decoding.model, buffers);
    } finally {
      idle.add(buffers);
    }
  }

  private Table read(SectionHead.Block block, StaticModel model, DecodingBuffers buffers)
      throws IOException {
    BlockHead head = block.head();
    List<int[]> offsets = new ArrayList<>();
    Map<Integer, int[]> offsetsOfGroups = new HashMap<>();
    for (int group : projection.groups().subList(1, projection.groups().size())) {
      offsets.add(readOffsets(block, model, group, buffers));
      offsetsOfGroups.put(group, offsets.getLast());
    }
    Map<Integer, long[]> referred = referredColumns(block, model, buffers);
    for (ModelledColumns columns : modelled) {
      int group = columns.group();
      columns.decode(block, offsetsOfGroups.getOrDefault(group, new int[0]), referred);
    }
    for (AutoencodedColumns columns : autoencoded) {
      int[] ofGroup = offsetsOfGroups.getOrDefault(columns.group(), new int[0]);
      columns.decode(block, model, ofGroup, referred);
    }
    List<ColumnValues> columns = new ArrayList<>();
    for (int column : projection.columns()) {
      int count = head.entries()[schema.groupOf(column)];
      long[] symbols = referred.get(column);
      if (symbols == null) {
        int stream = BlockHead.streamOfColumn(schema, column);
        symbols = buffers.symbols(count);
        decode(block, model, stream, referred.get(model.referenceColumn(stream)), symbols, buffers);
      }
      ColumnValues values = ColumnValues.zeros(schema.columns().get(column).type(), count);
      restore(block, column, symbols, count, values);
      columns.add(values);
    }
    return new Table(projection.schema(), head.entries()[0], offsets, columns);
  }

  /**
   * The symbols of all columns that others are told relative to, or that an autoencoder is given,
   * by the column's number. None of them is coded by a model: {@link StaticModel} sees to that.
   */
  private Map<Integer, long[]> referredColumns(
      SectionHead.Block block, StaticModel model, DecodingBuffers buffers) throws IOException {
    // References only lead to earlier columns, so in increasing order each finds its own decoded.
    TreeMap<Integer, long[]> referred = new TreeMap<>();
    for (AutoencodedColumns columns : autoencoded) {
      for (int column : columns.needed()) {
        referred.put(column, new long[block.head().entries()[schema.groupOf(column)]]);
      }
    }
    List<Integer> referring = new ArrayList<>(projection.columns());
    referring.addAll(referred.keySet());
    for (int column : referring) {
      int needed = model.referenceColumn(BlockHead.streamOfColumn(schema, column));
      while (needed >= 0 && !referred.containsKey(needed)) {
        referred.put(needed, new long[block.head().entries()[schema.groupOf(needed)]]);
        needed = model.referenceColumn(BlockHead.streamOfColumn(schema, needed));
      }
    }
    for (Map.Entry<Integer, long[]> column : referred.entrySet()) {
      int stream = BlockHead.streamOfColumn(schema, column.getKey());
      long[] reference = referred.get(model.referenceColumn(stream));
      decode(block, model, stream, reference, column.getValue(), buffers);
    }
    return referred;
  }

  private void decode(
      SectionHead.Block block,
      StaticModel model,
      int stream,
      long @Nullable [] reference,
      long[] symbols,
      DecodingBuffers buffers)
      throws IOException {
    int count = block.head().symbols(container.header(), stream);
    ByteReader in = container.readStream(block, stream);
    try {
      model.decoder(stream).decode(in, symbols, count, reference, buffers.coding());
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

  private int[] readOffsets(
      SectionHead.Block block, StaticModel model, int group, DecodingBuffers buffers)
      throws IOException {
    int stream = BlockHead.streamOfCounts(group);
    int lists = block.head().symbols(container.header(), stream);
    long[] counts = buffers.symbols(lists);
    decode(block, model, stream, null, counts, buffers);
    int entries = block.head().entries()[group];
    int[] offsets = new int[lists + 1];
    long sum = 0;
    for (int i = 0; i < lists; i++) {
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
