package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.entropy.ContextDecoder;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.entropy.FloatStreamDecoder;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.quantize.InvalidSymbolException;
import org.jetfold.codec.quantize.OrdinalDifferences;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/** A block that is being decoded: its streams, and the distributions before it. For one thread. */
public final class BlockStreams {
  private final ContainerReader container;
  private final SectionHead.Block block;
  private final SegmentDistributions distributions;
  private final DecodingBuffers buffers;
  private final Map<Integer, ContainerReader.StreamBytes> read = new HashMap<>();
  private final Map<Integer, int[]> offsets = new HashMap<>();
  private final Map<Integer, int[]> places = new HashMap<>();
  private final EventPhases phases;

  /** For columns with spikes that have no symbols of their own, in which parts values lie. */
  private final Map<Integer, long[]> parts = new HashMap<>();

  BlockStreams(
      ContainerReader container,
      SectionHead.Block block,
      SegmentDistributions distributions,
      DecodingBuffers buffers) {
    this.container = container;
    this.block = block;
    this.distributions = distributions;
    this.buffers = buffers;
    BlockHead head = block.head();
    phases =
        new EventPhases(
            container.header().schema(),
            head.seed(),
            head.ordinals(),
            head.entries()[0],
            this::offsets);
  }

  /**
   * Reads streams together. Others are read when they are asked for.
   *
   * @param streams in increasing order
   */
  void readAhead(int[] streams) throws IOException {
    List<ContainerReader.StreamBytes> bytes = container.readStreams(block, streams);
    for (int i = 0; i < streams.length; i++) {
      read.put(streams[i], bytes.get(i));
    }
  }

  /** The bytes of a stream. */
  ByteReader bytes(int stream) throws IOException {
    ContainerReader.StreamBytes known = read.get(stream);
    return known != null
        ? known.reader()
        : container.readStreams(block, stream).getFirst().reader();
  }

  /**
   * Restores a column's values.
   *
   * @param decoded has the column's symbols
   * @param values receives them; of the column's type
   * @throws DamagedFileException where a symbol is none that a value has
   */
  void restore(int column, DecodedSymbols decoded, ColumnValues values)
      throws DamagedFileException {
    int[] symbols = decoded.decodedInts(column);
    if (symbols == null
        || !(values instanceof ColumnValues.Floats(float[] floats))
        || !distributions
            .restorer(column)
            .restore(symbols, floats.length, phasesOf(column), floats)) {
      restore(column, decoded.longs(column), values.size(), values);
    }
  }

  /**
   * Restores a column's values from its symbols.
   *
   * @param values receives {@code count} values; of the column's type
   * @throws DamagedFileException where a symbol is none that a value has
   */
  void restore(int column, long[] symbols, int count, ColumnValues values)
      throws DamagedFileException {
    byte[] ofColumn = phasesOf(column);
    try {
      distributions.quantizer(column).restore(symbols, count, ofColumn, 0, values, 0);
      long[] inParts = parts.get(column);
      if (inParts != null) {
        distributions.parts(column).place(symbols, count, inParts, ofColumn, 0, values, 0);
      }
    } catch (InvalidSymbolException e) {
      throw damaged(column, e);
    }
  }

  private DamagedFileException damaged(int column, InvalidSymbolException e) {
    String name = container.header().schema().columns().get(column).name();
    return new DamagedFileException(offset(), "column %s: %s".formatted(name, e.getMessage()));
  }

  /**
   * Makes the values of a refined column exact in refined events; those of others stay.
   *
   * @param values as {@link #restore} left them
   */
  void refine(int column, ColumnValues values) throws IOException {
    FileHeader header = container.header();
    FileGuarantees guarantees = header.guarantees();
    int number = guarantees == null ? -1 : guarantees.refinedColumns().indexOf(column);
    if (number < 0 || block.head().refined() == 0) {
      return;
    }
    int[] rows =
        new RefinedRows(header.schema(), refinedEvents(), this::offsets)
            .of(header.schema().groupOf(column));
    long[] differences = new long[rows.length];
    decode(header.streamOfRefinedEvents() + 1 + number, rows.length, differences);
    try {
      OrdinalDifferences.add(differences, rows, values);
    } catch (InvalidSymbolException e) {
      throw damaged(column, e);
    }
  }

