package org.jetfold.tables.hdf5;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unpacked chunks of a file, as many as memory allows. Not thread-safe. */
final class ChunkCache {
  /** A larger chunk is no table's. */
  static final int MAX_CHUNK = 1 << 29;

  private final long maxBytes = Math.max(1 << 25, Runtime.getRuntime().maxMemory() / 8);

  /** By address, the one that was used last behind the others. */
  private final Map<Long, byte[]> chunks = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /** Unpacks a chunk. */
  interface Unpacking {
    byte[] get() throws IOException;
  }

  /** The chunk at an address. */
  byte[] get(long address, Unpacking unpacking) throws IOException {
    byte[] known = chunks.get(address);
    if (known != null) {
      return known;
    }
    byte[] chunk = unpacking.get();
    chunks.put(address, chunk);
    bytes += chunk.length;
    Iterator<byte[]> oldest = chunks.values().iterator();
    while (bytes > maxBytes && chunks.size() > 1) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
    return chunk;
  }
}
