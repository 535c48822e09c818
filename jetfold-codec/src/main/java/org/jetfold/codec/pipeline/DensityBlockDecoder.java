package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.file.DamagedFileException;
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
    ByteReader[] parts = new ByteReader[columns];
    int group = coder.group();
    EventOrder order =
        coder.order(block.offsets(group), block.entries(group), () -> block.phases(group));
    try {
      for (int j = 0; j < columns; j++) {
        int column = coder.columns().get(j);
        requireScale(block, column);
        parts[j] = block.bytesOfColumn(column);
        in[j] = block.hasParts(column) ? beginning(parts[j]) : parts[j];
      }
      long[][] decoded = decoder.decode(in, order);
      for (int j = 0; j < columns; j++) {
        int column = coder.columns().get(j);
        symbols.put(column, decoded[j]);
        if (block.hasParts(column)) {
          block.decodeParts(column, decoded[j], parts[j]);
        }
      }
    } catch (MalformedBytesException e) {
      throw BlockStreams.damaged(e);
    }
  }

  private void requireScale(BlockStreams block, int column) throws DamagedFileException {
    if (block.isDithered(column) != coder.isDithered(column)) {
      throw new DamagedFileException(
          block.offset(), "a model and the distributions of a segment differ in dither");
    }
  }

  /** What the model codes; its length stands before it, what tells of spikes behind. */
  private static ByteReader beginning(ByteReader in) {
    int length = in.count(in.remaining(), "the length of a model's stream");
    long offset = in.offset();
    return new ByteReader(in.raw(length), offset);
  }
}
