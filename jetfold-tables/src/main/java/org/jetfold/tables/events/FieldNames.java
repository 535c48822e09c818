package org.jetfold.tables.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.Schema;

/** Names for all columns of a table in one space, where a format knows no collections. */
public final class FieldNames {
  private static final String SEPARATORS = ".:_";

  private FieldNames() {}

  /**
   * Names that tell the collection: {@code jets_pt} for the column {@code pt} of {@code jets}, and
   * the column's own name where that begins with the collection's anyway. Not always different.
   */
  public static List<String> qualified(Schema schema) {
    List<String> names = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      names.add(qualified(schema, column));
    }
    return names;
  }

  private static String qualified(Schema schema, int column) {
    String name = schema.columns().get(column).name();
    for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
      String collection = schema.groups().get(group).name();
      boolean told =
          name.equals(collection)
              || (name.length() > collection.length()
                  && name.startsWith(collection)
                  && SEPARATORS.indexOf(name.charAt(collection.length())) >= 0);
      name = told ? name : collection + "_" + name;
    }
    return name;
  }

  /** The columns' own names, and qualified ones for those that several have. */
  public static List<String> own(Schema schema) {
    Map<String, Integer> uses = new HashMap<>();
    schema.columns().forEach(column -> uses.merge(column.name(), 1, Integer::sum));
    List<String> names = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      String name = schema.columns().get(column).name();
      names.add(uses.getOrDefault(name, 0) == 1 ? name : qualified(schema, column));
    }
    return names;
  }
}
