package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Collects events until they make a segment, and has it written. What a learned model says of an
 * event is computed when the event is complete. Not thread-safe.
 */
public final class EventCollector implements CompleteEvent {
  private static final int FIRST_CAPACITY = 1024;

  private final Schema schema;
  private final TableEncoder encoder;
  private final BlockLimits limits;
  private final ColumnValues[] values;

  /** For each column, how many values there are, with those of the event that is not complete. */
  private final int[] filled;

  /** For each group but the root, where its lists end. */
  private final int[][] ends;

  /** For each group but the root, how many lists there are. */
  private final int[] lists;

  /** For each group, how many entries complete events have, and how many the last of them has. */
  private final int[] entries;

  private final int[] sizes;
  private final List<Integer> blockStarts = new ArrayList<>(List.of(0));

  /** A collector that writes the header first. */
  public EventCollector(FileCoding coding, Workers workers, OutputStream out) throws IOException {
    schema = coding.header().schema();
    limits = new BlockLimits(schema);
    values = new ColumnValues[schema.columns().size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = ColumnValues.zeros(schema.columns().get(column).type(), FIRST_CAPACITY);
    }
    filled = new int[values.length];
    int groups = schema.groups().size();
    ends = new int[groups][FIRST_CAPACITY];
    lists = new int[groups];
    entries = new int[groups];
    sizes = new int[groups];
    encoder = new TableEncoder(coding, workers, true, true, out);
  }

  /** Adds a list of {@code size} entries to a group. */
  public void addList(int group, int size) {
    if (lists[group] == ends[group].length) {
      ends[group] = Arrays.copyOf(ends[group], 2 * lists[group]);
    }
    int before = lists[group] == 0 ? 0 : ends[group][lists[group] - 1];
    ends[group][lists[group]++] = Math.addExact(before, size);
  }

  /** Adds a value to a FLOAT32 column. */
  public void add(int column, float value) {
    if (values[column] instanceof ColumnValues.Floats(float[] floats)) {
      if (filled[column] < floats.length) {
        floats[filled[column]++] = value;
      } else {
        grow(column);
        add(column, value);
      }
    } else {
      throw otherType(column, "a float");
    }
  }

  /** Adds a value to a FLOAT64 column. */
  public void add(int column, double value) {
    if (values[column] instanceof ColumnValues.Doubles(double[] doubles)) {
      if (filled[column] < doubles.length) {
        doubles[filled[column]++] = value;
      } else {
        grow(column);
        add(column, value);
      }
    } else {
      throw otherType(column, "a double");
    }
  }

  /** Adds a value to an integer or boolean column. */
  public void add(int column, long value) {
    if (values[column] instanceof ColumnValues.Integers(long[] integers)) {
      if (filled[column] < integers.length) {
        integers[filled[column]++] = value;
      } else {
        grow(column);
        add(column, value);
      }
    } else {
      throw otherType(column, "an integer");
    }
  }

  private IllegalArgumentException otherType(int column, String given) {
    Column described = schema.columns().get(column);
    return new IllegalArgumentException(
        "column %s holds %s, not %s".formatted(described.name(), described.type(), given));
  }

  private void grow(int column) {
    ColumnValues larger =
        ColumnValues.zeros(schema.columns().get(column).type(), 2 * values[column].size());
    values[column].copyTo(larger, 0);
    values[column] = larger;
  }

  /**
   * Ends an event.
   *
   * @throws IllegalStateException where its lists and values do not go together; it is forgotten
   * @throws IOException where a segment could not be written
   */
  public void endEvent() throws IOException {
    try {
      measure();
    } catch (IllegalStateException e) {
      forgetEvent();
      throw e;
    }
    BlockLimits.Cut cut = limits.place(sizes);
    if (cut == BlockLimits.Cut.BLOCK) {
      blockStarts.add(entries[0]);
    } else if (cut == BlockLimits.Cut.SEGMENT) {
      writeSegment();
    }
    encoder.take(this, entries[0]);
    for (int group = 0; group < sizes.length; group++) {
      entries[group] += sizes[group];
    }
  }

  private void measure() {
    sizes[0] = 1;
    for (int group = 1; group < sizes.length; group++) {
      int parent = schema.parent(group);
      String name = schema.groups().get(group).name();
      requireSame(
          lists[group], entries[parent] + sizes[parent], entries[parent], "lists of " + name);
      sizes[group] = (lists[group] == 0 ? 0 : ends[group][lists[group] - 1]) - entries[group];
    }
    for (int column = 0; column < values.length; column++) {
      int group = schema.groupOf(column);
      String name = schema.columns().get(column).name();
      requireSame(
          filled[column], entries[group] + sizes[group], entries[group], "values of " + name);
    }
  }

  private static void requireSame(int given, int wanted, int before, String what) {
    if (given != wanted) {
      throw new IllegalStateException(
          "the event has %d %s where there must be %d"
              .formatted(given - before, what, wanted - before));
    }
  }

  /** Back to where the last complete event ended. */
  private void forgetEvent() {
    for (int group = 1; group < sizes.length; group++) {
      lists[group] = entries[schema.parent(group)];
    }
    for (int column = 0; column < values.length; column++) {
      filled[column] = entries[schema.groupOf(column)];
    }
  }

  @Override
  public ColumnValues values(int column) {
    return values[column];
  }

  @Override
  public void forEachList(int group, ListVisitor visitor) {
    int from = entries[group];
    if (group == 0) {
      visitor.visit(this, from, 1);
      return;
    }
    int parent = schema.parent(group);
    for (int list = entries[parent]; list < entries[parent] + sizes[parent]; list++) {
      visitor.visit(this, from, ends[group][list] - from);
      from = ends[group][list];
    }
  }

  /** Writes all complete events, and keeps the one that is being ended. */
  private void writeSegment() throws IOException {
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < sizes.length; group++) {
      int parents = entries[schema.parent(group)];
      int[] ofGroup = new int[parents + 1];
      System.arraycopy(ends[group], 0, ofGroup, 1, parents);
      offsets.add(ofGroup);
    }
    List<ColumnValues> columns = new ArrayList<>();
    for (int column = 0; column < values.length; column++) {
      columns.add(values[column].slice(0, entries[schema.groupOf(column)]));
    }
    blockStarts.add(entries[0]);
    Segment segment =
        new Segment(
            new Table(schema, entries[0], offsets, columns),
            blockStarts.stream().mapToInt(Integer::intValue).toArray());
    encoder.write(segment);
    blockStarts.clear();
    blockStarts.add(0);
    moveEventToFront();
  }

  private void moveEventToFront() {
    for (int group = 1; group < sizes.length; group++) {
      int parents = entries[schema.parent(group)];
      int rest = lists[group] - parents;
      for (int list = 0; list < rest; list++) {
        ends[group][list] = ends[group][parents + list] - entries[group];
      }
      lists[group] = rest;
    }
    for (int column = 0; column < values.length; column++) {
      int from = entries[schema.groupOf(column)];
      values[column].slice(from, filled[column]).copyTo(values[column], 0);
      filled[column] -= from;
    }
    Arrays.fill(entries, 0);
  }

  /**
   * Writes what is left, and the footer.
   *
   * @throws IllegalStateException where an event was begun and not ended
   */
  public TableEncoder.Written finish() throws IOException {
    for (int column = 0; column < filled.length; column++) {
      if (filled[column] > entries[schema.groupOf(column)]) {
        throw new IllegalStateException("an event was begun: endEvent must come before finish");
      }
    }
    if (entries[0] > 0) {
      writeSegment();
    }
    return encoder.finish();
  }
}