  private int[] refinedEvents() throws IOException {
    int count = block.head().refined();
    long[] gaps = new long[count];
    decode(container.header().streamOfRefinedEvents(), count, gaps);
    int[] events = new int[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (gaps[i] < 0 || gaps[i] >= entries(0) - next) {
        throw new DamagedFileException(offset(), "a refined event is not one of the block's");
      }
      events[i] = next + (int) gaps[i];
      next = events[i] + 1;
    }
    return events;
  }

  /** The symbols of values that no stream holds, as a column's streams would have them. */
  void quantize(int column, ColumnValues values, long[] symbols) {
    distributions
        .quantizer(column)
        .quantize(values, 0, symbols.length, phasesOf(column), 0, symbols);
  }

  private byte[] phasesOf(int column) {
    return distributions.isDithered(column)
        ? phases(container.header().schema().groupOf(column))
        : new byte[0];
  }

  /** The type of a column's values. */
  ValueType type(int column) {
    return container.header().schema().columns().get(column).type();
  }

  /** The phase of each entry of a group. */
  byte[] phases(int group) {
    return phases.of(group);
  }

  /** Whether a stream has a distribution of values, so that no model codes it. */
  boolean hasDistribution(int stream) {
    return distributions.hasValues(stream);
  }

  /** Whether the phases of events shift the grid of a column. */
  boolean isDithered(int column) {
    return distributions.isDithered(column);
  }

  /** Whether a column is coded in this block as one without a model is. */
  boolean isStatic(int column) {
    return distributions.isStatic(column);
  }

  /** Whether a column has spikes that have no symbols of their own. */
  boolean hasParts(int column) {
    return !distributions.parts(column).isEmpty();
  }

  /** Decodes what is told of such spikes, for {@link #restore}. */
  void decodeParts(int column, long[] symbols, ByteReader in) {
    int number = distributions.parts(column).number(symbols, phasesOf(column), 0);
    long[] decoded = new long[number];
    distributions
        .decoder(BlockHead.streamOfColumn(container.header().schema(), column))
        .decode(in, decoded, number, null, buffers.coding());
    parts.put(column, decoded);
  }

  /** How many entries a group has in the block. */
  public int entries(int group) {
    return block.head().entries()[group];
  }

  /** Where the block's streams start in the file, for messages. */
  public long offset() {
    return block.streamsOffset();
  }

  /**
   * Where the lists of the parent's entries start in a group, and last where they end; empty for
   * the root.
   */
  public int[] offsets(int group) {
    return offsets.getOrDefault(group, new int[0]);
  }

  /** Symbols of a column as another one of the same precision numbers them. */
  long[] inSymbolsOf(int referred, int column, long[] symbols) {
    return distributions.inSymbolsOf(referred, column, symbols);
  }

  /**
   * Symbols of a column as another one of the same precision numbers them.
   *
   * @return null where one is no int
   */
  int @Nullable [] inSymbolsOf(int referred, int column, int[] symbols, int count) {
    if (distributions.haveSameSymbols(referred, column)) {
      return symbols;
    }
    int[] translated = buffers.translated(count);
    return distributions.translation(referred, column).translate(symbols, count, translated)
        ? translated
        : null;
  }

  /** An array of at least this length, which holds anything. */
  int[] take(int length) {
    return buffers.take(length);
  }

  /** Takes back what {@link #take} gave. */
  void giveBack(int[] taken) {
    buffers.giveBack(taken);
  }

  /** The columns without whose symbols a column cannot be decoded. */
  List<Integer> decodedBefore(int column) {
    return distributions.decodedBefore(column);
  }

  /** All columns, each behind those that must be decoded before. */
  int[] decodingOrder() {
    return distributions.decodingOrder();
  }

