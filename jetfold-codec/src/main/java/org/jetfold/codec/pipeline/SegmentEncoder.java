package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.container.ColumnStatistics;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Writes segments: quantizes every column, fits the distributions, codes every block, and decodes
 * what it coded before it lets it out. What is written does not depend on the number of workers.
 * Not thread-safe; the workers are its own matter.
 */
final class SegmentEncoder {
  private final Schema schema;
  private final List<ColumnPath> paths;
  private final Workers workers;
  private final boolean verifying;
  private final int lists;
  private final int streams;

  /**
   * An encoder for the segments of a table.
   *
   * @param verifying whether every stream is decoded and compared before it is written
   */
  SegmentEncoder(Schema schema, List<ColumnPath> paths, Workers workers, boolean verifying) {
    this.schema = schema;
    this.paths = paths;
    this.workers = workers;
    this.verifying = verifying;
    this.lists = schema.groups().size() - 1;
    this.streams = BlockHead.streams(schema);
  }

  void encode(Segment segment, ContainerWriter out) throws IOException {
    long[][] symbols = new long[streams][];
    workers.forEach(streams, stream -> symbols[stream] = symbols(segment.table(), stream));

    FittedDistribution[] fitted = new FittedDistribution[streams];
    workers.forEach(streams, stream -> fitted[stream] = fit(segment, symbols, stream));

    DistributionWriter writer = new DistributionWriter();
    List<Distribution> distributions = new ArrayList<>();
    for (FittedDistribution distribution : fitted) {
      distributions.add(writer.write(distribution));
    }
    out.distributions(writer.finish());

    Stream[] coded = new Stream[segment.blocks() * streams];
    workers.forEach(
        streams,
        stream -> encodeBlocks(segment, symbols, stream, distributions.get(stream), coded));
    for (int block = 0; block < segment.blocks(); block++) {
      write(
          segment,
          block,
          Arrays.asList(coded).subList(block * streams, (block + 1) * streams),
          out);
    }
  }

  private long[] symbols(Table table, int stream) {
    if (stream >= lists) {
      return paths.get(stream - lists).symbols(table.values(stream - lists));
    }
    int[] offsets = table.offsets(stream + 1);
    long[] counts = new long[offsets.length - 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) offsets[i + 1] - offsets[i];
    }
    return counts;
  }

  /** The group whose entries a stream has a symbol for. */
  private int groupOf(int stream) {
    return stream < lists ? schema.parent(stream + 1) : schema.groupOf(stream - lists);
  }

  private FittedDistribution fit(Segment segment, long[][] symbols, int stream) {
    int[] starts = segment.starts(groupOf(stream));
    Map<Integer, long[]> columns = new HashMap<>();
    int column = stream - lists;
    for (int other = 0; other < column; other++) {
      if (schema.groupOf(other) == schema.groupOf(column)
          && paths.get(other).sharesSymbolsWith(paths.get(column))) {
        columns.put(other, symbols[lists + other]);
      }
    }
    return FittedDistribution.of(
        symbols[stream], Arrays.copyOf(starts, starts.length - 1), columns);
  }

  /** A stream's bytes in one block, and, of a column, its statistics. */
  private record Stream(ByteWriter bytes, @Nullable ColumnStatistics statistics) {}

  private void encodeBlocks(
      Segment segment, long[][] symbols, int stream, Distribution distribution, Stream[] coded) {
    StreamEncoder encoder = new StreamEncoder(distribution);
    StreamDecoder decoder = new StreamDecoder(distribution);
    int[] starts = segment.starts(groupOf(stream));
    int reference = distribution.reference() - Distribution.FIRST_COLUMN;
    for (int block = 0; block < segment.blocks(); block++) {
      int from = starts[block];
      int to = starts[block + 1];
      long[] original = Arrays.copyOfRange(symbols[stream], from, to);
      long[] column =
          reference < 0 ? null : Arrays.copyOfRange(symbols[lists + reference], from, to);
      ByteWriter bytes = new ByteWriter(2 * original.length);
      encoder.encode(original, original.length, column, bytes);
      if (verifying) {
        verify(original, column, bytes, decoder);
      }
      ColumnStatistics statistics =
          stream < lists
              ? null
              : paths
                  .get(stream - lists)
                  .restoreAndCheck(
                      original, original.length, segment.table().values(stream - lists), from);
      coded[block * streams + stream] = new Stream(bytes, statistics);
    }
  }

  private static void verify(
      long[] original, long @Nullable [] column, ByteWriter bytes, StreamDecoder decoder) {
    long[] decoded = new long[original.length];
    decoder.decode(
        new ByteReader(bytes.array(), 0, bytes.size(), 0), decoded, decoded.length, column);
    if (!Arrays.equals(original, decoded)) {
      throw new IllegalStateException(
          "a stream does not decode to its symbols; please report this");
    }
  }

  private void write(Segment segment, int block, List<Stream> coded, ContainerWriter out)
      throws IOException {
    int[] entries = new int[schema.groups().size()];
    for (int group = 0; group < entries.length; group++) {
      int[] starts = segment.starts(group);
      entries[group] = starts[block + 1] - starts[block];
    }
    ByteWriter body =
        new ByteWriter(coded.stream().mapToInt(stream -> stream.bytes().size()).sum());
    int[] lengths = new int[streams];
    List<ColumnStatistics> columns = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      ByteWriter bytes = coded.get(stream).bytes();
      lengths[stream] = bytes.size();
      body.raw(bytes.array(), 0, bytes.size());
      ColumnStatistics statistics = coded.get(stream).statistics();
      if (statistics != null) {
        columns.add(statistics);
      }
    }
    out.block(entries, body, lengths, columns);
  }
}
