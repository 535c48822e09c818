package org.jetfold.cli.file;

import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.text.Quantities;

/** A table's shape and size as a person speaks of it: events, jets, rows. */
public record TableShape(Schema schema, List<Long> entries) {
  /** More collections than these are not named one by one. */
  private static final int MAX_COLLECTIONS = 4;

  public TableShape {
    entries = List.copyOf(entries);
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
    String name = Streams.printable(schema.groups().get(group).name());
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
