package org.jetfold.root.ntuple;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetfold.root.compression.Blocks;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;

/** An envelope: a type, a length, what it holds, and the XXH3 of all that. */
public final class Envelope {
  /** The type of the envelope that describes fields and columns. */
  public static final int HEADER = 1;

  /** The type of the envelope that says where the page lists are. */
  public static final int FOOTER = 2;

  /** The type of an envelope that says where pages are. */
  public static final int PAGE_LIST = 3;

  private static final int HEAD = 8;
  private static final int CHECKSUM = 8;

  private Envelope() {}

  /** An envelope's content and its checksum, by which others name it. */
  record Content(EnvelopeCursor cursor, long checksum) {}

  /** Reads and checks one. */
  static Content read(FileBytes file, Locator place, long length, int type) throws IOException {
    if (place.offset() < 0) {
      throw file.unsupported(0, "envelopes in other files are not supported");
    }
    byte[] packed = file.read(place.offset(), place.bytes());
    byte[] bytes = Blocks.unpack(packed, 0, packed.length, length, file.name(), place.offset());
    if (bytes.length < HEAD + CHECKSUM) {
      throw file.error(place.offset(), "an envelope of %d bytes".formatted(bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long head = in.getLong(0);
    if ((head & 0xFFFF) != type || head >>> 16 != bytes.length) {
      throw file.error(
          place.offset(),
          "an envelope of type %d and %d bytes where one of type %d and %d bytes should be"
              .formatted(head & 0xFFFF, head >>> 16, type, bytes.length));
    }
    int end = bytes.length - CHECKSUM;
    long checksum = in.getLong(end);
    if (Hashing.xxh3_64().hashBytesToLong(bytes, 0, end) != checksum) {
      throw file.error(place.offset(), "the checksum of an envelope does not match: it is damaged");
    }
    ByteCursor content = ByteCursor.unpacked(bytes, file.name(), place.offset()).part(HEAD, end);
    return new Content(new EnvelopeCursor(content), checksum);
  }

  /**
   * Reads feature flags, none of which is known: each would be a way of storing data that this
   * library does not understand.
   */
  static void checkFeatures(EnvelopeCursor in) throws IOException {
    long flags;
    do {
      flags = in.i8();
      if ((flags & Long.MAX_VALUE) != 0) {
        throw in.unsupported(
            "features of a newer format (flags %x) are not supported".formatted(flags));
      }
    } while (flags < 0);
  }
}
