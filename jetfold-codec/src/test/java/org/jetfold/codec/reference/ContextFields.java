package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The contexts of a stream, sections 7.2 and 9.1.
 *
 * @param kind 0 nothing is referred to; 1 the symbol before in the list; 2 that of another column
 * @param column the other column, where the kind is 2
 * @param source 0 nothing; 1 the place in the list; 2 and a column
 * @param limits of the contexts
 * @param grid the low bits left out
 * @param distributions one for each context
 */
public record ContextFields(
    int kind, int column, int source, List<Long> limits, int grid, List<Leaves> distributions) {

  static ContextFields read(CodedBits coder, long offset) {
    int kind = number(coder, "KIND", 2, offset);
    int column = kind == 2 ? number(coder, "COLUMN", Integer.MAX_VALUE, offset) : -1;
    int source = number(coder, "SOURCE", Integer.MAX_VALUE, offset);
    int count = number(coder, "LIMITS", source == 0 ? 0 : 7, offset);
    List<Long> limits = new ArrayList<>();
    BigInteger limit = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      limit = limit.add(coder.number("STEP")).add(BigInteger.ONE);
      if (limit.bitLength() > 63) {
        throw FileError.damaged(offset, "a limit is not within 63 bits");
      }
      limits.add(limit.longValueExact());
    }
    int grid = number(coder, "GRID", 63, offset);
    ContextFields fields = new ContextFields(kind, column, source, limits, grid, List.of());
    if (fields.number() > 8) {
      throw FileError.damaged(offset, "too many contexts");
    }
    List<Leaves> distributions = new ArrayList<>();
    for (int k = 0; k < fields.number(); k++) {
      Leaves leaves = Leaves.readOne(coder, offset);
      if (leaves.reference() != 0 || leaves.grid() != 0) {
        throw FileError.damaged(offset, "a context with a reference or a grid of its own");
      }
      distributions.add(leaves);
    }
    if (distributions.stream().mapToInt(Leaves::count).sum() > Leaves.MAX_LEAVES) {
      throw FileError.damaged(offset, "contexts with too many leaves together");
    }
    return new ContextFields(kind, column, source, limits, grid, distributions);
  }

  private static int number(CodedBits coder, String set, int most, long offset) {
    BigInteger value = coder.number(set);
    if (value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw FileError.damaged(offset, "a " + set + " of " + value);
    }
    return value.intValueExact();
  }

  /** The number of contexts. */
  public int number() {
    return limits.size() + 1 + (kind == 1 ? 1 : 0);
  }

  /** The columns that must be decoded before. */
  List<Integer> columns() {
    List<Integer> columns = new ArrayList<>();
    if (kind == 2) {
      columns.add(column);
    }
    if (source >= 2) {
      columns.add(source - 2);
    }
    return columns;
  }

  /** Whether its rows must be those of lists. */
  boolean needsLists() {
    return kind == 1 || source == 1;
  }

  /** The context of a row; {@code symbol} is that of the column that is the source, if one is. */
  public int context(int place, long symbol) {
    if (kind == 1 && place == 0) {
      return 0;
    }
    long u = source == 1 ? place : symbol >= 0 ? symbol : -1 - symbol;
    int k = source == 0 ? 0 : (int) limits.stream().filter(limit -> limit <= u).count();
    return kind == 1 ? 1 + k : k;
  }

  /** Decodes a stream of rows in these contexts; {@code told} are the symbols referred to. */
  long[] decode(ByteCursor in, int[] contexts, long[] told) {
    long[] decoded = SymbolStream.differences(in, distributions, contexts);
    in.expectEnd();
    long[] q = new long[contexts.length];
    long[] symbols = new long[contexts.length];
    for (int i = 0; i < contexts.length; i++) {
      q[i] = decoded[i];
      if (kind == 1 && contexts[i] > 0) {
        q[i] += q[i - 1];
      } else if (kind == 2) {
        q[i] += told[i] >> grid;
      }
      symbols[i] = SymbolStream.onGrid(q[i], grid, in);
    }
    return symbols;
  }
}
