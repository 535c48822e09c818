package org.jetfold.root.ntuple;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectHeader;

/**
 * The ROOT::RNTuple object, which says where the header and the footer are. Big-endian, as all
 * streamed objects.
 *
 * @param epoch the format's epoch: 1 since its first release
 * @param header the header envelope
 * @param headerLength its size when unpacked
 * @param footer the footer envelope
 * @param footerLength its size when unpacked
 */
record Anchor(int epoch, Locator header, long headerLength, Locator footer, long footerLength) {
  /** Reads it from the bytes of its key. */
  static Anchor read(ByteCursor in) throws IOException {
    ObjectHeader head = ObjectHeader.read(in);
    if (head.end() < 0) {
      throw in.error("an anchor without a byte count");
    }
    int from = in.position();
    int epoch = in.u2();
    in.skip(6); // major, minor, patch: for information only
    Locator[] places = new Locator[2];
    long[] lengths = new long[2];
    for (int i = 0; i < 2; i++) {
      long offset = in.i8();
      places[i] = new Locator(offset, in.i8());
      lengths[i] = in.i8();
    }
    if (in.position() > head.end()) {
      throw in.error("an anchor of %d bytes".formatted(head.end() - from));
    }
    in.position(head.end());
    if (epoch > 0 && in.remaining() >= 8) {
      long actual = Hashing.xxh3_64().hashBytesToLong(in.array(), from, head.end() - from);
      if (in.i8() != actual) {
        throw in.error("the anchor's checksum does not match: it is damaged");
      }
    }
    return new Anchor(epoch, places[0], lengths[0], places[1], lengths[1]);
  }
}
