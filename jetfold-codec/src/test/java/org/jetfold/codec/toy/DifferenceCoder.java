package org.jetfold.codec.toy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.pipeline.BlockDecoder;
import org.jetfold.codec.pipeline.BlockStreams;
import org.jetfold.codec.pipeline.CodedStream;
import org.jetfold.codec.pipeline.ColumnCodec;
import org.jetfold.codec.pipeline.ColumnCoder;
import org.jetfold.codec.pipeline.DecodedSymbols;
import org.jetfold.codec.pipeline.EncodingBuffers;
import org.jetfold.codec.pipeline.EncodingContext;
import org.jetfold.codec.pipeline.Segment;
import org.jetfold.codec.pipeline.SegmentEncoder;
import org.jetfold.codec.table.ColumnValues;

/** Stores the differences between the symbols of two columns, both of one group. */
record DifferenceCoder(int group, int base, int coded) implements ColumnCoder {
  @Override
  public List<Integer> columns() {
    return List.of(coded);
  }

  @Override
  public List<Integer> seenColumns() {
    return List.of(base, coded);
  }

  @Override
  public List<Integer> decodedBefore(int column) {
    return List.of(base);
  }

  @Override
  public SegmentEncoder encoder(EncodingContext context) {
    return (segment, codecs, streams) -> encode(context, segment, streams);
  }

  private void encode(EncodingContext context, Segment segment, CodedStream[] streams) {
    ColumnCodec codec = context.codecs().get(coded);
    ColumnValues values = segment.table().values(coded);
    int[] starts = segment.starts(group);
    List<long[]> blocks = new ArrayList<>();
    List<ColumnStatistics> statistics = new ArrayList<>();
    for (int block = 0; block < segment.blocks(); block++) {
      int from = starts[block];
      int count = starts[block + 1] - from;
      long[] differences = codec.symbols(values, from, count);
      ColumnValues restored = ColumnValues.zeros(codec.column().type(), count);
      statistics.add(codec.restoreAndCheck(differences, count, values, from, restored));
      long[] bases = context.codecs().get(base).symbols(segment.table().values(base), from, count);
      for (int i = 0; i < count; i++) {
        differences[i] -= bases[i];
      }
      blocks.add(differences);
    }
    streams[context.lists() + coded] =
        CodedStream.of(blocks, context.verifying(), new EncodingBuffers(), statistics);
  }

  @Override
  public BlockDecoder decoder(ContainerReader container, List<Integer> wanted) {
    return new BlockDecoder() {
      @Override
      public List<Integer> needed() {
        return List.of(base);
      }

      @Override
      public void decode(BlockStreams block, DecodedSymbols symbols) throws IOException {
        long[] decoded = new long[block.entries(group)];
        block.decodeColumn(coded, decoded);
        long[] bases = symbols.longs(base);
        for (int i = 0; i < decoded.length; i++) {
          decoded[i] += bases[i];
        }
        symbols.put(coded, decoded);
      }
    };
  }
}
