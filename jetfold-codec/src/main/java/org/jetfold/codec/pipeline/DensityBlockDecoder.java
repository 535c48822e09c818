package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.network.Kernels;

/**
 * Decodes the columns of blocks that a density model codes: those that are wanted, and those that
 * stand before them in the model's order.
 */
final class DensityBlockDecoder implements BlockDecoder {
  private final DensityCoder coder;
  private final DensityDecoder decoder;
  private final int columns;

  /** A decoder of columns; of {@code wanted}, those that the model does not code are ignored. */
  DensityBlockDecoder(DensityCoder coder, List<Integer> wanted) {
    this.coder = coder;
    decoder = new DensityDecoder(coder.model(), Kernels.best());
    int last = 0;
    for (int column : wanted) {
      last = Math.max(last, coder.columns().indexOf(column));
    }
    columns = last + 1;
  }

  @Override
  public List<Integer> needed() {
    return List.of();
  }

  @Override
  public void decode(BlockStreams block, Map<Integer, long[]> symbols) throws IOException {
    ByteReader[] in = new ByteReader[columns];
    for (int j = 0; j < columns; j++) {
      in[j] = block.bytesOfColumn(coder.columns().get(j));
    }
    int rows = block.entries(coder.group());
    try {
      long[][] decoded = decoder.decode(in, coder.order(block.offsets(coder.group()), rows));
      for (int j = 0; j < columns; j++) {
        symbols.put(coder.columns().get(j), decoded[j]);
      }
    } catch (MalformedBytesException e) {
      throw BlockStreams.damaged(e);
    }
  }
}
