package org.jetfold.tables.hdf5;

import io.jhdf.Constants;

/**
 * A chunk in a file.
 *
 * @param address where it starts; nowhere where it was never written
 * @param bytes how many it has there
 * @param skipped a bit for each filter that it was written without, the first the lowest
 */
record StoredChunk(long address, long bytes, int skipped) {
  /** A chunk that was never written. */
  static final StoredChunk NONE = new StoredChunk(Constants.UNDEFINED_ADDRESS, 0, 0);

  /** Whether it was written. */
  boolean isWritten() {
    return address != Constants.UNDEFINED_ADDRESS;
  }
}
