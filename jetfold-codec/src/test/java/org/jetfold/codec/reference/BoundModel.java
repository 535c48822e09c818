package org.jetfold.codec.reference;

import java.util.Arrays;
import java.util.List;

/**
 * A model and the columns that it codes, section 12.1.
 *
 * @param group the group that they are in
 * @param columns for each of the model's columns, its number in the file
 * @param contexts for each of its contexts, where it is
 */
record BoundModel(LearnedModel model, int group, int[] columns, Known[] contexts) {
  /** The group of what has a context, that of its list or −1, and the column or −1. */
  private record Known(int object, int list, int column) {}

  /** Finds the columns of model number {@code number} of a file. */
  static BoundModel bind(LearnedModel model, int number, HeaderFields header) {
    int group =
        header.columns().stream()
            .filter(column -> column.coding() == number + 1)
            .mapToInt(HeaderFields.Column::group)
            .findFirst()
            .orElse(0);
    int[] columns = new int[model.columns().size()];
    Arrays.fill(columns, -1);
    for (int j = 0; j < columns.length; j++) {
      for (int column = 0; column < header.columns().size(); column++) {
        HeaderFields.Column candidate = header.columns().get(column);
        if (candidate.group() == group && candidate.name().equals(model.columns().get(j).name())) {
          columns[j] = column;
        }
      }
    }
    BoundModel bound =
        new BoundModel(model, group, columns, contexts(model, group, number, header));
    bound.check(number, header);
    return bound;
  }

  private static Known[] contexts(LearnedModel model, int group, int number, HeaderFields header) {
    Known[] contexts = new Known[model.contexts().size()];
    for (int c = 0; c < contexts.length; c++) {
      LearnedModel.Context context = model.contexts().get(c);
      int object = group;
      for (int level = 0; level < context.levels() && object >= 0; level++) {
        object = object == 0 ? -1 : header.groups().get(object).parent();
      }
      int list = -1;
      for (int other = 1; context.list() != null && other < header.groups().size(); other++) {
        if (header.groups().get(other).parent() == object
            && header.groups().get(other).name().equals(context.list())) {
          list = other;
        }
      }
      boolean isCount = context.list() != null && context.place() == 0;
      int of = context.list() == null ? object : list;
      int found = -1;
      for (int column = 0; column < header.columns().size(); column++) {
        HeaderFields.Column candidate = header.columns().get(column);
        if (!isCount
            && candidate.group() == of
            && candidate.name().equals(context.name())
            && candidate.type() == context.type()) {
          found = column;
        }
      }
      boolean right = object >= 0 && (context.list() == null || (list >= 0 && list != group));
      right = right && (isCount || found >= 0);
      if (right && context.list() != null && !isCount) {
        right = header.columns().get(found).coding() <= number;
      }
      if (!right) {
        throw FileError.damaged(0, "a model's context is not in the file, or not before the model");
      }
      contexts[c] = new Known(object, list, found);
    }
    return contexts;
  }

  /** For each context, each row's cell, or −1: section 12.4. */
  private int[][] cells(long[][] symbols, long[][] restored, HeaderFields header, int rows) {
    int[][] cells = new int[contexts.length][rows];
    for (int c = 0; c < contexts.length; c++) {
      Known known = contexts[c];
      LearnedModel.Context context = model.contexts().get(c);
      for (int row = 0; row < rows; row++) {
        int object = object(row, known.object(), symbols, header);
        long count = known.list() < 0 ? 1 : symbols[known.list() - 1][object];
        if (known.column() < 0) {
          cells[c][row] = model.contextCells().get(c).of(count);
          continue;
        }
        int entry = object;
        if (known.list() >= 0) {
          entry = context.place() - 1;
          for (int before = 0; before < object; before++) {
            entry += (int) symbols[known.list() - 1][before];
          }
        }
        boolean isThere = known.list() < 0 || context.place() <= count;
        cells[c][row] = isThere ? cell(c, restored[known.column()][entry]) : -1;
      }
    }
    return cells;
  }

  private int cell(int c, long value) {
    LearnedModel.Context context = model.contexts().get(c);
    long symbol = context.type() >= 10 ? context.symbols().symbolOfAny(value, 0) : value;
    return model.contextCells().get(c).of(symbol);
  }

  /** The object of a group above that a row belongs to. */
  private int object(int row, int above, long[][] symbols, HeaderFields header) {
    int entry = row;
    for (int at = group; at != above; at = header.groups().get(at).parent()) {
      long[] counts = symbols[at - 1];
      int list = 0;
      for (long end = counts[0]; end <= entry; end += counts[list]) {
        list++;
      }
      entry = list;
    }
    return entry;
  }

