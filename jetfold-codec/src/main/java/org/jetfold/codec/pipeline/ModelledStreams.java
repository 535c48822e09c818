package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.Intervals;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/** Codes the columns of a segment that a learned model knows. Not thread-safe; its workers are. */
final class ModelledStreams implements ModelledSegments {
  private final ModelBinding binding;
  private final List<ColumnPath> paths;
  private final Workers workers;
  private final boolean verifying;
  private final DensityEncoder encoder;
  private final DensityDecoder decoder;
  private final IntervalsOfBlock intervals;

  /**
   * An encoder of these columns.
   *
   * @param paths one for each column of the table
   * @param intervals of the blocks; null to compute them
   */
  ModelledStreams(
      ModelBinding binding,
      List<ColumnPath> paths,
      Workers workers,
      boolean verifying,
      @Nullable IntervalsOfBlock intervals) {
    this.binding = binding;
    this.paths = paths;
    this.workers = workers;
    this.verifying = verifying;
    encoder = new DensityEncoder(binding.model(), Kernels.best());
    this.intervals =
        intervals == null ? (symbols, order, _) -> encoder.intervals(symbols, order) : intervals;
    decoder = new DensityDecoder(binding.model(), Kernels.best());
  }

  @Override
  public boolean codes(int column) {
    return binding.columns().contains(column);
  }

  /** Where the intervals of a block's symbols come from. */
  interface IntervalsOfBlock {
    /**
     * Gives them.
     *
     * @param symbols of each of the model's columns
     * @param from the number of the block's first row in the segment
     */
    Intervals of(long[][] symbols, EventOrder order, int from);
  }

  @Override
  public void encode(Segment segment, CodedStream[] streams) {
    int blocks = segment.blocks();
    int columns = binding.columns().size();
    ByteWriter[][] bytes = new ByteWriter[blocks][];
    ColumnStatistics[][] statistics = new ColumnStatistics[blocks][columns];
    workers.forEach(blocks, block -> bytes[block] = encodeBlock(segment, block, statistics[block]));
    int lists = segment.table().schema().groups().size() - 1;
    for (int j = 0; j < columns; j++) {
      ByteWriter together = new ByteWriter();
      int[] starts = new int[blocks + 1];
      List<ColumnStatistics> ofBlocks = new ArrayList<>();
      for (int block = 0; block < blocks; block++) {
        together.raw(bytes[block][j].array(), 0, bytes[block][j].size());
        starts[block + 1] = together.size();
        ofBlocks.add(statistics[block][j]);
      }
      streams[lists + binding.columns().get(j)] =
          CodedStream.modelled(together.toByteArray(), starts, ofBlocks);
    }
  }

  private ByteWriter[] encodeBlock(Segment segment, int block, ColumnStatistics[] statistics) {
    int[] starts = segment.starts(binding.group());
    int from = starts[block];
    int count = starts[block + 1] - from;
    EventOrder order = binding.order(segment.offsets(binding.group(), block), count);
    Table table = segment.table();
    int columns = binding.columns().size();
    long[][] symbols = new long[columns][];
    ByteWriter[] out = new ByteWriter[columns];
    for (int j = 0; j < columns; j++) {
      int column = binding.columns().get(j);
      symbols[j] = paths.get(column).symbols(table.values(column), from, count);
      out[j] = new ByteWriter(2 * count);
    }
    Intervals ofBlock = intervals.of(symbols, order, from);
    encoder.encode(ofBlock, order, out);
    if (verifying) {
      verify(symbols, ofBlock.cells(), order, out);
    }
    for (int j = 0; j < columns; j++) {
      ColumnPath path = paths.get(binding.columns().get(j));
      ColumnValues values = table.values(binding.columns().get(j));
      ColumnValues restored = ColumnValues.zeros(path.column().type(), count);
      statistics[j] = path.restoreAndCheck(symbols[j], count, values, from, restored);
    }
    return out;
  }

  /** Decodes what was written, with mixtures of its own. */
  private void verify(long[][] symbols, char[][] cells, EventOrder order, ByteWriter[] out) {
    ByteReader[] in = new ByteReader[out.length];
    for (int j = 0; j < out.length; j++) {
      in[j] = new ByteReader(out[j].array(), 0, out[j].size(), 0);
    }
    boolean same;
    try {
      same = Arrays.deepEquals(symbols, decoder.decodeExpected(in, order, cells));
    } catch (MalformedBytesException _) {
      same = false;
    }
    if (!same) {
      throw new IllegalStateException("a block does not decode to its symbols; please report this");
    }
  }
}
