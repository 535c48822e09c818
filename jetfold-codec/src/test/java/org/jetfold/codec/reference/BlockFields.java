package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** A block's head and streams, section 8. */
public final class BlockFields {
  private static final long MAX_VALUES = 1 << 24;

  private final HeaderFields header;
  private final SegmentFields segment;
  private final List<BoundModel> models;
  private final List<BoundAutoencoder> autoencoders;
  private final int lists;

  private long[] entries = {};
  private long[][] symbols = {};
  private long[][] values = {};

  /** What the symbols of each column stand for. */
  private final List<SegmentValues> meaning;

  /** The segment is that of the block. The models are those in use. */
  BlockFields(
      HeaderFields header,
      SegmentFields segment,
      List<BoundModel> models,
      List<BoundAutoencoder> autoencoders) {
    this.header = header;
    this.segment = segment;
    this.models = models;
    this.autoencoders = autoencoders;
    meaning = new ArrayList<>(segment.values());
    this.lists = header.groups().size() - 1;
  }

  /** Where in the order of frames and entries the block stands. */
  record Place(long back, long first) {}

  /** Reads a block, and says what place it claims. */
  Place read(byte[] file, ByteCursor head, long bodyOffset, long bodyEnd) {
    Place place = new Place(head.varint(Integer.MAX_VALUE), head.varint(Long.MAX_VALUE));
    long seed = header.isDithered() ? head.bigVarint().longValue() : 0;
    long ordinal = header.isDithered() ? head.bigVarint().longValue() : 0;
    readEntries(head);
    long[] ordinals = header.isDithered() ? ordinals(head, ordinal) : new long[(int) entries[0]];
    int refined = header.guarantees() == null ? 0 : (int) head.varint(entries[0]);
    ByteCursor[] streams = streams(file, head, bodyOffset, bodyEnd);
    symbols = new long[header.streams()][];
    for (int stream = 0; stream < lists + header.columns().size(); stream++) {
      if (stream < lists || segment.isStatic().get(stream - lists)) {
        decode(stream, streams);
      }
    }
    checkCounts(bodyOffset);
    int[][] phases = phases(seed, ordinals);
    values = new long[header.columns().size()][];
    restore(true, phases, new long[header.columns().size()][], bodyOffset);
    long[][] parts = new long[header.columns().size()][];
    List<BoundModel> fromAbove = new ArrayList<>(models);
    fromAbove.sort(Comparator.comparingInt(model -> depth(model.group())));
    for (BoundModel model : fromAbove) {
      model.putValues(segment, meaning, header);
      long[][] ofModel =
          model.decode(streams, symbols, values, segment, meaning, header, phases[model.group()]);
      for (int column : model.columns()) {
        parts[column] = ofModel[column];
        if (!segment.isStatic().get(column)) {
          restore(column, phases, parts, bodyOffset);
        }
      }
    }
    for (BoundAutoencoder model : autoencoders) {
      model.decode(streams, symbols, values, segment, header, phases[model.group()]);
    }
    restore(false, phases, parts, bodyOffset);
    if (header.guarantees() != null) {
      refine(streams, refined, bodyOffset);
    }
    return place;
  }

  /** How many groups are above one. */
  private int depth(int group) {
    int depth = 0;
    for (int above = group; above > 0; above = header.groups().get(above).parent()) {
      depth++;
    }
    return depth;
  }

  /** Makes values of refined events exact: section 6.9. */
  private void refine(ByteCursor[] streams, int count, long offset) {
    int first = header.firstOfRefinement();
    long[] gaps = SymbolStream.decode(streams[first], segment.leaves().get(first), count, null);
    boolean[][] refined = new boolean[lists + 1][];
    refined[0] = new boolean[(int) entries[0]];
    long next = 0;
    for (long gap : gaps) {
      if (gap < 0 || gap >= entries[0] - next) {
        throw FileError.damaged(offset, "a refined event that the block does not have");
      }
      refined[0][(int) (next + gap)] = true;
      next += gap + 1;
    }
    for (int group = 1; group <= lists; group++) {
      boolean[] parents = refined[header.groups().get(group).parent()];
      refined[group] = new boolean[(int) entries[group]];
      int row = 0;
      for (int list = 0; list < parents.length; list++) {
        for (long i = 0; i < symbols[group - 1][list]; i++) {
          refined[group][row++] = parents[list];
        }
      }
    }
    for (int i = 0; i < header.guarantees().refined().size(); i++) {
      int column = header.guarantees().refined().get(i);
      boolean[] rows = refined[header.columns().get(column).group()];
      int number = 0;
      for (boolean row : rows) {
        number += row ? 1 : 0;
      }
      int stream = first + 1 + i;
      long[] differences =
          SymbolStream.decode(streams[stream], segment.leaves().get(stream), number, null);
      int at = 0;
      for (int row = 0; row < rows.length; row++) {
        if (rows[row]) {
          values[column][row] = moved(column, values[column][row], differences[at++], offset);
        }
      }
    }
  }

