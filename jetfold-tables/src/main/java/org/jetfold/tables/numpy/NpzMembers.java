package org.jetfold.tables.numpy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArraySink;
import org.jetfold.tables.format.SinkOptions;

/**
 * Writes the arrays of an NPZ file: members of a zip, each a header and its data. They are stored
 * as {@code np.savez} does, or deflated as {@code np.savez_compressed}. Not thread-safe.
 */
final class NpzMembers {
  private final ZipOutputStream zip;
  private final boolean deflated;

  /** What writes an array's elements; it can do so twice. */
  interface Data {
    void copyTo(OutputStream out) throws IOException;
  }

  /** A file on a stream that stays open, and may be a pipe. */
  NpzMembers(OutputStream out, SinkOptions options) {
    zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    deflated = options.deflated();
    if (!options.notes().isEmpty()) {
      zip.setComment(options.notesAsText());
    }
  }

  /**
   * Writes a whole file of 1-D arrays. Where float columns are marked as holding integers, {@code
   * columns} names all columns, and {@code is_int} says which of them.
   */
  static void write(List<ArraySink.Stored> arrays, OutputStream out, SinkOptions options)
      throws IOException {
    NpzMembers members = new NpzMembers(out, options);
    List<String> columns = new ArrayList<>();
    List<Boolean> marks = new ArrayList<>();
    for (ArraySink.Stored array : arrays) {
      members.add(array.name(), array.type(), "(" + array.length() + ",)", array::copyTo);
      if (!array.isOffsets()) {
        columns.add(array.name());
        marks.add(array.attributes().containsKey(ArraySink.INTEGRAL));
      }
    }
    if (marks.contains(true)) {
      members.addTexts(NpzArrays.COLUMNS, columns);
      members.addMarks(NpzArrays.IS_INT, marks);
    }
    members.finish();
  }

  /** Adds an array of numbers. */
  void add(String array, ValueType type, String shape, Data data) throws IOException {
    byte[] header = NpyHeader.bytes(NpyText.plain(ElementType.of(type)), shape);
    addMember(
        array,
        out -> {
          out.write(header);
          data.copyTo(out);
        });
  }

  /** Adds a 1-D array of texts. */
  void addTexts(String array, List<String> texts) throws IOException {
    addMember(array, out -> out.write(NpyText.array(texts)));
  }

  /** Adds a 1-D array of booleans. */
  void addMarks(String array, List<Boolean> marks) throws IOException {
    add(
        array,
        ValueType.BOOL,
        "(" + marks.size() + ",)",
        out -> {
          for (boolean mark : marks) {
            out.write(mark ? 1 : 0);
          }
        });
  }

  private void addMember(String array, Data data) throws IOException {
    ZipEntry entry = new ZipEntry(array + ".npy");
    // The earliest date that a zip can hold, as NumPy writes it: nothing in the file depends on the
    // clock.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    if (!deflated) {
      // What is stored has its length and its checksum before it, because a pipe does not go back.
      Measure measure = new Measure();
      data.copyTo(measure);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(measure.bytes);
      entry.setCrc(measure.crc.getValue());
    }
    zip.putNextEntry(entry);
    data.copyTo(zip);
    zip.closeEntry();
  }

  /** Ends the file. */
  void finish() throws IOException {
    zip.finish();
    zip.flush();
  }

  /** Takes the length and the checksum of what is written to it. */
  private static final class Measure extends OutputStream {
    private final CRC32 crc = new CRC32();
    private long bytes;

    @Override
    public void write(int value) {
      crc.update(value);
      bytes++;
    }

    @Override
    public void write(byte[] values, int offset, int count) {
      crc.update(values, offset, count);
      bytes += count;
    }
  }
}
