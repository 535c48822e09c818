package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.quantize.SegmentQuantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the columns of blocks that a density model codes: those that are wanted, and those that
 * stand before them in the model's order.
 */
final class DensityBlockDecoder implements BlockDecoder {
  private final DensityCoder coder;
  private final DensityDecoder decoder;
  private final int columns;
  private final List<SegmentQuantizer> quantizers;

  /** A decoder of columns; of {@code wanted}, those that the model does not code are ignored. */
  DensityBlockDecoder(DensityCoder coder, List<Integer> wanted) {
    this.coder = coder;
    decoder = new DensityDecoder(coder.model(), Kernels.best());
    int last = 0;
    for (int column : wanted) {
      last = Math.max(last, coder.columns().indexOf(column));
    }
    columns = last + 1;
    quantizers = coder.columns().subList(0, columns).stream().map(coder::quantizer).toList();
  }

  /** Where static distributions code a column in a block, the network still looks at it. */
  @Override
  public List<Integer> needed() {
    List<Integer> needed = new ArrayList<>(coder.contextColumns());
    needed.addAll(own());
    return needed;
  }

  private List<Integer> own() {
    return coder.columns().subList(0, columns);
  }

  @Override
  public void decode(BlockStreams block, DecodedSymbols symbols) throws IOException {
    if (own().stream().allMatch(block::isStatic)) {
      return;
    }
    @Nullable ByteReader[] in = new ByteReader[columns];
    @Nullable ByteReader[] parts = new ByteReader[columns];
    long[] @Nullable [] given = new long[columns][];
    int group = coder.group();
    EventOrder order =
        coder.order(block.offsets(group), block.entries(group), () -> block.phases(group));
    if (!coder.contexts().isEmpty()) {
      order = order.withContexts(contexts(block, symbols));
    }
    try {
      for (int j = 0; j < columns; j++) {
        int column = coder.columns().get(j);
        if (block.isStatic(column)) {
          given[j] = given(block, j, symbols.longs(column));
          continue;
        }
        requireScale(block, column);
        ByteReader bytes = block.bytesOfColumn(column);
        parts[j] = bytes;
        in[j] = block.hasParts(column) ? beginning(bytes) : bytes;
      }
      long[][] decoded = decoder.decode(in, given, order);
      for (int j = 0; j < columns; j++) {
        int column = coder.columns().get(j);
        ByteReader told = parts[j];
        if (told == null) {
          continue;
        }
        symbols.put(column, decoded[j]);
        if (block.hasParts(column)) {
          block.decodeParts(column, decoded[j], told);
        }
      }
    } catch (MalformedBytesException e) {
      throw BlockStreams.damaged(e);
    }
  }

  private char[][] contexts(BlockStreams block, DecodedSymbols symbols)
      throws DamagedFileException {
    Map<Integer, ColumnValues> restored = new HashMap<>();
    for (int column : coder.contextColumns()) {
      long[] known = symbols.longs(column);
      ColumnValues values = ColumnValues.zeros(block.type(column), known.length);
      block.restore(column, known, known.length, values);
      restored.put(column, values);
    }
    return coder
        .contexts()
        .cells(
            block.entries(coder.group()),
            block::offsets,
            column -> Objects.requireNonNull(restored.get(column)));
  }

  /**
   * The symbols that the values of a column have in the model's eyes.
   *
   * @param symbols that static distributions gave
   */
  private long[] given(BlockStreams block, int j, long[] symbols) throws DamagedFileException {
    int column = coder.columns().get(j);
    int reference = coder.reference(j);
    if (reference >= 0 && !block.isStatic(coder.columns().get(reference))) {
      throw new DamagedFileException(
          block.offset(), "a model codes the column that one it does not code refers to");
    }
    ColumnValues values = ColumnValues.zeros(block.type(column), symbols.length);
    block.restore(column, symbols, symbols.length, values);
    long[] given = new long[symbols.length];
    quantizers.get(j).quantize(values, 0, given.length, block.phases(coder.group()), 0, given);
    return given;
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