  private void check(int number, HeaderFields header) {
    long coded = header.columns().stream().filter(column -> column.coding() == number + 1).count();
    boolean right = coded == columns.length && !(model.events() && group == 0);
    for (int j = 0; j < columns.length && right; j++) {
      LearnedModel.Column wanted = model.columns().get(j);
      HeaderFields.Column column = columns[j] < 0 ? null : header.columns().get(columns[j]);
      right =
          column != null
              && column.coding() == number + 1
              && column.type() == wanted.type()
              && column.precision() == wanted.setting().precision()
              && column.setting() == wanted.setting().value();
    }
    if (!right) {
      throw FileError.damaged(0, "a model's columns are not those of the file");
    }
  }

  /** What the symbols of the model's columns stand for in a segment: puts it in its place. */
  void putValues(SegmentFields segment, List<SegmentValues> values, HeaderFields header) {
    for (int j = 0; j < columns.length; j++) {
      if (segment.isStatic().get(columns[j]) || !header.columns().get(columns[j]).isFloat()) {
        continue;
      }
      SegmentValues.Fields ofSegment = segment.values().get(columns[j]).fields();
      LearnedModel.Column column = model.columns().get(j);
      if (ofSegment.dithered() != column.fields().dithered()) {
        throw FileError.damaged(0, "a model and a segment differ in dither");
      }
      values.set(columns[j], column.symbols(header.columns().get(columns[j]), ofSegment));
    }
  }

  /**
   * Decodes the model's columns in a block; {@code streams} and {@code symbols} are the block's.
   *
   * @param restored the values of the columns that no model codes, and of those of groups above
   * @param values what the symbols of all columns stand for
   * @param phases of the rows
   * @return for each column of the file the parts that values lie in (section 12.6); null for those
   *     that are not the model's
   */
  long[][] decode(
      ByteCursor[] streams,
      long[][] symbols,
      long[][] restored,
      SegmentFields segment,
      List<SegmentValues> values,
      HeaderFields header,
      int[] phases) {
    int rows = phases.length;
    int lists = header.groups().size() - 1;
    ByteCursor[] in = new ByteCursor[columns.length];
    long[][] given = new long[columns.length][];
    for (int j = 0; j < in.length; j++) {
      if (segment.isStatic().get(columns[j])) {
        given[j] = given(j, restored[columns[j]], segment, header, phases);
        continue;
      }
      ByteCursor stream = streams[lists + columns[j]];
      in[j] =
          hasParts(segment, values, columns[j])
              ? stream.part(stream.varint(Integer.MAX_VALUE))
              : stream;
    }
    long[] counts = group == 0 ? new long[0] : symbols[group - 1];
    if (model.events()) {
      checkSum(counts, rows);
    }
    long[][] decoded =
        LearnedStreams.decode(
            model, in, given, cells(symbols, restored, header, rows), counts, rows, phases);
    for (int j = 0; j < in.length; j++) {
      symbols[lists + columns[j]] = given[j] == null ? decoded[j] : symbols[lists + columns[j]];
    }
    long[][] parts = new long[values.size()][];
    for (int column : columns) {
      parts[column] = new long[0];
      if (!segment.isStatic().get(column) && hasParts(segment, values, column)) {
        List<Long> spikes = segment.values().get(column).fields().spikes();
        int told = 0;
        for (int row = 0; row < rows; row++) {
          long symbol = symbols[lists + column][row];
          told += values.get(column).inCell(spikes, symbol, phases[row]).isEmpty() ? 0 : 1;
        }
        int stream = lists + column;
        parts[column] =
            SymbolStream.decode(streams[stream], segment.leaves().get(stream), told, null);
      }
    }
    return parts;
  }

  /** Whether a segment has spikes of a column that have no symbols of their own. */
  private static boolean hasParts(SegmentFields segment, List<SegmentValues> values, int column) {
    return segment.values().get(column) != null
        && segment.values().get(column).fields().spikes().stream()
            .anyMatch(spike -> !values.get(column).hasSymbolOf(spike));
  }

  /** The symbols that the network sees of a column that the model does not code (section 12.4). */
  private long[] given(
      int j, long[] restored, SegmentFields segment, HeaderFields header, int[] phases) {
    int reference = model.cells().get(j).reference();
    if (reference >= 0 && !segment.isStatic().get(columns[reference])) {
      throw FileError.damaged(0, "a model codes the reference of a column that it does not code");
    }
    if (!header.columns().get(columns[j]).isFloat()) {
      return restored;
    }
    SegmentValues symbols =
        model.columns().get(j).symbols(header.columns().get(columns[j]), SegmentValues.Fields.NONE);
    long[] given = new long[restored.length];
    for (int row = 0; row < given.length; row++) {
      given[row] = symbols.symbolOfAny(restored[row], phases[row]);
    }
    return given;
  }

  private static void checkSum(long[] counts, int rows) {
    long sum = 0;
    for (long count : counts) {
      if (count < 0 || count > rows) {
        throw FileError.damaged(0, "a list count is out of range");
      }
      sum += count;
    }
    if (sum != rows) {
      throw FileError.damaged(0, "list counts do not add up");
    }
  }
}
