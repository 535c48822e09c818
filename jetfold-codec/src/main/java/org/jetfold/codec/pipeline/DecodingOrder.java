package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** An order in which each column is behind those that must be decoded before it. */
final class DecodingOrder {
  private final int[] columns;
  private final boolean possible;

  /**
   * Finds an order.
   *
   * @param before the columns that must be decoded before one
   */
  DecodingOrder(int number, IntFunction<List<Integer>> before) {
    List<List<Integer>> behind = new ArrayList<>();
    for (int column = 0; column < number; column++) {
      behind.add(new ArrayList<>());
    }
    int[] missing = new int[number];
    int[] order = new int[number];
    int ready = 0;
    for (int column = 0; column < number; column++) {
      for (int other : before.apply(column)) {
        behind.get(other).add(column);
        missing[column]++;
      }
      if (missing[column] == 0) {
        order[ready++] = column;
      }
    }
    for (int done = 0; done < ready; done++) {
      for (int column : behind.get(order[done])) {
        if (--missing[column] == 0) {
          order[ready++] = column;
        }
      }
    }
    columns = Arrays.copyOf(order, ready);
    possible = ready == number;
  }

  /** Whether there is one: whether no column must be decoded before itself. */
  boolean isPossible() {
    return possible;
  }

  /** The columns in that order. */
  int[] columns() {
    return columns;
  }
}
