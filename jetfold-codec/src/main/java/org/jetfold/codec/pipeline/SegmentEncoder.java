package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Writes segments: quantizes every column, fits the distributions, codes every block, and decodes
 * what it coded before it lets it out. What is written does not depend on the number of workers.
 * Not thread-safe; the workers are its own matter.
 */
final class SegmentEncoder {
  private final FileHeader header;
  private final Schema schema;
  private final List<ColumnPath> paths;
  private final @Nullable ModelledSegments modelled;
  private final Workers workers;
  private final boolean verifying;
  private final int lists;
  private final int streams;

  /**
   * An encoder for the segments of a table.
   *
   * @param modelled what codes some of the columns; null where all are left to the static model
   * @param verifying whether every stream is decoded and compared before it is written
   */
  SegmentEncoder(
      FileHeader header,
      List<ColumnPath> paths,
      @Nullable ModelledSegments modelled,
      Workers workers,
      boolean verifying) {
    this.header = header;
    this.schema = header.schema();
    this.paths = paths;
    this.modelled = modelled;
    this.workers = workers;
    this.verifying = verifying;
    this.lists = schema.groups().size() - 1;
    this.streams = header.streams();
  }

  void encode(Segment segment, ContainerWriter out) throws IOException {
    long[][] beginnings = new long[paths.size()][];
    workers.forEach(
        beginnings.length, column -> beginnings[column] = beginning(segment.table(), column));

    CodedStream[] coded = new CodedStream[streams];
    workers.forEach(
        header.firstLatentStream(0),
        EncodingBuffers::new,
        (buffers, stream) -> {
          if (!isModelled(stream - lists)) {
            coded[stream] = coded(segment, stream, beginnings, buffers);
          }
        });
    if (modelled != null) {
      modelled.encode(segment, coded);
    }

    DistributionWriter writer = new DistributionWriter();
    for (CodedStream stream : coded) {
      writer.write(stream.distribution());
    }
    out.distributions(writer.finish());
    ByteWriter body = new ByteWriter();
    for (int block = 0; block < segment.blocks(); block++) {
      write(segment, block, coded, body, out);
    }
  }

  private boolean isModelled(int column) {
    return modelled != null && modelled.codes(column);
  }

  /** A column's first symbols, by which others see whether they should refer to it. */
  private long[] beginning(Table table, int column) {
    ColumnValues values = table.values(column);
    long[] symbols = new long[Math.min(values.size(), FittedDistribution.BEGINNING)];
    paths.get(column).quantize(values, symbols);
    return symbols;
  }

  /**
   * Does for a stream all that is to be done before the next: so it finds in the caches what it
   * left there, and no symbols are held but its own and those of the column that it refers to.
   */
  private CodedStream coded(
      Segment segment, int stream, long[][] beginnings, EncodingBuffers buffers) {
    Table table = segment.table();
    int[] starts = segment.starts(groupOf(stream));
    long[] symbols = symbols(table, stream, buffers.symbols(starts[segment.blocks()]));
    FittedDistribution fitted =
        FittedDistribution.of(
            symbols,
            Arrays.copyOf(starts, segment.blocks()),
            referable(stream, beginnings),
            column -> reference(table, column, buffers));
    Distribution distribution = fitted.distribution();
    int column = distribution.reference() - Distribution.FIRST_COLUMN;
    long[] reference = column < 0 ? null : reference(table, column, buffers);

    StreamEncoder encoder = new StreamEncoder(distribution);
    StreamDecoder decoder = new StreamDecoder(distribution);
    ByteWriter bytes = buffers.bytes();
    int[] byteStarts = new int[starts.length];
    List<ColumnStatistics> statistics = new ArrayList<>();
    for (int block = 0; block < segment.blocks(); block++) {
      int from = starts[block];
      int to = starts[block + 1];
      encoder.encode(symbols, from, to - from, reference, bytes, buffers.coding());
      byteStarts[block + 1] = bytes.size();
      long[] decoded = buffers.block(to - from);
      if (verifying) {
        ByteReader coded =
            new ByteReader(bytes.array(), byteStarts[block], bytes.size() - byteStarts[block], 0);
        long[] referred = reference == null ? null : Arrays.copyOfRange(reference, from, to);
        decoder.decode(coded, decoded, to - from, referred, buffers.coding());
        requireEqual(symbols, from, to, decoded);
      } else {
        System.arraycopy(symbols, from, decoded, 0, to - from);
      }
      if (stream >= lists) {
        statistics.add(restoreAndCheck(table, stream - lists, from, to, decoded, buffers));
      }
    }
    return new CodedStream(fitted, bytes.toByteArray(), byteStarts, statistics);
  }

  /** Fills an array with the symbols of a stream. */
  private long[] symbols(Table table, int stream, long[] symbols) {
    if (stream >= lists) {
      paths.get(stream - lists).quantize(table.values(stream - lists), symbols);
    } else {
      int[] offsets = table.offsets(stream + 1);
      for (int i = 0; i < symbols.length; i++) {
        symbols[i] = (long) offsets[i + 1] - offsets[i];
      }
    }
    return symbols;
  }

  private long[] reference(Table table, int column, EncodingBuffers buffers) {
    long[] symbols = buffers.reference(table.values(column).size());
    return symbols(table, lists + column, symbols);
  }

  /** The group whose entries a stream has a symbol for. */
  private int groupOf(int stream) {
    return stream < lists ? schema.parent(stream + 1) : schema.groupOf(stream - lists);
  }

  /** Beginnings of the columns that a stream may refer to. */
  private Map<Integer, long[]> referable(int stream, long[][] beginnings) {
    Map<Integer, long[]> columns = new HashMap<>();
    int column = stream - lists;
    for (int other = 0; other < column; other++) {
      if (!isModelled(other)
          && schema.groupOf(other) == schema.groupOf(column)
          && paths.get(other).sharesSymbolsWith(paths.get(column))) {
        columns.put(other, beginnings[other]);
      }
    }
    return columns;
  }

  private static void requireEqual(long[] symbols, int from, int to, long[] decoded) {
    if (!Arrays.equals(symbols, from, to, decoded, 0, to - from)) {
      throw new IllegalStateException(
          "a stream does not decode to its symbols; please report this");
    }
  }

  private ColumnStatistics restoreAndCheck(
      Table table, int column, int from, int to, long[] decoded, EncodingBuffers buffers) {
    ColumnPath path = paths.get(column);
    ColumnValues restored = buffers.restored(path.column().type(), to - from);
    return path.restoreAndCheck(decoded, to - from, table.values(column), from, restored);
  }

  private void write(
      Segment segment, int block, CodedStream[] coded, ByteWriter body, ContainerWriter out)
      throws IOException {
    int[] entries = new int[schema.groups().size()];
    for (int group = 0; group < entries.length; group++) {
      int[] starts = segment.starts(group);
      entries[group] = starts[block + 1] - starts[block];
    }
    body.clear();
    int[] lengths = new int[streams];
    List<ColumnStatistics> columns = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      CodedStream bytes = coded[stream];
      bytes.write(block, body);
      lengths[stream] = bytes.length(block);
      if (stream >= lists && stream < header.firstLatentStream(0)) {
        columns.add(bytes.statistics().get(block));
      }
    }
    out.block(entries, body, lengths, columns);
  }
}
