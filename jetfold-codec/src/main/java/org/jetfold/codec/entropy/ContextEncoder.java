package org.jetfold.codec.entropy;

import java.util.List;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * Writes streams of symbols in contexts (docs/format.md section 9.1), one block after the other.
 * Immutable.
 */
public final class ContextEncoder {
  private final FittedContexts fitted;
  private final List<StreamEncoder> encoders;

  /**
   * An encoder of the symbols that distributions were fitted to.
   *
   * @param coding of these
   */
  public ContextEncoder(FittedContexts fitted, StreamCoding coding) {
    this.fitted = fitted;
    encoders = coding.distributions().stream().map(StreamEncoder::new).toList();
  }

  /** Writes the stream of a block: {@code count} symbols from index {@code from} on. */
  public void encode(int from, int count, ByteWriter out, StreamBuffers buffers) {
    ContextParts parts = new ContextParts(fitted.contextsOfRows(), from, count, encoders.size());
    ByteWriter part = new ByteWriter();
    long[][] all = parts.split(fitted.differences(), from);
    for (int k = 0; k <= parts.last(); k++) {
      long[] differences = all[k];
      part.clear();
      encoders.get(k).encode(differences, 0, differences.length, null, part, buffers);
      if (differences.length > 0 && k < parts.last()) {
        out.varint(part.size());
      }
      out.raw(part.array(), 0, part.size());
    }
  }
}