  private long moved(int column, long bits, long difference, long offset) {
    if (header.columns().get(column).type() == 10) {
      long ordinal = ((bits >> 31) == 0 ? bits : -1 - (bits & 0x7FFFFFFFL)) + difference;
      if (ordinal < -(1L << 31) || ordinal >= 1L << 31) {
        throw FileError.damaged(offset, "a value beyond all floats");
      }
      return ordinal >= 0 ? ordinal : (1L << 31) | (-1 - ordinal);
    }
    long ordinal = (bits >= 0 ? bits : -1 - (bits & Long.MAX_VALUE)) + difference;
    return ordinal >= 0 ? ordinal : Long.MIN_VALUE | (-1 - ordinal);
  }

  /** Decodes a stream behind those that it needs, unless it is decoded. */
  private void decode(int stream, ByteCursor[] streams) {
    if (symbols[stream] != null) {
      return;
    }
    int column = stream - lists;
    for (int other : segment.columns(stream)) {
      decode(lists + other, streams);
    }
    int rows = (int) entries[header.groupOfStream(stream)];
    ContextFields contexts = segment.contexts().get(stream);
    if (contexts == null) {
      Leaves distribution = segment.leaves().get(stream);
      int reference = distribution.reference();
      symbols[stream] =
          SymbolStream.decode(
              streams[stream],
              distribution,
              rows,
              reference < 2 ? new long[0] : told(column, reference - 2));
      return;
    }
    int group = header.columns().get(column).group();
    int[] places = group == 0 ? new int[rows] : places(symbols[group - 1], rows);
    int[] ofRows = new int[rows];
    for (int i = 0; i < rows; i++) {
      long symbol = contexts.source() < 2 ? 0 : symbols[lists + contexts.source() - 2][i];
      ofRows[i] = contexts.context(places[i], symbol);
    }
    long[] told = contexts.kind() == 2 ? told(column, contexts.column()) : new long[0];
    symbols[stream] = contexts.decode(streams[stream], ofRows, told);
  }

  /** The places of entries in their lists; those that no list has, as in damaged files, are 0. */
  public static int[] places(long[] counts, int entries) {
    int[] places = new int[entries];
    int at = 0;
    for (long count : counts) {
      for (int place = 0; place < count && at < entries; place++) {
        places[at++] = place;
      }
    }
    return places;
  }

  /** The symbols of column {@code other} as those of {@code column} are told relative to them. */
  private long[] told(int column, int other) {
    List<SegmentValues> columns = segment.values();
    return SegmentValues.inSymbolsOf(
        columns.get(column), columns.get(other), symbols[lists + other]);
  }

  private void readEntries(ByteCursor head) {
    entries = new long[lists + 1];
    for (int group = 0; group < entries.length; group++) {
      entries[group] = head.varint(Integer.MAX_VALUE);
    }
    if (entries[0] == 0) {
      throw head.damaged("a block without entries");
    }
    long count = 0;
    for (int stream = 0; stream < header.firstOfRefinement(); stream++) {
      count += entries[header.groupOfStream(stream)];
    }
    if (count > MAX_VALUES) {
      throw head.damaged("a block with too many values");
    }
  }

