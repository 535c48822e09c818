package org.jetfold.root;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A table in a ROOT file: a TTree or an RNTuple. Thread-safe: any number of threads may read
 * columns at once, until the file is closed.
 */
public interface RootTree {
  /** What a tree is in the file. */
  enum Kind {
    TTREE,
    RNTUPLE
  }

  /** The key that holds the tree. */
  RootKey key();

  /** The name, behind the names of its directories. */
  default String name() {
    return key().path();
  }

  /** Whether it is a TTree or an RNTuple. */
  Kind kind();

  /** Why nothing of it can be read; empty where its columns can be listed. */
  Optional<String> problem();

  /** The number of entries. */
  long entries();

  /** All columns in the order of the file, with those that cannot be read and why. */
  List<RootColumn> columns();

  /** The column of a name. */
  Optional<RootColumn> column(String name);

  /**
   * Entry numbers at which it is cheap to begin reading, from 0 to the number of entries, both
   * included: whoever reads piece by piece from one to the next unpacks no basket or page twice, or
   * hardly any.
   */
  long[] boundaries();

  /**
   * Reads a column's values for the entries from {@code first} to before {@code last}. Reads no
   * other column, and no more than the baskets or pages that hold these entries.
   *
   * @throws IllegalArgumentException if the tree has no such readable column or no such entries
   * @throws RootFormatException if the file is damaged
   * @throws RootEntryException if an entry does not hold what the file's description says
   * @throws UnsupportedRootException if the file uses something that this library does not read, or
   *     the values do not fit an array: ask for fewer entries
   * @throws IOException if the file cannot be read
   */
  default JaggedColumn read(RootColumn column, long first, long last) throws IOException {
    return read(List.of(column), first, last).getFirst();
  }

  /**
   * The same for several columns at once, in their order. Columns that share a branch or field
   * share the work of unpacking it.
   *
   * @throws IllegalArgumentException if the tree has no such readable columns or no such entries
   * @throws RootFormatException if the file is damaged
   * @throws RootEntryException if an entry does not hold what the file's description says
   * @throws UnsupportedRootException if the file uses something that this library does not read, or
   *     the values do not fit an array: ask for fewer entries
   * @throws IOException if the file cannot be read
   */
  List<JaggedColumn> read(List<RootColumn> columns, long first, long last) throws IOException;
}
