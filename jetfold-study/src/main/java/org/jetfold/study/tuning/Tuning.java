package org.jetfold.study.tuning;

import java.util.List;
import java.util.Map;
import org.jetfold.study.residual.Requirement;

/**
 * The cheapest precisions that were found for a target.
 *
 * @param columns the float columns of the table, in its order
 * @param nearest for each limit that only exact values of its columns meet, what it was at the
 *     finest settings that lose anything
 * @param outcomes of the target on the events of the proof, which the search did not see
 * @param searchEvents how many events the search saw
 * @param proofEvents how many events the proof has
 * @param proofRows how many rows of the largest collection
 * @param bytes the whole compressed file of the events of the proof
 */
public record Tuning(
    List<TunedColumn> columns,
    Map<String, Double> nearest,
    List<Requirement.Outcome> outcomes,
    int searchEvents,
    int proofEvents,
    long proofRows,
    long bytes) {
  /** Copies lists and map. */
  public Tuning {
    columns = List.copyOf(columns);
    nearest = Map.copyOf(nearest);
    outcomes = List.copyOf(outcomes);
  }

  /** Whether what was found is within the target on the events of the proof. */
  public boolean meets() {
    return missed().isEmpty();
  }

  /** The limits that it misses on the events of the proof. */
  public List<Requirement.Outcome> missed() {
    return outcomes.stream().filter(Tuning::misses).toList();
  }

  /** Whether a limit is exceeded: for sure, or, where there are too few entries to tell, so far. */
  static boolean misses(Requirement.Outcome outcome) {
    return outcome.isBroken()
        || (!outcome.holds() && Math.abs(outcome.value()) > outcome.requirement().limit());
  }
}
