package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.quantize.OrdinalDifferences;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Refines the events of a segment in which quantities miss their bounds (docs/format.md section
 * 6.9): first the columns are coded with codecs that keep what they restore; then {@link #encode}
 * computes the quantities. Not thread-safe.
 */
final class SegmentRefinement {
  private final Segment segment;
  private final Guarantees guarantees;
  private final FileGuarantees inFile;
  private final EncodingContext context;
  private final SegmentCodecs codecs;

  /**
   * Begins with a segment whose columns are not coded yet.
   *
   * @param inFile what the file says of the guarantees
   * @param codecs of its columns, which from now on keep what they restore
   */
  SegmentRefinement(
      Segment segment,
      Guarantees guarantees,
      FileGuarantees inFile,
      EncodingContext context,
      SegmentCodecs codecs) {
    this.segment = segment;
    this.guarantees = guarantees;
    this.inFile = inFile;
    this.context = context;
    this.codecs = codecs;
    codecs.keep(inFile.refinedColumns());
  }

  /**
   * Adds the streams of refinement, and corrects what is said of the refined columns.
   *
   * @param streams has those of the columns
   * @return for each block, how many of its events are refined
   */
  int[] encode(CodedStream[] streams) {
    int[][] events = new int[segment.blocks()][];
    Table after = restoredTable();
    context
        .workers()
        .forEach(
            events.length, block -> events[block] = missed(after, segment.blockStarts(), block));
    int first = context.header().streamOfRefinedEvents();
    List<Integer> columns = inFile.refinedColumns();
    context
        .workers()
        .forEach(
            1 + columns.size(),
            EncodingBuffers::new,
            (buffers, number) ->
                streams[first + number] =
                    number == 0
                        ? coded(gaps(events), buffers)
                        : column(columns.get(number - 1), events, streams, buffers));
    int[] counts = new int[events.length];
    for (int block = 0; block < counts.length; block++) {
      counts[block] = events[block].length;
    }
    return counts;
  }

  private Table restoredTable() {
    Table table = segment.table();
    Schema schema = table.schema();
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      offsets.add(table.offsets(group));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      boolean isRefined = inFile.refinedColumns().contains(column);
      values.add(isRefined ? codecs.get(column).kept() : table.values(column));
    }
    return new Table(schema, table.rootEntries(), offsets, values);
  }

  /** Events of the segment that a block has and that miss a bound. Blocks bound what is held. */
  private int[] missed(Table after, int[] starts, int block) {
    int from = starts[block];
    int to = starts[block + 1];
    BitSet missed = guarantees.missed(segment.table().slice(from, to), after.slice(from, to));
    return missed.stream().map(event -> from + event).toArray();
  }

  private List<long[]> gaps(int[][] events) {
    List<long[]> gaps = new ArrayList<>();
    for (int block = 0; block < events.length; block++) {
      long[] ofBlock = new long[events[block].length];
      int next = segment.blockStarts()[block];
      for (int i = 0; i < ofBlock.length; i++) {
        ofBlock[i] = (long) events[block][i] - next;
        next = events[block][i] + 1;
      }
      gaps.add(ofBlock);
    }
    return gaps;
  }

  private CodedStream column(
      int column, int[][] events, CodedStream[] streams, EncodingBuffers buffers) {
    Table table = segment.table();
    ColumnValues originals = table.values(column);
    ColumnValues kept = codecs.get(column).kept();
    int group = table.schema().groupOf(column);
    int[] starts = segment.starts(group);
    List<long[]> differences = new ArrayList<>();
    List<ColumnStatistics> statistics = new ArrayList<>();
    CodedStream symbols = streams[context.lists() + column];
    for (int block = 0; block < events.length; block++) {
      int[] rows = new RefinedRows(table.schema(), events[block], table::offsets).of(group);
      long[] ofBlock = OrdinalDifferences.of(originals, kept, rows);
      OrdinalDifferences.add(ofBlock, rows, kept);
      differences.add(ofBlock);
      ColumnStatistics before = symbols.statistics().get(block);
      statistics.add(
          rows.length == 0
              ? before
              : codecs
                  .get(column)
                  .refined(before, originals, kept, starts[block], starts[block + 1]));
    }
    streams[context.lists() + column] = symbols.withStatistics(statistics);
    return coded(differences, buffers);
  }

  private CodedStream coded(List<long[]> blocks, EncodingBuffers buffers) {
    return CodedStream.of(blocks, context.verifying(), buffers, List.of());
  }
}
