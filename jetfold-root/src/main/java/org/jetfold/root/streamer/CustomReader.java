package org.jetfold.root.streamer;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/** Reads an object of a class that no StreamerInfo describes. */
public interface CustomReader {
  /**
   * Reads what stands behind the object's byte count and class tag.
   *
   * @param in where it begins
   * @param end the index at which it ends; −1 where there is no byte count
   */
  @Nullable Object read(ByteCursor in, int end) throws IOException;
}
