package org.jetfold.bench;

import java.io.IOException;

/** A way to compress the FLOAT32 columns of a table, beside Jetfold's. */
interface Peer {
  /** What it is called in tables. */
  String name();

  /** Compresses; the result is kept for {@link #decompress}. Returns the size in bytes. */
  long compress() throws IOException;

  /** Restores what was compressed last. */
  void decompress() throws IOException;

  /** Compresses bytes. */
  interface Coder {
    byte[] code(byte[] bytes) throws IOException;
  }

  /** Restores so many bytes. */
  interface Decoder {
    byte[] decode(byte[] bytes, int length) throws IOException;
  }

  /** A peer that sees one array of bytes. */
  static Peer ofBytes(String name, byte[] bytes, Coder coder, Decoder decoder) {
    return new Peer() {
      private byte[] compressed = new byte[0];

      @Override
      public String name() {
        return name;
      }

      @Override
      public long compress() throws IOException {
        compressed = coder.code(bytes);
        return compressed.length;
      }

      @Override
      public void decompress() throws IOException {
        if (decoder.decode(compressed, bytes.length).length != bytes.length) {
          throw new IOException(name + " restored another number of bytes");
        }
      }
    };
  }
}
