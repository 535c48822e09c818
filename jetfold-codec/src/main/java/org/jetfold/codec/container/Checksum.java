package org.jetfold.codec.container;

import java.util.zip.CRC32C;

/** CRC-32C of one or more byte ranges, one after the other. */
final class Checksum {
  private final CRC32C crc = new CRC32C();

  Checksum add(byte[] bytes, int from, int length) {
    crc.update(bytes, from, length);
    return this;
  }

  Checksum add(byte[] bytes) {
    return add(bytes, 0, bytes.length);
  }

  int value() {
    return (int) crc.getValue();
  }

  static int of(byte[] bytes, int from, int length) {
    return new Checksum().add(bytes, from, length).value();
  }
}
