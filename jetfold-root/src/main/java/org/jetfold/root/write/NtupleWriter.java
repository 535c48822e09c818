package org.jetfold.root.write;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.ValueType;
import org.jetfold.root.ntuple.Envelope;

/**
 * Writes an RNTuple of format 1.0 to a ROOT file of its own. Lists are {@code std::vector}s, each
 * with its own column of ends, because that is what every reader understands. Pages and envelopes
 * are packed with Zstandard and have checksums. What is written depends on the values, the pieces
 * and the file's name alone.
 *
 * <p>The file is complete once {@link #finish} has returned; one that was closed before is not a
 * ROOT file. Holds one piece in memory, and the places of all pages. Not thread-safe.
 */
public final class NtupleWriter implements Closeable {
  private static final int PAGE_ELEMENTS = 1 << 16;
  private static final long MAX_KEY = 1 << 30;

  /** Says that a column's lowest and highest value follow. */
  private static final int RANGE = 2;

  private record Page(int elements, long offset, int bytes) {}

  private record Place(long offset, int bytes, int length, long checksum) {}

  private final String name;
  private final String description;
  private final List<NtupleField> fields;
  private final FileFrame file;
  private final List<WriteColumn> columns = new ArrayList<>();
  private final long[] elements;
  private final List<Long> clusterEntries = new ArrayList<>();

  /** For each cluster and column its pages, and the number of elements before them. */
  private final List<List<List<Page>>> pages = new ArrayList<>();

  private final List<long[]> firstElements = new ArrayList<>();
  private final Place header;
  private long entries;

  /**
   * Begins a file, in place of any that is there.
   *
   * @param fileName the name that the file keeps of itself, for writers that rename it in the end
   * @param name the RNTuple's name
   * @throws IllegalArgumentException if there are no fields, or two of one name
   */
  public NtupleWriter(Path path, String fileName, String name, List<NtupleField> fields)
      throws IOException {
    this(path, fileName, name, "", fields);
  }

