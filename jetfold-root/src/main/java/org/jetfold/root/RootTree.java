package org.jetfold.root;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /** What the writer of an RNTuple says of it, for people; empty for nothing, and for a TTree. */
  default String description() {
    return "";
  }

  /** Why nothing of it can be read; empty where its columns can be listed. */
  default Optional<String> problem() {
    return Optional.empty();
  }

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
   * Where a piece of the tree should end: at the last of the {@link #boundaries} that is not more
   * than {@code most} entries away, or so many entries away where there is none.
   *
   * @param first the piece's first entry, which must be there
   * @param most the most entries that it may have, at least one
   */
  default long pieceEnd(long first, long most) {
    long[] boundaries = boundaries();
    long end = first + most;
    int at = Arrays.binarySearch(boundaries, end);
    int before = at >= 0 ? at : -at - 2;
    return before >= 0 && boundaries[before] > first
        ? boundaries[before]
        : Math.min(end, entries());
  }

  /**
   * Reads columns from {@code first} to before {@code last}, piece by piece, and keeps no values:
   * says which of them cannot be read, and why. Others may still fail outside of these entries.
   *
   * @throws IllegalArgumentException if the tree has no such readable columns or no such entries
   * @throws IOException if the file cannot be read
   */
  default Map<RootColumn, RootException> check(List<RootColumn> columns, long first, long last)
      throws IOException {
    return ColumnCheck.of(this, columns, first, last);
  }

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
