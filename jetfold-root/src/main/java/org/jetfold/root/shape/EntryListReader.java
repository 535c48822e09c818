package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;

/** Reads entries that hold any number of values each. Not thread-safe. */
public final class EntryListReader {
  private final ToEndReader reader;

  EntryListReader(ToEndReader reader) {
    this.reader = reader;
  }

  /**
   * Reads entries from {@code first} to before {@code last}.
   *
   * @param starts where each entry begins; one more element than there are entries
   */
  public void read(ByteCursor in, int[] starts, int first, int last) throws IOException {
    reader.read(in, starts, first, last);
  }

  /** Reads an entry of {@code count} values. */
  public void read(ByteCursor in, int count) throws IOException {
    reader.read(in, count);
  }
}
