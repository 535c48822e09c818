package org.jetfold.tables.numpy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArraySink;

/** Writes the arrays of an NPZ file: members of a zip, each a header and its data. */
final class NpzMembers {
  private NpzMembers() {}

  /** Writes a whole file of 1-D arrays. */
  static void write(List<ArraySink.Stored> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    for (ArraySink.Stored array : arrays) {
      header(zip, array.name(), array.type(), "(" + array.length() + ",)");
      array.copyTo(zip);
    }
    zip.finish();
    zip.flush();
  }

  /** Begins an array of numbers; its data follows. */
  static void header(ZipOutputStream zip, String array, ValueType type, String shape)
      throws IOException {
    begin(zip, array);
    zip.write(NpyHeader.bytes(NpyText.plain(ElementType.of(type)), shape));
  }

  /** Begins an array; its bytes follow. */
  static void begin(ZipOutputStream zip, String array) throws IOException {
    ZipEntry entry = new ZipEntry(array + ".npy");
    // The earliest date that a zip can hold, as NumPy writes it: nothing in the file depends on the
    // clock.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
  }
}
