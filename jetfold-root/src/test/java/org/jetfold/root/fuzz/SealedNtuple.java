package org.jetfold.root.fuzz;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.jetfold.root.compression.Blocks;
import org.jetfold.testing.Mutations;

/**
 * An RNTuple of one cluster group that our writer wrote, of which copies are made with bytes of its
 * envelopes or its anchor changed, and with every checksum right: what comes behind the checksums
 * sees the changes. New envelopes stand behind the old file.
 */
final class SealedNtuple {
  /** The anchor's members: four numbers of 2 bytes, six of 8, and the largest key. */
  private static final int ANCHOR = 4 * 2 + 6 * 8 + 8;

  private static final int PLACES = 8;
  private static final int HEAD = 8;
  private static final int CHECKSUM = 8;

  /** Where the footer has the header's checksum, behind its flags. */
  private static final int HEADER_IN_FOOTER = HEAD + 8;

  /** What the footer ends with: the length, the packed bytes and the offset of the page list. */
  private static final int LIST_PLACE = 8 + 4 + 8;

  private final byte[] file;
  private final int anchor;
  private final byte[] header;
  private final byte[] list;
  private final byte[] footer;

  SealedNtuple(byte[] file) throws IOException {
    this.file = file;
    anchor = anchor(file);
    ByteBuffer places = ByteBuffer.wrap(file).position(anchor + PLACES);
    header = envelope(places.getLong(), places.getLong(), places.getLong());
    footer = envelope(places.getLong(), places.getLong(), places.getLong());
    ByteBuffer place = place(footer);
    long length = place.getLong();
    int bytes = place.getInt();
    list = envelope(place.getLong(), bytes, length);
  }

  private static int anchor(byte[] file) {
    for (int at = 0; at + ANCHOR + CHECKSUM <= file.length; at++) {
      long checksum = ByteBuffer.wrap(file).getLong(at + ANCHOR);
      if (Hashing.xxh3_64().hashBytesToLong(file, at, ANCHOR) == checksum) {
        return at;
      }
    }
    throw new AssertionError("the file has no anchor");
  }

  private byte[] envelope(long offset, long bytes, long length) throws IOException {
    byte[] packed = Arrays.copyOfRange(file, (int) offset, (int) (offset + bytes));
    return Blocks.unpack(packed, 0, packed.length, length, "file", offset);
  }

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer place(byte[] footer) {
    return numbers(footer).position(footer.length - CHECKSUM - LIST_PLACE);
  }

  private static long checksum(byte[] envelope) {
    return Hashing.xxh3_64().hashBytesToLong(envelope, 0, envelope.length - CHECKSUM);
  }

  private static byte[] sealed(byte[] envelope) {
    numbers(envelope).putLong(envelope.length - CHECKSUM, checksum(envelope));
    return envelope;
  }

  /** The file with new envelopes that are the same. */
  byte[] unchanged() {
    return with(header.clone(), list.clone(), footer.clone(), new Random(0), -1);
  }

  /** The file with one envelope, or the anchor, changed. */
  byte[] changed(Random random) {
    return with(header.clone(), list.clone(), footer.clone(), random, random.nextInt(4));
  }

  private byte[] with(
      byte[] newHeader, byte[] newList, byte[] newFooter, Random random, int which) {
    change(newHeader, random, which == 0);
    sealed(newHeader);
    numbers(newList).putLong(HEAD, checksum(newHeader));
    change(newList, random, which == 1);
    sealed(newList);
    numbers(newFooter).putLong(HEADER_IN_FOOTER, checksum(newHeader));
    place(newFooter)
        .putLong(newList.length)
        .putInt(newList.length)
        .putLong(file.length + newHeader.length);
    change(newFooter, random, which == 2);
    sealed(newFooter);
    ByteBuffer all =
        ByteBuffer.allocate(file.length + newHeader.length + newList.length + newFooter.length);
    all.put(file).put(newHeader).put(newList).put(newFooter);
    all.position(anchor + PLACES);
    all.putLong(file.length).putLong(newHeader.length).putLong(newHeader.length);
    long footerAt = (long) file.length + newHeader.length + newList.length;
    all.putLong(footerAt).putLong(newFooter.length).putLong(newFooter.length);
    byte[] bytes = all.array();
    if (which > 2) {
      Mutations.change(bytes, anchor, anchor + ANCHOR, random);
    }
    all.putLong(anchor + ANCHOR, Hashing.xxh3_64().hashBytesToLong(bytes, anchor, ANCHOR));
    return bytes;
  }

  private static void change(byte[] envelope, Random random, boolean really) {
    if (really) {
      Mutations.change(envelope, HEAD, envelope.length - CHECKSUM, random);
    }
  }
}
