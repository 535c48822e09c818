package org.jetfold.tables.numpy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowReader;
import org.jetfold.tables.events.LeftOut;

/**
 * The arrays in an NPZ file, which is a zip of NPY files. Any number of them can be read at once,
 * each from its own place. Not thread-safe.
 */
final class NpzArchive implements Closeable {
  private static final String ENDING = ".npy";

  /** What the zip format takes for the names of members that are not marked. */
  private static final String OLD_NAMES = "IBM437";

  /** The bytes of an array of names at most. */
  static final int MAX_TEXT = 1 << 24;

  /** One array that can be a table's: its name without the ending, and its header. */
  record Member(String name, ZipEntry entry, NpyHeader header) {}

  private final ZipFile zip;
  private final String name;
  private final List<Member> members = new ArrayList<>();

  private NpzArchive(ZipFile zip, String name) {
    this.zip = zip;
    this.name = name;
  }

  /**
   * Opens a file and reads all headers.
   *
   * @param leftOut gets what is damaged, or is no array
   */
  static NpzArchive open(Path file, String name, LeftOut leftOut) throws IOException {
    NpzArchive archive;
    try {
      archive = new NpzArchive(zip(file), name);
    } catch (ZipException | IllegalArgumentException e) {
      throw new UnreadableTableException(
          "%s: it is no NPZ file, or it is damaged or cut off: %s".formatted(name, e.getMessage()),
          e);
    }
    try {
      MemberNames.check(file, name);
      archive.readHeaders(leftOut);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
    return archive;
  }

  /** Names that are not marked as UTF-8 may still be it; where they cannot, they are IBM437. */
  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      if (!Charset.isSupported(OLD_NAMES)) {
        throw e;
      }
      try {
        return new ZipFile(file.toFile(), Charset.forName(OLD_NAMES));
      } catch (ZipException ignored) {
        throw e;
      }
    }
  }

  private void readHeaders(LeftOut leftOut) throws IOException {
    Set<String> names = new HashSet<>();
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!names.add(entry.getName())) {
        throw new UnreadableTableException(
            "%s: two arrays are called %s".formatted(name, entry.getName()));
      }
      if (!entry.getName().endsWith(ENDING)) {
        leftOut.add("member", entry.getName(), "it is no array");
        continue;
      }
      String array = entry.getName().substring(0, entry.getName().length() - ENDING.length());
      try (InputStream in = new CheckedMember(zip, entry, what(array))) {
        NpyHeader header = NpyHeader.read(in, what(array));
        checkSize(entry, array, header);
        members.add(new Member(array, entry, header));
      } catch (UnreadableTableException e) {
        leftOut.addDamaged("array", array, e);
      }
    }
  }

  private void checkSize(ZipEntry entry, String array, NpyHeader header) {
    long expected = header.headerBytes() + header.dataBytes();
    boolean pickled = header.plain() != null && header.plain().kind() == 'O';
    if (entry.getSize() != expected && !pickled) {
      throw new UnreadableTableException(
          "%s: it has %d bytes, but its header asks for %d: it is damaged"
              .formatted(what(array), entry.getSize(), expected));
    }
  }

  /** The arrays in the order of the file. */
  List<Member> members() {
    return members;
  }

  /** How messages call an array. */
  String what(String array) {
    return name + ": array " + array;
  }

  /** An array's data, behind its header. */
  InputStream data(Member member) throws IOException {
    InputStream in = new CheckedMember(zip, member.entry(), what(member.name()));
    try {
      in.skipNBytes(member.header().headerBytes());
    } catch (EOFException e) {
      in.close();
      throw new UnreadableTableException(
          what(member.name()) + ": it ends within the header: it is damaged", e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    return in;
  }

  /** Some columns of an array's rows. */
  RowReader rows(Member member, RowLayout layout) throws IOException {
    return ArrayRows.of(data(member), what(member.name()), member.header(), layout);
  }

  /** The entries of a 1-D array of text. */
  List<String> texts(Member member, ElementType type) throws IOException {
    NpyHeader header = member.header();
    if (header.dataBytes() > MAX_TEXT || header.rows() > RowLayout.MAX_COLUMNS) {
      throw new UnreadableTableException(
          what(member.name()) + ": it is too long to be a list of column names");
    }
    byte[] bytes;
    try (InputStream in = data(member)) {
      bytes = in.readNBytes((int) header.dataBytes() + 1);
    }
    if (bytes.length != header.dataBytes()) {
      throw new UnreadableTableException(what(member.name()) + ": it is damaged");
    }
    List<String> texts = new ArrayList<>();
    int length = header.itemBytes();
    for (int i = 0; i < header.rows(); i++) {
      texts.add(text(type, ByteBuffer.wrap(bytes, i * length, length), what(member.name())));
    }
    return texts;
  }

  private static String text(ElementType type, ByteBuffer bytes, String what) {
    StringBuilder text = new StringBuilder();
    if (type.kind() == 'S') {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      text.append(new String(copy, StandardCharsets.UTF_8));
    } else {
      bytes.order(type.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        int codePoint = bytes.getInt();
        if (!Character.isValidCodePoint(codePoint)) {
          throw new UnreadableTableException(what + ": it holds text that is not Unicode");
        }
        text.appendCodePoint(codePoint);
      }
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
