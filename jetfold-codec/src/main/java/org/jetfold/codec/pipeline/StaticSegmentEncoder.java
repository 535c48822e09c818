package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/** Codes columns and counts of lists, each with a distribution fitted to the segment. */
final class StaticSegmentEncoder implements SegmentEncoder {
  private final EncodingContext context;
  private final Schema schema;
  private final Set<Integer> columns;
  private final int lists;

  /**
   * An encoder.
   *
   * @param columns those that it codes, beside all counts of lists
   */
  StaticSegmentEncoder(EncodingContext context, List<Integer> columns) {
    this.context = context;
    this.columns = new HashSet<>(columns);
    schema = context.header().schema();
    lists = context.lists();
  }

  @Override
  public void encode(Segment segment, List<ColumnCodec> codecs, CodedStream[] streams) {
    long[][] beginnings = new long[schema.columns().size()][];
    context
        .workers()
        .forEach(
            beginnings.length,
            column -> beginnings[column] = beginning(segment.table(), codecs, column));
    context
        .workers()
        .forEach(
            lists + beginnings.length,
            EncodingBuffers::new,
            (buffers, stream) -> {
              if (stream < lists || columns.contains(stream - lists)) {
                streams[stream] = coded(segment, codecs, stream, beginnings, buffers);
              }
            });
  }

  /** A column's first symbols, by which others see whether they should refer to it. */
  private long[] beginning(Table table, List<ColumnCodec> codecs, int column) {
    if (!columns.contains(column)) {
      return new long[0];
    }
    ColumnValues values = table.values(column);
    long[] symbols = new long[Math.min(values.size(), FittedDistribution.BEGINNING)];
    codecs.get(column).quantize(values, symbols);
    return symbols;
  }

  /**
   * Does for a stream all that is to be done before the next: so it finds in the caches what it
   * left there, and no symbols are held but its own and those of the column that it refers to.
   */
  private CodedStream coded(
      Segment segment,
      List<ColumnCodec> codecs,
      int stream,
      long[][] beginnings,
      EncodingBuffers buffers) {
    Table table = segment.table();
    int[] starts = segment.starts(groupOf(stream));
    long[] symbols = symbols(table, codecs, stream, buffers.symbols(starts[segment.blocks()]));
    FittedDistribution fitted =
        FittedDistribution.of(
            symbols,
            Arrays.copyOf(starts, segment.blocks()),
            referable(stream, codecs, beginnings),
            column -> reference(table, codecs, stream, column, buffers));
    int column = fitted.distribution().reference() - Distribution.FIRST_COLUMN;
    long[] reference = column < 0 ? null : reference(table, codecs, stream, column, buffers);
    List<ColumnStatistics> statistics = new ArrayList<>();
    return CodedStream.of(
        fitted,
        symbols,
        starts,
        reference,
        context.verifying(),
        buffers,
        (from, count, decoded) -> {
          if (stream >= lists) {
            ColumnCodec codec = codecs.get(stream - lists);
            ColumnValues restored = buffers.restored(codec.column().type(), count);
            statistics.add(
                codec.restoreAndCheck(
                    decoded, count, table.values(stream - lists), from, restored));
          }
        },
        statistics);
  }

  /** Fills an array with the symbols of a stream. */
  private long[] symbols(Table table, List<ColumnCodec> codecs, int stream, long[] symbols) {
    if (stream >= lists) {
      codecs.get(stream - lists).quantize(table.values(stream - lists), symbols);
    } else {
      int[] offsets = table.offsets(stream + 1);
      for (int i = 0; i < symbols.length; i++) {
        symbols[i] = (long) offsets[i + 1] - offsets[i];
      }
    }
    return symbols;
  }

  private long[] reference(
      Table table, List<ColumnCodec> codecs, int stream, int column, EncodingBuffers buffers) {
    long[] symbols = buffers.reference(table.values(column).size());
    symbols(table, codecs, lists + column, symbols);
    return codecs.get(column).inSymbolsOf(codecs.get(stream - lists), symbols);
  }

  /** The group whose entries a stream has a symbol for. */
  private int groupOf(int stream) {
    return stream < lists ? schema.parent(stream + 1) : schema.groupOf(stream - lists);
  }

  /** Beginnings of the columns that a stream may refer to. */
  private Map<Integer, long[]> referable(
      int stream, List<ColumnCodec> codecs, long[][] beginnings) {
    Map<Integer, long[]> referable = new HashMap<>();
    int column = stream - lists;
    for (int other = 0; other < column; other++) {
      if (columns.contains(other)
          && schema.groupOf(other) == schema.groupOf(column)
          && context.codecs().get(other).sharesSymbolsWith(context.codecs().get(column))) {
        referable.put(other, codecs.get(other).inSymbolsOf(codecs.get(column), beginnings[other]));
      }
    }
    return referable;
  }
}