  private long[] ordinals(ByteCursor head, long first) {
    int events = (int) entries[0];
    long jumps = head.varint(events - 1);
    Map<Long, Long> jumpAt = new HashMap<>();
    long place = 0;
    for (long i = 0; i < jumps; i++) {
      long gap = head.varint(events - 1 - place);
      long jump = head.zigzag();
      if (gap == 0 || jump == 0) {
        throw head.damaged("a jump that is none");
      }
      place += gap;
      jumpAt.put(place, jump);
    }
    long[] ordinals = new long[events];
    ordinals[0] = first;
    for (int i = 1; i < events; i++) {
      ordinals[i] = ordinals[i - 1] + 1 + jumpAt.getOrDefault((long) i, 0L);
    }
    return ordinals;
  }

  private ByteCursor[] streams(byte[] file, ByteCursor head, long bodyOffset, long bodyEnd) {
    ByteCursor[] streams = new ByteCursor[header.streams()];
    long at = bodyOffset;
    for (int stream = 0; stream < streams.length; stream++) {
      long length = head.varint(Integer.MAX_VALUE);
      long check = length == 0 ? 0 : head.u32();
      if (at + length > bodyEnd) {
        throw head.damaged("streams beyond the body");
      }
      CRC32C crc = new CRC32C();
      crc.update(file, (int) at, (int) length);
      if (crc.getValue() != check) {
        throw FileError.damaged(at, "a stream's checksum");
      }
      streams[stream] = new ByteCursor(file, at, at + length);
      at += length;
    }
    if (at != bodyEnd) {
      throw head.damaged("the body is longer than its streams");
    }
    head.expectEnd();
    return streams;
  }

  private void checkCounts(long offset) {
    for (int group = 1; group <= lists; group++) {
      long sum = 0;
      for (long count : symbols[group - 1]) {
        if (count < 0 || count > entries[group]) {
          throw FileError.damaged(offset, "a list count is out of range");
        }
        sum += count;
      }
      if (sum != entries[group]) {
        throw FileError.damaged(offset, "list counts do not add up");
      }
    }
  }

  /** The phases of each group's entries. */
  private int[][] phases(long seed, long[] ordinals) {
    int[][] phases = new int[lists + 1][];
    phases[0] = Phases.of(seed, ordinals);
    for (int group = 1; group <= lists; group++) {
      int[] parents = phases[header.groups().get(group).parent()];
      phases[group] = Phases.ofLists(parents, symbols[group - 1], (int) entries[group]);
    }
    return phases;
  }

  /** Restores the columns that no model codes in the segment, or the others. */
  private void restore(boolean withoutModel, int[][] phases, long[][] parts, long offset) {
    for (int number = 0; number < values.length; number++) {
      if (segment.isStatic().get(number) == withoutModel) {
        restore(number, phases, parts, offset);
      }
    }
  }

  private void restore(int number, int[][] phases, long[][] parts, long offset) {
    HeaderFields.Column column = header.columns().get(number);
    long[] read = symbols[lists + number];
    SegmentValues floats = meaning.get(number);
    long[] range = column.integerRange();
    values[number] = new long[read.length];
    for (int i = 0; i < read.length; i++) {
      boolean right =
          column.isFloat() ? floats.defines(read[i]) : read[i] >= range[0] && read[i] <= range[1];
      if (!right) {
        throw FileError.damaged(offset, "a symbol that no value has");
      }
      values[number][i] =
          column.isFloat() ? floats.bits(read[i], phases[column.group()][i]) : read[i];
    }
    if (parts[number] != null && parts[number].length > 0) {
      place(number, phases[column.group()], parts[number], offset);
    }
  }

  /** Moves the values of a column into the parts of their cells that they lie in. */
  private void place(int number, int[] phases, long[] parts, long offset) {
    SegmentValues floats = meaning.get(number);
    List<Long> spikes = segment.values().get(number).fields().spikes();
    int next = 0;
    for (int i = 0; i < phases.length; i++) {
      long symbol = symbols[lists + number][i];
      List<Long> inCell = floats.inCell(spikes, symbol, phases[i]);
      if (!inCell.isEmpty()) {
        values[number][i] = floats.bits(symbol, phases[i], inCell, parts[next++], offset);
      }
    }
  }

  /** The contents of the block that was read. */
  DecodedBlock decoded() {
    long[][] counts = new long[lists + 1][];
    counts[0] = new long[0];
    System.arraycopy(symbols, 0, counts, 1, lists);
    return new DecodedBlock(entries, counts, values);
  }
}
