package org.jetfold.tables.arrays;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.rows.ArraySpool;

/**
 * Writes a table of any shape as named arrays. The values wait in a temporary file, because an
 * array's length comes before its values. Not thread-safe.
 */
public final class ArraySink implements TableSink {
  /** The attribute that names an array's collection; empty for event values. */
  public static final String COLLECTION = "collection";

  /** The attribute that names a column's unit. */
  public static final String UNIT = "unit";

  /** The attribute of a float column that holds integers. */
  public static final String INTEGRAL = "integral";

  /** All attributes. */
  public static final Set<String> ATTRIBUTES = Set.of(COLLECTION, UNIT, INTEGRAL);

  /** A complete array. */
  public interface Stored {
    /** Its name. */
    String name();

    /** The type of its elements. */
    ValueType type();

    /** Whether it holds offsets, and no column. */
    boolean isOffsets();

    /** The number of its elements. */
    long length();

    /** What else is known of it, for formats that have a place for that: name and text. */
    Map<String, String> attributes();

    /** Writes the elements, little-endian, one behind the other. */
    void copyTo(OutputStream out) throws IOException;
  }

  /** A file format that keeps arrays. */
  public interface Container {
    /** Writes a whole file; the stream stays open. */
    void write(List<Stored> arrays, OutputStream out) throws IOException;
  }

  private final TableOutput output;
  private final Schema schema;
  private final ArrayPlan plan;
  private final Container container;
  private final ArraySpool spool;
  private final long[] entries;

  /** Starts to write; the sink owns the output. */
  public ArraySink(TableOutput output, Schema schema, ArrayPlan plan, Container container)
      throws IOException {
    this.output = output;
    this.schema = schema;
    this.plan = plan;
    this.container = container;
    entries = new long[schema.groups().size()];
    spool = new ArraySpool(output.temporaryFolder(), plan.arrays().size());
  }

  @Override
  public void write(Table piece) throws IOException {
    for (int i = 0; i < plan.arrays().size(); i++) {
      ArrayPlan.Planned array = plan.arrays().get(i);
      ColumnValues values =
          array.isOffsets()
              ? new ColumnValues.Integers(ends(piece, array.group()))
              : piece.values(array.column());
      spool.append(i, List.of(array.type()), List.of(values));
    }
    for (int group = 0; group < entries.length; group++) {
      entries[group] += piece.entries(group);
    }
  }

  private long[] ends(Table piece, int group) {
    int[] offsets = piece.offsets(group);
    long[] ends = new long[offsets.length - 1];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = entries[group] + offsets[i + 1];
    }
    return ends;
  }

  /** An array that waits in the spool; offsets begin with a 0 that does not. */
  private record Spooled(
      ArraySpool spool,
      int number,
      ArrayPlan.Planned plan,
      long length,
      Map<String, String> attributes)
      implements Stored {
    @Override
    public String name() {
      return plan.name();
    }

    @Override
    public ValueType type() {
      return plan.type();
    }

    @Override
    public boolean isOffsets() {
      return plan.isOffsets();
    }

    @Override
    public void copyTo(OutputStream out) throws IOException {
      if (plan.isOffsets()) {
        out.write(new byte[Long.BYTES]);
      }
      spool.copyTo(number, out);
    }
  }

  private Map<String, String> attributes(ArrayPlan.Planned array) {
    Map<String, String> attributes = new LinkedHashMap<>();
    int group = array.group();
    while (group > 0 && schema.parent(group) > 0) {
      group = schema.parent(group);
    }
    if (schema.hasEvents()) {
      attributes.put(COLLECTION, schema.groups().get(group).name());
    }
    if (!array.isOffsets()) {
      Column column = schema.columns().get(array.column());
      if (!column.unit().isEmpty()) {
        attributes.put(UNIT, column.unit());
      }
      if (column.integral()) {
        attributes.put(INTEGRAL, "1");
      }
    }
    return attributes;
  }

  @Override
  public void finish() throws IOException {
    List<Stored> stored = new ArrayList<>();
    for (int i = 0; i < plan.arrays().size(); i++) {
      ArrayPlan.Planned array = plan.arrays().get(i);
      long length =
          array.isOffsets() ? entries[schema.parent(array.group())] + 1 : entries[array.group()];
      stored.add(new Spooled(spool, i, array, length, attributes(array)));
    }
    container.write(stored, output.stream());
    output.commit();
  }

  @Override
  public void close() throws IOException {
    try {
      spool.close();
    } finally {
      output.close();
    }
  }
}
