package org.jetfold.tables.arrow;

import java.util.List;
import org.jetfold.tables.arrays.Element;
import org.jspecify.annotations.Nullable;

/**
 * A field of a schema. Fields are numbered depth first, as the nodes of record batches are; those
 * behind a dictionary's indices have no node.
 *
 * @param node its number
 * @param buffers how many buffers it has in a record batch, without those that only some batches
 *     have
 * @param variadic whether a record batch says how many more buffers it has
 * @param contents what its values are
 * @param children fields within it, with nodes of their own
 * @param dictionary where its values are, if it holds indices; null where it holds them itself
 */
record ArrowField(
    String name,
    int node,
    int buffers,
    boolean variadic,
    Contents contents,
    List<ArrowField> children,
    @Nullable Dictionary dictionary) {

  /** What a field holds. */
  sealed interface Contents {}

  /** Integers and floats. */
  record Numbers(Element element) implements Contents {}

  /** A bit each. */
  record Booleans() implements Contents {}

  /**
   * Integers with a decimal point.
   *
   * @param bytes of each
   * @param scale digits behind the point
   */
  record Decimals(int bytes, int scale) implements Contents {}

  /**
   * Lists between offsets.
   *
   * @param offsetBytes 4 or 8
   */
  record Lists(int offsetBytes) implements Contents {}

  /** Lists that are all equally long: at least one value. */
  record EqualLists(int size) implements Contents {}

  /** A value of each child. */
  record Structure() implements Contents {}

  /**
   * What no column holds.
   *
   * @param reason the end of a sentence about it
   * @param lost whether a table could hold it
   */
  record Other(String reason, boolean lost) implements Contents {}

  /**
   * A dictionary.
   *
   * @param id its number in the stream
   * @param indices how places in it are stored
   */
  record Dictionary(long id, Element indices) {}

  /** Whether its values are in lists. */
  boolean isList() {
    return contents instanceof Lists || contents instanceof EqualLists;
  }
}
