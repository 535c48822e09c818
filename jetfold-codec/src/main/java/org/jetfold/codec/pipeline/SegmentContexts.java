package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jetfold.codec.entropy.ContextChoice;
import org.jetfold.codec.entropy.ContextSearch;
import org.jetfold.codec.entropy.SampledColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/** Chooses the contexts of a segment's columns, from a sample of the rows of each group. */
final class SegmentContexts {
  private final EncodingContext context;
  private final Set<Integer> columns;

  /**
   * A choice for some columns.
   *
   * @param columns those that are coded with static distributions
   */
  SegmentContexts(EncodingContext context, Set<Integer> columns) {
    this.context = context;
    this.columns = columns;
  }

  ContextChoice choose(Segment segment, SegmentCodecs codecs) {
    Schema schema = segment.table().schema();
    List<ContextSearch.Option> options = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      ContextSearch search = search(segment.table(), codecs, group);
      List<List<ContextSearch.Option>> found = new ArrayList<>();
      for (int i = 0; i < search.columns(); i++) {
        found.add(List.of());
      }
      context.workers().forEach(search.columns(), i -> found.set(i, search.options(i)));
      found.forEach(options::addAll);
    }
    return new ContextChoice(options);
  }

  private ContextSearch search(Table table, SegmentCodecs codecs, int group) {
    Schema schema = table.schema();
    int[] ofGroup =
        IntStream.range(0, table.schema().columns().size())
            .filter(column -> schema.groupOf(column) == group && columns.contains(column))
            .toArray();
    int total = ofGroup.length == 0 ? 0 : table.values(ofGroup[0]).size();
    int[] rows = rows(total);
    int @Nullable [] places =
        group == 0 || rows.length == 0 ? null : places(table.offsets(group), rows, total);
    SampledColumn[] sampled = new SampledColumn[ofGroup.length];
    context
        .workers()
        .forEach(
            ofGroup.length,
            i -> sampled[i] = sample(table, codecs, ofGroup[i], rows, total, places));
    return new ContextSearch(
        List.of(sampled),
        places,
        total,
        (other, column, symbols) ->
            codecs.get(other).sharesSymbolsWith(codecs.get(column))
                ? codecs.get(other).inSymbolsOf(codecs.get(column), symbols)
                : null);
  }

  /** Where the pieces of the sample start. */
  private static int[] rows(int total) {
    if (total == 0) {
      return new int[0];
    }
    if (total <= ContextSearch.PIECES * ContextSearch.PIECE) {
      return new int[] {0};
    }
    int[] starts = new int[ContextSearch.PIECES];
    for (int piece = 0; piece < starts.length; piece++) {
      starts[piece] =
          (int) ((total - (long) ContextSearch.PIECE) * piece / (ContextSearch.PIECES - 1));
    }
    return starts;
  }

  private static int length(int[] starts, int total) {
    return starts.length == 1 ? total : ContextSearch.PIECE;
  }

  private static int[] places(int[] offsets, int[] starts, int total) {
    return Arrays.stream(starts)
        .flatMap(start -> Arrays.stream(Places.of(offsets, start, length(starts, total))))
        .toArray();
  }

  private static SampledColumn sample(
      Table table,
      SegmentCodecs codecs,
      int column,
      int[] starts,
      int total,
      int @Nullable [] places) {
    int length = length(starts, total);
    long[] symbols = new long[starts.length * length];
    long[] before = new long[symbols.length];
    for (int piece = 0; piece < starts.length; piece++) {
      int start = starts[piece];
      int more = start == 0 ? 0 : 1;
      long[] found = codecs.get(column).symbols(table.values(column), start - more, length + more);
      System.arraycopy(found, more, symbols, piece * length, length);
      System.arraycopy(found, 0, before, piece * length + 1 - more, length - 1 + more);
    }
    return new SampledColumn(column, symbols, before, places);
  }
}
