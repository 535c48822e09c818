package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.EventIntervals;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.Intervals;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/** Codes the columns of a segment that a density model codes. */
final class DensitySegmentEncoder implements SegmentEncoder {
  private final DensityCoder coder;
  private final EncodingContext context;
  private final DensityEncoder encoder;
  private final DensityDecoder decoder;

  /** The intervals of the events that were taken; null where none are. */
  private final @Nullable EventIntervals taken;

  private final CompleteEvent.ListVisitor takeList = this::takeList;
  private final long[][] symbolsOfList;

  DensitySegmentEncoder(DensityCoder coder, EncodingContext context) {
    this.coder = coder;
    this.context = context;
    encoder = new DensityEncoder(coder.model(), Kernels.best());
    decoder = new DensityDecoder(coder.model(), Kernels.best());
    taken = context.eventByEvent() ? new EventIntervals(coder.model(), Kernels.best()) : null;
    symbolsOfList = new long[coder.columns().size()][0];
  }

  /** What a model calls an event is an entry of the parent group, with its list. */
  @Override
  public void take(CompleteEvent event) {
    event.forEachList(coder.group(), takeList);
  }

  private void takeList(CompleteEvent event, int from, int rows) {
    if (taken == null) {
      return;
    }
    for (int j = 0; j < symbolsOfList.length; j++) {
      if (symbolsOfList[j].length < rows) {
        symbolsOfList[j] = new long[2 * rows];
      }
      int column = coder.columns().get(j);
      codec(j).quantize(event.values(column), from, rows, symbolsOfList[j]);
    }
    taken.add(symbolsOfList, rows);
  }

  private ColumnCodec codec(int j) {
    return context.codecs().get(coder.columns().get(j));
  }

  @Override
  public void encode(Segment segment, List<ColumnCodec> codecs, CodedStream[] streams) {
    int blocks = segment.blocks();
    int columns = coder.columns().size();
    ByteWriter[][] bytes = new ByteWriter[blocks][];
    ColumnStatistics[][] statistics = new ColumnStatistics[blocks][columns];
    context
        .workers()
        .forEach(blocks, block -> bytes[block] = encodeBlock(segment, block, statistics[block]));
    if (taken != null) {
      taken.clear();
    }
    for (int j = 0; j < columns; j++) {
      ByteWriter together = new ByteWriter();
      int[] starts = new int[blocks + 1];
      List<ColumnStatistics> ofBlocks = new ArrayList<>();
      for (int block = 0; block < blocks; block++) {
        together.raw(bytes[block][j].array(), 0, bytes[block][j].size());
        starts[block + 1] = together.size();
        ofBlocks.add(statistics[block][j]);
      }
      streams[context.lists() + coder.columns().get(j)] =
          CodedStream.modelled(together.toByteArray(), starts, ofBlocks);
    }
  }

  private ByteWriter[] encodeBlock(Segment segment, int block, ColumnStatistics[] statistics) {
    int[] starts = segment.starts(coder.group());
    int from = starts[block];
    int count = starts[block + 1] - from;
    EventOrder order = coder.order(segment.offsets(coder.group(), block), count);
    Table table = segment.table();
    int columns = coder.columns().size();
    long[][] symbols = new long[columns][];
    ByteWriter[] out = new ByteWriter[columns];
    for (int j = 0; j < columns; j++) {
      symbols[j] = codec(j).symbols(table.values(coder.columns().get(j)), from, count);
      out[j] = new ByteWriter(2 * count);
    }
    Intervals intervals =
        taken == null ? encoder.intervals(symbols, order) : taken.ofBlock(symbols, order, from);
    encoder.encode(intervals, order, out);
    if (context.verifying()) {
      verify(symbols, intervals.cells(), order, out);
    }
    for (int j = 0; j < columns; j++) {
      ColumnValues values = table.values(coder.columns().get(j));
      ColumnValues restored = ColumnValues.zeros(codec(j).column().type(), count);
      statistics[j] = codec(j).restoreAndCheck(symbols[j], count, values, from, restored);
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
