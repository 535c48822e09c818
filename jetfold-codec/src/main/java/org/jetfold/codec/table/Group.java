package org.jetfold.codec.table;

import java.util.List;

/**
 * Values that belong together, entry by entry: an event with its values, or a collection (jets,
 * muons) with its variables.
 *
 * <p>Every entry of a group has one value in each of its columns, and in each of its {@code lists}
 * a sub-group with any number of entries: the jets of an event, the energies per sampling of a jet.
 *
 * @param name the collection's name; empty for the root group
 * @param columns one value per entry
 * @param lists any number of entries per entry
 */
public record Group(String name, List<Column> columns, List<Group> lists) {
  /**
   * Copies the lists and checks the name.
   *
   * @throws IllFormedNameException where it is not well-formed Unicode
   */
  public Group {
    IllFormedNameException.check("collection name", name);
    columns = List.copyOf(columns);
    lists = List.copyOf(lists);
  }
}
