package org.jetfold.codec.pipeline;

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

  /** The phase of the event that is being taken, as often as a list of it has rows. */
  private byte[] phaseOfEvent = new byte[1];

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
  public void take(CompleteEvent event, byte phase) {
    Arrays.fill(phaseOfEvent, phase);
    event.forEachList(coder.group(), takeList);
  }

  private void takeList(CompleteEvent event, int from, int rows) {
    if (taken == null) {
      return;
    }
    if (phaseOfEvent.length < rows) {
      byte phase = phaseOfEvent[0];
      phaseOfEvent = new byte[2 * rows];
      Arrays.fill(phaseOfEvent, phase);
    }
    for (int j = 0; j < symbolsOfList.length; j++) {
      if (symbolsOfList[j].length < rows) {
        symbolsOfList[j] = new long[2 * rows];
      }
      int column = coder.columns().get(j);
      context
          .codecs()
          .get(column)
          .quantize(event.values(column), from, rows, phaseOfEvent, symbolsOfList[j]);
    }
    taken.add(symbolsOfList, rows, phaseOfEvent[0]);
  }

  /**
   * A coded block.
   *
   * @param bytes what the model's intervals make of each column
   * @param parts for each column, what is told of its spikes
   */
  private record Block(ByteWriter[] bytes, long[][] parts, ColumnStatistics[] statistics) {}

  @Override
  public void encode(Segment segment, List<ColumnCodec> codecs, CodedStream[] streams) {
    Block[] blocks = new Block[segment.blocks()];
    context
        .workers()
        .forEach(blocks.length, number -> blocks[number] = encodeBlock(segment, codecs, number));
    if (taken != null) {
      taken.clear();
    }
    EncodingBuffers buffers = new EncodingBuffers();
    for (int j = 0; j < coder.columns().size(); j++) {
      int column = coder.columns().get(j);
      streams[context.lists() + column] =
          codecs.get(column).parts().isEmpty()
              ? modelled(blocks, j)
              : withParts(blocks, j, buffers);
    }
  }

  private static List<ColumnStatistics> statistics(Block[] blocks, int j) {
    return Arrays.stream(blocks).map(block -> block.statistics()[j]).toList();
  }

  private static CodedStream modelled(Block[] blocks, int j) {
    ByteWriter together = new ByteWriter();
    int[] starts = new int[blocks.length + 1];
    for (int number = 0; number < blocks.length; number++) {
      ByteWriter bytes = blocks[number].bytes()[j];
      together.raw(bytes.array(), 0, bytes.size());
      starts[number + 1] = together.size();
    }
    return CodedStream.modelled(together.toByteArray(), starts, statistics(blocks, j));
  }

  /** The length of what the model codes, that, and a static stream that tells of spikes. */
  private CodedStream withParts(Block[] blocks, int j, EncodingBuffers buffers) {
    List<ColumnStatistics> statistics = statistics(blocks, j);
    CodedStream parts =
        CodedStream.of(
            Arrays.stream(blocks).map(block -> block.parts()[j]).toList(),
            context.verifying(),
            buffers,
            statistics);
    ByteWriter together = new ByteWriter();
    int[] starts = new int[blocks.length + 1];
    for (int number = 0; number < blocks.length; number++) {
      ByteWriter bytes = blocks[number].bytes()[j];
      together.varint(bytes.size());
      together.raw(bytes.array(), 0, bytes.size());
      parts.write(number, together);
      starts[number + 1] = together.size();
    }
    return new CodedStream(parts.fitted(), together.toByteArray(), starts, statistics);
  }

  private Block encodeBlock(Segment segment, List<ColumnCodec> codecs, int number) {
    int[] starts = segment.starts(coder.group());
    int from = starts[number];
    int count = starts[number + 1] - from;
    EventOrder order =
        coder.order(
            segment.offsets(coder.group(), number),
            count,
            () -> Arrays.copyOfRange(phases(codecs), from, from + count));
    Table table = segment.table();
    int columns = coder.columns().size();
    long[][] symbols = new long[columns][];
    ByteWriter[] out = new ByteWriter[columns];
    for (int j = 0; j < columns; j++) {
      int column = coder.columns().get(j);
      symbols[j] = codecs.get(column).symbols(table.values(column), from, count);
      out[j] = new ByteWriter(2 * count);
    }
    Intervals intervals =
        taken == null ? encoder.intervals(symbols, order) : taken.ofBlock(symbols, order, from);
    encoder.encode(intervals, order, out);
    if (context.verifying()) {
      verify(symbols, intervals.cells(), order, out);
    }
    long[][] parts = new long[columns][];
    ColumnStatistics[] statistics = new ColumnStatistics[columns];
    for (int j = 0; j < columns; j++) {
      ColumnCodec codec = codecs.get(coder.columns().get(j));
      ColumnValues values = table.values(coder.columns().get(j));
      parts[j] = codec.parts(values, from, symbols[j]);
      ColumnValues restored = ColumnValues.zeros(codec.column().type(), count);
      statistics[j] = codec.restoreAndCheck(symbols[j], count, parts[j], values, from, restored);
    }
    return new Block(out, parts, statistics);
  }

  /** The phases of all rows, which the columns share. */
  private byte[] phases(List<ColumnCodec> codecs) {
    for (int column : coder.columns()) {
      byte[] phases = codecs.get(column).phases();
      if (phases != null) {
        return phases;
      }
    }
    throw new IllegalStateException("a dithered model without a dithered column");
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
