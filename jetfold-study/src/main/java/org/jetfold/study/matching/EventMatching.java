package org.jetfold.study.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Matches the restored objects of an event to the original ones, one-to-one: as many pairs inside
 * the cut as possible, and among all such matchings one with the least sum of ΔR². Objects with a
 * NaN among eta, phi (or pt, where it is cut on) match nothing. Thread-safe.
 *
 * <p>Objects that could belong together make small islands, mostly of one original and one
 * restored; each island is solved by itself.
 */
public final class EventMatching {
  /** Stands for no partner. */
  public static final int NONE = -1;

  private final MatchingCut cut;

  /** A matching with a cut. */
  public EventMatching(MatchingCut cut) {
    this.cut = cut;
  }

  /**
   * Matches one event.
   *
   * @param original directions of the originals, of which {@code from} to before {@code to} count
   * @param restored directions of the restored, of which {@code at} to before {@code end} count
   * @param partner gets, for each of the originals from {@code from} on, the index of its partner
   *     in {@code restored}, or {@link #NONE}
   */
  public void match(
      Directions original, int from, int to, Directions restored, int at, int end, int[] partner) {
    int count = to - from;
    int[][] candidates = candidates(original, from, to, restored, at, end);
    Arrays.fill(partner, from, to, NONE);
    int[] claims = new int[end - at];
    for (int[] own : candidates) {
      for (int candidate : own) {
        claims[candidate - at]++;
      }
    }
    boolean[] done = new boolean[count];
    for (int i = 0; i < count; i++) {
      int[] own = candidates[i];
      if (own.length == 0) {
        done[i] = true;
      } else if (own.length == 1 && claims[own[0] - at] == 1) {
        partner[from + i] = own[0];
        done[i] = true;
      }
    }
    List<List<Integer>> wanted = wantedBy(candidates, done, at, end);
    for (int i = 0; i < count; i++) {
      if (!done[i]) {
        solve(
            island(i, candidates, wanted, done, at), candidates, original, from, restored, partner);
      }
    }
  }

  private int[][] candidates(
      Directions original, int from, int to, Directions restored, int at, int end) {
    int[][] candidates = new int[to - from][];
    int[] buffer = new int[end - at];
    for (int i = from; i < to; i++) {
      int found = 0;
      for (int j = at; j < end; j++) {
        if (fits(original, i, restored, j)) {
          buffer[found++] = j;
        }
      }
      candidates[i - from] = Arrays.copyOf(buffer, found);
    }
    return candidates;
  }

  private boolean fits(Directions original, int i, Directions restored, int j) {
    if (!(Math.abs(original.eta()[i] - restored.eta()[j]) <= cut.distance())
        || !(squaredDistance(original, i, restored, j) <= cut.distance() * cut.distance())) {
      return false;
    }
    return cut.momentum() == Double.POSITIVE_INFINITY
        || Math.abs(restored.pt()[j] - original.pt()[i])
            <= cut.momentum() * Math.abs(original.pt()[i]);
  }

  /** ΔR² with Δφ wrapped. */
  static double squaredDistance(Directions original, int i, Directions restored, int j) {
    double eta = restored.eta()[j] - original.eta()[i];
    double phi = Angles.wrapped(restored.phi()[j] - original.phi()[i]);
    return eta * eta + phi * phi;
  }

  private static List<List<Integer>> wantedBy(int[][] candidates, boolean[] done, int at, int end) {
    List<List<Integer>> wanted = new ArrayList<>();
    for (int j = at; j < end; j++) {
      wanted.add(new ArrayList<>());
    }
    for (int i = 0; i < candidates.length; i++) {
      if (!done[i]) {
        for (int candidate : candidates[i]) {
          wanted.get(candidate - at).add(i);
        }
      }
    }
    return wanted;
  }

  /** The originals that compete with one another for partners, directly or through others. */
  private static List<Integer> island(
      int first, int[][] candidates, List<List<Integer>> wanted, boolean[] done, int at) {
    List<Integer> island = new ArrayList<>(List.of(first));
    done[first] = true;
    for (int next = 0; next < island.size(); next++) {
      for (int candidate : candidates[island.get(next)]) {
        for (int rival : wanted.get(candidate - at)) {
          if (!done[rival]) {
            done[rival] = true;
            island.add(rival);
          }
        }
      }
    }
    return island;
  }

  private void solve(
      List<Integer> island,
      int[][] candidates,
      Directions original,
      int from,
      Directions restored,
      int[] partner) {
    int[] partners =
        island.stream()
            .flatMapToInt(i -> Arrays.stream(candidates[i]))
            .distinct()
            .sorted()
            .toArray();
    // A column for each original to stay alone, dearer than all pairs that could be made.
    int rows = island.size();
    double[][] costs = new double[rows][partners.length + rows];
    double alone = rows + 1.0;
    double unit = cut.distance() * cut.distance();
    for (int row = 0; row < rows; row++) {
      // Two rows with a forbidden pair each would be cheaper than none: so it costs more than all.
      Arrays.fill(costs[row], 0, partners.length, alone * (rows + 1));
      Arrays.fill(costs[row], partners.length, costs[row].length, alone);
      for (int candidate : candidates[island.get(row)]) {
        costs[row][Arrays.binarySearch(partners, candidate)] =
            squaredDistance(original, from + island.get(row), restored, candidate) / unit;
      }
    }
    int[] columns = Assignment.cheapest(costs);
    for (int row = 0; row < rows; row++) {
      if (columns[row] < partners.length) {
        partner[from + island.get(row)] = partners[columns[row]];
      }
    }
  }
}
