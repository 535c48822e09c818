package org.jetfold.tables.hdf5;

import io.jhdf.GlobalHeap;
import io.jhdf.Utils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.storage.HdfBackingStorage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.events.VariableFile;
import org.jetfold.tables.events.VariableValues;
import org.jetfold.tables.rows.GrowingValues;

/**
 * The datasets of a file in which some hold HDF5's lists of variable length: an element an event. A
 * list is a length and a place in a heap, the others beside it are values of the events.
 */
final class ListFile implements VariableFile {
  /** Lists within lists deeper than these are a hostile file's. */
  private static final int MAX_DEPTH = 16;

  /** The length of a list, before its place. */
  private static final int LENGTH_BYTES = 4;

  private static final int HEAPS = 64;

  private final HdfBackingStorage storage;
  private final Closeable owner;
  private final long events;
  private final Map<Variable, Member> members = new LinkedHashMap<>();

  /**
   * Where a variable's numbers are: a dataset, and a place in what its lists hold.
   *
   * @param bytes bytes from one number to the next
   */
  private record Member(Hdf5Dataset dataset, int bytes, Slot slot) {}

  /**
   * A file.
   *
   * @param events the length of all datasets
   * @param owner closed with it
   */
  ListFile(HdfBackingStorage storage, long events, Closeable owner) {
    this.storage = storage;
    this.events = events;
    this.owner = owner;
  }

  /** How many lists are around what they hold; text is no list. */
  static int depth(DataType type) {
    int depth = 0;
    DataType element = type;
    while (element instanceof VariableLength list && !list.isVariableLengthString()) {
      element = list.getParent();
      depth++;
    }
    return depth <= MAX_DEPTH ? depth : 0;
  }

  /** What the lists of a type hold in the end; the type itself where it is no list. */
  static DataType element(DataType type) {
    DataType element = type;
    for (int depth = depth(type); depth > 0; depth--) {
      element = ((VariableLength) element).getParent();
    }
    return element;
  }

  /** Adds the numbers of a dataset, with the names that its columns have. */
  void add(Hdf5Dataset dataset, RowLayout layout, List<Column> columns) {
    for (int i = 0; i < columns.size(); i++) {
      Variable variable =
          new Variable(columns.get(i).name(), columns.get(i), depth(dataset.type()));
      members.put(variable, new Member(dataset, layout.bytes(), layout.slots().get(i)));
    }
  }

  @Override
  public List<Variable> variables() {
    return List.copyOf(members.keySet());
  }

  @Override
  public long events() {
    return events;
  }

  @Override
  public List<int[]> lengths(List<Variable> lists, int count) throws IOException {
    try (Cursor sample = open(lists)) {
      return sample.lengths(count);
    }
  }

  @Override
  public Cursor open(List<Variable> variables) {
    return new Lists(variables.stream().map(v -> Objects.requireNonNull(members.get(v))).toList());
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }

  private final class Lists implements Cursor {
    private final List<Member> wanted;
    private final Map<Long, GlobalHeap> heaps =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, GlobalHeap> eldest) {
            return size() > HEAPS;
          }
        };
    private long next;

    Lists(List<Member> wanted) {
      this.wanted = wanted;
    }

    /** Elements with the lists around them. */
    private record Unpacked(byte[] elements, List<int[]> offsets) {}

    @Override
    public List<VariableValues> read(int count) throws IOException {
      Map<Hdf5Dataset, Unpacked> datasets = new HashMap<>();
      List<VariableValues> values = new ArrayList<>();
      for (Member member : wanted) {
        Unpacked unpacked = datasets.get(member.dataset());
        if (unpacked == null) {
          unpacked = unpacked(member.dataset(), count);
          datasets.put(member.dataset(), unpacked);
        }
        values.add(new VariableValues(numbers(member, unpacked.elements()), unpacked.offsets()));
      }
      next += count;
      return values;
    }

    private static ColumnValues numbers(Member member, byte[] elements) {
      int bytes = member.bytes();
      int count = elements.length / bytes;
      GrowingValues values = new GrowingValues(member.slot().element().type(), count);
      member.slot().element().decode(elements, member.slot().at(), bytes, count, values);
      return values.take(count);
    }

    private Unpacked unpacked(Hdf5Dataset dataset, int count) throws IOException {
      List<int[]> offsets = new ArrayList<>();
      byte[] elements = dataset.read(next, count);
      DataType type = dataset.type();
      try {
        while (type instanceof VariableLength list) {
          elements = contents(elements, list, offsets);
          type = list.getParent();
        }
      } catch (RuntimeException e) {
        throw new UnreadableTableException(
            "%s: the lists from event %d on cannot be read: it is damaged: %s"
                .formatted(dataset.what(), next, Hdf5Source.reason(e)),
            e);
      }
      return new Unpacked(elements, offsets);
    }

    /** What some lists hold, one behind the other; adds their offsets. */
    private byte[] contents(byte[] lists, VariableLength type, List<int[]> offsets) {
      int count = lists.length / type.getSize();
      int elementBytes = type.getParent().getSize();
      int[] ends = new int[count + 1];
      List<ByteBuffer> parts = new ArrayList<>();
      ByteBuffer in = ByteBuffer.wrap(lists).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        in.position(i * type.getSize());
        int length = Utils.readBytesAsUnsignedInt(in, LENGTH_BYTES);
        long heap = Utils.readBytesAsUnsignedLong(in, storage.getSizeOfOffsets());
        int object = Utils.readBytesAsUnsignedInt(in, 4);
        ends[i + 1] = Math.addExact(ends[i], length);
        if (length > 0) {
          ByteBuffer part = heap(heap).getObjectData(object);
          parts.add(part.limit(Math.multiplyExact(length, elementBytes)));
        }
      }
      offsets.add(ends);
      int bytes = Math.multiplyExact(ends[count], elementBytes);
      if (bytes > storage.size()) {
        throw new HdfException("its lists hold %d bytes, more than the file".formatted(bytes));
      }
      ByteBuffer all = ByteBuffer.allocate(bytes);
      parts.forEach(all::put);
      return all.array();
    }

    private GlobalHeap heap(long address) {
      return heaps.computeIfAbsent(address, at -> new GlobalHeap(storage, at));
    }

    @Override
    public void close() {
      heaps.clear();
    }
  }
}
