package org.jetfold.study.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;

/**
 * A table's shape and size as a person speaks of it: events, jets, rows.
 *
 * @param entries for each group of the schema how many there are
 */
public record TableShape(Schema schema, List<Long> entries) {
  /** More collections than these are not named one by one. */
  private static final int MAX_COLLECTIONS = 4;

  /** Copies the list. */
  public TableShape {
    entries = List.copyOf(entries);
  }

  /** Reads what is left of a table, and counts it. */
  public static TableShape counted(TableSource source) throws IOException {
    Counter counter = new Counter(source.schema());
    source.forEachPiece(counter::add);
    return counter.shape();
  }

  /** Counts the entries of a table's pieces. Not thread-safe. */
  public static final class Counter {
    private final Schema schema;
    private final long[] entries;

    /** Counts from 0. */
    public Counter(Schema schema) {
      this.schema = schema;
      entries = new long[schema.groups().size()];
    }

    /** Adds a piece. */
    public void add(Table piece) {
      for (int group = 0; group < entries.length; group++) {
        entries[group] += piece.entries(group);
      }
    }

    /** The rows or events so far. */
    public long rootEntries() {
      return entries[0];
    }

    /** What was counted so far. */
    public TableShape shape() {
      return new TableShape(schema, Arrays.stream(entries).boxed().toList());
    }
  }

  /** The bytes that all values take in uncompressed arrays; event boundaries do not count. */
  public long rawBytes() {
    long bytes = 0;
    for (int column = 0; column < schema.columns().size(); column++) {
      bytes += values(column) * schema.columns().get(column).type().bytes();
    }
    return bytes;
  }

  /** The number of values of a column. */
  public long values(int column) {
    return entries.get(schema.groupOf(column));
  }

  /**
   * The group that the table is about: the rows of a flat table, or the collection with the most
   * objects.
   */
  public int mainGroup() {
    int main = schema.hasEvents() ? 1 : 0;
    for (int group = main; group < entries.size(); group++) {
      boolean collection = group == 0 || schema.parent(group) == 0;
      main = collection && entries.get(group) > entries.get(main) ? group : main;
    }
    return main;
  }

  /** What one entry of a group is called. */
  public String singular(int group) {
    if (group == 0) {
      return schema.hasEvents() ? "event" : "row";
    }
    return singular(schema.groups().get(group).name());
  }

  /** What an object of a collection is called. */
  public static String singular(String collection) {
    // A name may hold anything; the text is one line.
    String name = collection.replaceAll("\\p{Cntrl}", "?");
    return name.length() > 2 && name.endsWith("s")
        ? name.substring(0, name.length() - 1)
        : name + " object";
  }

  /** Bits that a file takes for each entry of the main group; 0 where there is none. */
  public double bitsAnEntry(long bytes) {
    long main = entries.get(mainGroup());
    return main == 0 ? 0 : 8.0 * bytes / main;
  }

  /** How much there is: 58,964 events, 230,222 jets, 27 columns. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(Quantities.count(entries.getFirst(), singular(0))).append(", ");
    List<Integer> collections =
        IntStream.range(1, entries.size())
            .filter(group -> schema.parent(group) == 0)
            .boxed()
            .toList();
    if (collections.size() > MAX_COLLECTIONS) {
      long objects = collections.stream().mapToLong(entries::get).sum();
      text.append(Quantities.count(objects, "object"))
          .append(" in ")
          .append(Quantities.count(collections.size(), "collection"))
          .append(", ");
    } else {
      for (int group : collections) {
        text.append(Quantities.count(entries.get(group), singular(group))).append(", ");
      }
    }
    return text.append(Quantities.count(schema.columns().size(), "column")).toString();
  }
}