  /**
   * Begins a file, in place of any that is there.
   *
   * @param fileName the name that the file keeps of itself, for writers that rename it in the end
   * @param name the RNTuple's name
   * @param description a text about the RNTuple for people
   * @throws IllegalArgumentException if there are no fields, or two of one name
   */
  public NtupleWriter(
      Path path, String fileName, String name, String description, List<NtupleField> fields)
      throws IOException {
    Set<String> names = new HashSet<>();
    for (NtupleField field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("two fields are called " + field.name());
      }
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("an RNTuple without fields");
    }
    this.name = name;
    this.description = description;
    this.fields = List.copyOf(fields);
    int id = 0;
    for (NtupleField field : fields) {
      for (int depth = 0; depth < field.depth(); depth++) {
        columns.add(WriteColumn.index(id++));
      }
      columns.add(WriteColumn.numbers(field, id++));
    }
    elements = new long[columns.size()];
    file = new FileFrame(path, fileName);
    try {
      header = envelope(Envelope.HEADER, headerContent());
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Writes entries as one cluster. A good cluster holds some ten thousand entries or more.
   *
   * @param values the values of every field, in the fields' order; their levels count as lists, of
   *     a fixed size or not
   * @throws IllegalArgumentException if the values do not go with the fields, or with each other
   */
  public void write(List<JaggedColumn> values) throws IOException {
    check(values);
    int count = values.getFirst().entries();
    if (count == 0) {
      return;
    }
    List<List<Page>> cluster = new ArrayList<>();
    firstElements.add(elements.clone());
    int column = 0;
    for (int i = 0; i < fields.size(); i++) {
      JaggedColumn jagged = values.get(i);
      for (int[] offsets : jagged.offsets()) {
        int lists = offsets.length - 1;
        elements[column++] += lists;
        cluster.add(writePages(lists, (from, to) -> PageEncoder.indexes(offsets, from, to)));
      }
      NtupleField field = fields.get(i);
      elements[column++] += jagged.values().size();
      cluster.add(
          writePages(jagged.values().size(), (from, to) -> page(field, jagged.values(), from, to)));
    }
    pages.add(cluster);
    clusterEntries.add((long) count);
    entries += count;
  }

  private static byte[] page(NtupleField field, ColumnValues values, int from, int to) {
    FloatGrid grid = field.grid();
    return grid == null
        ? PageEncoder.numbers(values, field.type(), from, to)
        : PageEncoder.places(values, grid, from, to);
  }

  /** How many bytes the pages of a field's values take. */
  public static long packedBytes(NtupleField field, ColumnValues values) {
    long bytes = 0;
    for (int from = 0; from < values.size(); from += PAGE_ELEMENTS) {
      int to = Math.min(values.size(), from + PAGE_ELEMENTS);
      bytes += Packing.packed(page(field, values, from, to)).length;
    }
    return bytes;
  }

  private interface Encoding {
    byte[] page(int from, int to);
  }

  private List<Page> writePages(int count, Encoding encoding) throws IOException {
    List<Page> written = new ArrayList<>();
    for (int from = 0; from < count; from += PAGE_ELEMENTS) {
      int to = Math.min(count, from + PAGE_ELEMENTS);
      byte[] packed = Packing.packed(encoding.page(from, to));
      Bytes blob = new Bytes(ByteOrder.LITTLE_ENDIAN).raw(packed);
      blob.u8(Hashing.xxh3_64().hashBytesToLong(packed));
      written.add(new Page(to - from, file.blob(blob.toArray()), packed.length));
    }
    return written;
  }

  private void check(List<JaggedColumn> values) {
    if (values.size() != fields.size()) {
      throw new IllegalArgumentException(
          "%d columns for %d fields".formatted(values.size(), fields.size()));
    }
    for (int i = 0; i < values.size(); i++) {
      JaggedColumn jagged = values.get(i);
      NtupleField field = fields.get(i);
      boolean typed =
          switch (jagged.values()) {
            case ColumnValues.Floats ignored -> field.type() == ValueType.FLOAT32;
            case ColumnValues.Doubles ignored -> field.type() == ValueType.FLOAT64;
            case ColumnValues.Integers ignored -> !field.type().isFloat();
          };
      int lists = values.getFirst().entries();
      boolean shaped = jagged.entries() == lists && jagged.offsets().size() == field.depth();
      for (int[] offsets : jagged.offsets()) {
        shaped &= offsets.length == lists + 1 && offsets[0] == 0;
        for (int list = 0; shaped && list < lists; list++) {
          shaped = offsets[list] <= offsets[list + 1];
        }
        lists = shaped ? offsets[lists] : -1;
      }
      if (!typed || !shaped || jagged.values().size() != lists) {
        throw new IllegalArgumentException(
            "the values of field %s do not go with it".formatted(field.name()));
      }
    }
  }

  /** Writes what says where everything is, and syncs the file. */
  public void finish() throws IOException {
    Place list = envelope(Envelope.PAGE_LIST, pageListContent());
    Place footer = envelope(Envelope.FOOTER, footerContent(list));
    Bytes anchor = new Bytes(ByteOrder.BIG_ENDIAN);
    anchor.u2(1).u2(0).u2(0).u2(0);
    for (Place place : List.of(header, footer)) {
      anchor.u8(place.offset()).u8(place.bytes()).u8(place.length());
    }
    anchor.u8(MAX_KEY);
    byte[] members = anchor.toArray();
    Bytes object = new Bytes(ByteOrder.BIG_ENDIAN);
    object.u4(0x40000000 | (members.length + 2)).u2(AnchorClass.VERSION).raw(members);
    object.u8(Hashing.xxh3_64().hashBytesToLong(members));
    file.finish(AnchorClass.NAME, name, object.toArray(), AnchorClass.streamerInfos());
  }

  private static Bytes little() {
    return new Bytes(ByteOrder.LITTLE_ENDIAN);
  }

  private Place envelope(int type, Bytes content) throws IOException {
    long length = content.size() + 16L;
    Bytes all = little().u8(type | (length << 16)).raw(content.toArray());
    long checksum = Hashing.xxh3_64().hashBytesToLong(all.toArray());
    byte[] packed = Packing.packed(all.u8(checksum).toArray());
    return new Place(file.blob(packed), packed.length, (int) length, checksum);
  }

  private Bytes headerContent() {
    Bytes out = little().u8(0).text(name).text(description).text("Jetfold");
    int list = out.list(fields.stream().mapToInt(field -> field.depth() + 1).sum());
    int id = 0;
    for (NtupleField field : fields) {
      for (int depth = 0; depth <= field.depth(); depth++) {
        int record = out.record();
        out.u4(0).u4(0).u4(depth == 0 ? id : id - 1).u2(depth < field.depth() ? 1 : 0).u2(0);
        out.text(depth == 0 ? field.name() : "_0")
            .text(field.typeName(field.depth() - depth))
            .text("")
            .text("");
        out.end(record);
        id++;
      }
    }
    out.endList(list);
    list = out.list(columns.size());
    for (WriteColumn column : columns) {
      int record = out.record();
      FloatGrid grid = column.grid();
      out.u2(column.type().code()).u2(column.bits()).u4(column.field());
      out.u2(grid == null ? 0 : RANGE).u2(0);
      if (grid != null) {
        out.u8(Double.doubleToRawLongBits(grid.minimum()));
        out.u8(Double.doubleToRawLongBits(grid.maximum()));
      }
      out.end(record);
    }
    out.endList(list);
    out.endList(out.list(0)); // aliases
    out.endList(out.list(0)); // extra type information
    return out;
  }

  private Bytes pageListContent() {
    Bytes out = little().u8(header.checksum());
    int list = out.list(pages.size());
    long first = 0;
    for (long count : clusterEntries) {
      int record = out.record();
      out.u8(first).u8(count);
      out.end(record);
      first += count;
    }
    out.endList(list);
    list = out.list(pages.size());
    for (int cluster = 0; cluster < pages.size(); cluster++) {
      int outer = out.list(columns.size());
      for (int column = 0; column < columns.size(); column++) {
        List<Page> written = pages.get(cluster).get(column);
        int inner = out.list(written.size());
        for (Page page : written) {
          out.u4(-page.elements()).u4(page.bytes()).u8(page.offset()); // negative: with a checksum
        }
        out.u8(firstElements.get(cluster)[column]).u4(Packing.SETTINGS);
        out.endList(inner);
      }
      out.endList(outer);
    }
    out.endList(list);
    return out;
  }

  private Bytes footerContent(Place list) {
    Bytes out = little().u8(0).u8(header.checksum());
    int extension = out.record();
    for (int i = 0; i < 4; i++) {
      out.endList(out.list(0));
    }
    out.end(extension);
    int groups = out.list(1);
    int record = out.record();
    out.u8(0).u8(entries).u4(pages.size()).u8(list.length()).u4(list.bytes()).u8(list.offset());
    out.end(record);
    out.endList(groups);
    return out;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