  /** The place of each entry of a group in its list; not to be changed. */
  int[] places(int group) {
    return places.computeIfAbsent(group, number -> Places.of(offsets(number), 0, entries(number)));
  }

  /** The bytes of a column's stream. */
  public ByteReader bytesOfColumn(int column) throws IOException {
    return bytes(BlockHead.streamOfColumn(container.header().schema(), column));
  }

  /** Decodes a column's stream that refers to no other. */
  public void decodeColumn(int column, long[] symbols) throws IOException {
    decode(BlockHead.streamOfColumn(container.header().schema(), column), symbols.length, symbols);
  }

  /**
   * Decodes a column's stream straight to values, where that is possible.
   *
   * @param values receives all values of the block
   * @return whether it was; if not, nothing is done
   */
  boolean decodeValues(int column, ColumnValues values) throws IOException {
    FloatStreamDecoder decoder = distributions.floatDecoder(column);
    if (decoder == null || !(values instanceof ColumnValues.Floats(float[] floats))) {
      return false;
    }
    try {
      decoder.decode(bytesOfColumn(column), floats, floats.length, buffers.coding());
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
    return true;
  }

  /**
   * Decodes a column's stream to ints.
   *
   * @param in the stream
   * @param rows what is known of the block's rows
   * @param symbols receives one for each row
   * @return false where symbols may be no ints: nothing of use is decoded then
   */
  boolean decodeInts(int column, ByteReader in, Contexts.KnownRows rows, int[] symbols)
      throws DamagedFileException {
    int stream = BlockHead.streamOfColumn(container.header().schema(), column);
    ContextDecoder inContexts = distributions.contextDecoder(stream);
    try {
      if (inContexts != null) {
        return inContexts.decodeInts(in, symbols, rows, buffers.coding());
      }
      List<Integer> before = decodedBefore(column);
      int[] told = before.isEmpty() ? null : rows.toldAsInts(before.getFirst());
      return distributions
          .decoder(stream)
          .decodeInts(in, symbols, rows.count(), told, buffers.coding());
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /** As {@link #decodeInts}, whatever the symbols are. */
  void decode(int column, ByteReader in, Contexts.KnownRows rows, long[] symbols)
      throws DamagedFileException {
    int stream = BlockHead.streamOfColumn(container.header().schema(), column);
    ContextDecoder inContexts = distributions.contextDecoder(stream);
    try {
      if (inContexts != null) {
        inContexts.decode(in, symbols, rows, buffers.coding());
        return;
      }
      List<Integer> before = decodedBefore(column);
      long[] told = before.isEmpty() ? null : rows.told(before.getFirst());
      distributions.decoder(stream).decode(in, symbols, rows.count(), told, buffers.coding());
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /** Decodes a stream that refers to no column. */
  public void decode(int stream, int count, long[] symbols) throws IOException {
    ByteReader in = bytes(stream);
    try {
      distributions.decoder(stream).decode(in, symbols, count, null, buffers.coding());
    } catch (MalformedBytesException e) {
      throw damaged(e);
    }
  }

  /** What is thrown for malformed bytes of a stream. */
  public static DamagedFileException damaged(MalformedBytesException e) {
    return new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
  }

  /** Reads the counts of a group's lists. */
  int[] readOffsets(int group) throws IOException {
    int stream = BlockHead.streamOfCounts(group);
    int lists = block.head().symbols(container.header(), stream);
    long[] counts = buffers.symbols(lists);
    decode(stream, lists, counts);
    int entries = entries(group);
    int[] starts = new int[lists + 1];
    long sum = 0;
    for (int i = 0; i < lists; i++) {
      sum += counts[i];
      if (counts[i] < 0 || sum > entries) {
        throw contradicted();
      }
      starts[i + 1] = (int) sum;
    }
    if (sum != entries) {
      throw contradicted();
    }
    offsets.put(group, starts);
    return starts;
  }

  private DamagedFileException contradicted() {
    return new DamagedFileException(
        block.offset(), "the numbers of entries in a block's lists contradict its head");
  }
}
