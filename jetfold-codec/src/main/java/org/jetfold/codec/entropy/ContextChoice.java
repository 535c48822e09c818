package org.jetfold.codec.entropy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.entropy.ContextSearch.Option;

/** Chooses contexts for columns so that none must be decoded before itself. Not thread-safe. */
public final class ContextChoice {
  /** How much more of a gain a column is worth that must be decoded out of the table's order. */
  private static final double OUT_OF_ORDER = 0.97;

  private final Map<Integer, Option> chosen = new HashMap<>();

  /**
   * Chooses, the largest gains first.
   *
   * @param options of all columns
   */
  public ContextChoice(List<Option> options) {
    // Options of equal gain stay in the order of the columns.
    options.stream()
        .sorted(Comparator.comparingDouble(ContextChoice::gain).reversed())
        .forEach(option -> {
          if (!chosen.containsKey(option.column()) && !leadsBack(option)) {
            chosen.put(option.column(), option);
          }
        });
  }

  private static double gain(Option option) {
    boolean inOrder =
        option.contexts().columns().stream().allMatch(other -> other < option.column());
    return inOrder ? option.gain() : option.gain() * OUT_OF_ORDER;
  }

  private boolean leadsBack(Option option) {
    Set<Integer> seen = new HashSet<>(option.contexts().columns());
    Deque<Integer> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      int column = open.remove();
      if (column == option.column()) {
        return true;
      }
      Option before = chosen.get(column);
      for (int other : before == null ? List.<Integer>of() : before.contexts().columns()) {
        if (seen.add(other)) {
          open.add(other);
        }
      }
    }
    return false;
  }

  /** What was chosen, by the column's number. */
  public Map<Integer, Option> chosen() {
    return Map.copyOf(chosen);
  }
}
