package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.matching.Directions;
import org.jetfold.study.matching.EventMatching;
import org.jetfold.study.matching.MatchingCut;
import org.jspecify.annotations.Nullable;

/**
 * Says for each group which rows belong together: those at the same place, or, where a cut is given
 * and objects have directions, those that are matched. Not thread-safe.
 */
final class RowMatcher {
  private final Schema schema;
  private final List<ColumnPair> pairs;
  private final @Nullable MatchingCut cut;
  private final boolean[] matched;

  RowMatcher(Schema schema, List<ColumnPair> pairs, @Nullable MatchingCut cut)
      throws DifferentTablesException {
    this.schema = schema;
    this.pairs = pairs;
    this.cut = cut;
    matched = new boolean[schema.groups().size()];
    if (cut == null) {
      return;
    }
    boolean any = false;
    for (int group = 1; group < matched.length; group++) {
      matched[group] =
          schema.parent(group) == 0
              && ColumnPair.called(pairs, group, "eta") != null
              && ColumnPair.called(pairs, group, "phi") != null
              && (Double.isInfinite(cut.momentum())
                  || ColumnPair.called(pairs, group, "pt") != null);
      any |= matched[group];
      if (matched[schema.parent(group)]) {
        throw new DifferentTablesException(
            TableDifference.Kind.COLUMNS,
            "%s lies within %s, and lists within matched objects cannot be compared: leave it out"
                .formatted(
                    schema.groups().get(group).name(),
                    schema.groups().get(schema.parent(group)).name()));
      }
    }
    if (!any) {
      throw new DifferentTablesException(
          TableDifference.Kind.COLUMNS,
          "matching requires events with objects that have %s, in both tables"
              .formatted(Double.isInfinite(cut.momentum()) ? "eta and phi" : "eta, phi and pt"));
    }
  }

  /** What is counted before anything is matched, for each group. */
  List<Evaluation.MatchingCounts> nothingMatched() {
    return IntStream.range(0, matched.length)
        .mapToObj(group ->
            new Evaluation.MatchingCounts(
                CollectionEvaluator.name(schema, group), String.valueOf(cut), 0, 0, 0, 0))
        .toList();
  }

  /**
   * Pairs the rows of a piece.
   *
   * @param before how many entries of the root came before
   * @param counts for each group what was matched before, to which this is added
   * @return for each group of the original its pairs; empty for groups without columns in common
   */
  List<RowPairs> pair(
      Table original,
      Table restored,
      double[] eventWeights,
      long before,
      Evaluation.MatchingCounts[] counts)
      throws DifferentTablesException {
    int events = original.rootEntries();
    List<RowPairs> rows = new ArrayList<>();
    int[] identity = new int[events + 1];
    Arrays.setAll(identity, i -> i);
    rows.add(RowPairs.inOrder(events, identity, eventWeights));
    for (int group = 1; group < schema.groups().size(); group++) {
      int other = restoredGroup(group);
      if (other < 0) {
        rows.add(RowPairs.inOrder(0, new int[events + 1], eventWeights));
      } else if (matched[group]) {
        rows.add(match(group, original, other, restored, eventWeights, counts));
      } else {
        checkLengths(group, original, other, restored, before);
        rows.add(RowPairs.inOrder(original.entries(group), firsts(original, group), eventWeights));
      }
    }
    return rows;
  }

  private int restoredGroup(int group) {
    return pairs.stream()
        .filter(pair -> pair.group() == group)
        .mapToInt(ColumnPair::restoredGroup)
        .findFirst()
        .orElse(-1);
  }

  /** For each event its first object of a group, through all lists between. */
  private int[] firsts(Table table, int group) {
    int[] firsts = table.offsets(group).clone();
    for (int up = schema.parent(group); up > 0; up = schema.parent(up)) {
      int[] outer = table.offsets(up);
      int[] inner = firsts;
      firsts = new int[outer.length];
      for (int i = 0; i < outer.length; i++) {
        firsts[i] = inner[outer[i]];
      }
    }
    return firsts;
  }

  private void checkLengths(int group, Table original, int other, Table restored, long before)
      throws DifferentTablesException {
    int[] offsets = original.offsets(group);
    int[] theirs = restored.offsets(other);
    int end = Arrays.mismatch(offsets, theirs);
    if (end >= 0) {
      throw new DifferentTablesException(
          TableDifference.Kind.OBJECTS,
          "%s has different numbers of %s: %d in the original, %d in the restored table"
              .formatted(
                  schema.parent(group) == 0
                      ? "event " + (before + end - 1)
                      : "a list within an event",
                  schema.groups().get(group).name(),
                  offsets[end] - offsets[end - 1],
                  theirs[end] - theirs[end - 1]));
    }
  }

  private RowPairs match(
      int group,
      Table original,
      int other,
      Table restored,
      double[] eventWeights,
      Evaluation.MatchingCounts[] counts) {
    MatchingCut limits = Objects.requireNonNull(cut);
    EventMatching matching = new EventMatching(limits);
    boolean momentum = Double.isFinite(limits.momentum());
    Directions from =
        new Directions(
            values(group, "eta", original, true),
            values(group, "phi", original, true),
            momentum ? values(group, "pt", original, true) : new double[0]);
    Directions to =
        new Directions(
            values(group, "eta", restored, false),
            values(group, "phi", restored, false),
            momentum ? values(group, "pt", restored, false) : new double[0]);
    int[] offsets = original.offsets(group);
    int[] theirs = restored.offsets(other);
    int[] partner = new int[from.eta().length];
    int[] originals = new int[partner.length];
    int[] restoreds = new int[partner.length];
    int[] firstPair = new int[eventWeights.length + 1];
    int count = 0;
    long moved = 0;
    for (int event = 0; event < eventWeights.length; event++) {
      matching.match(
          from, offsets[event], offsets[event + 1], to, theirs[event], theirs[event + 1], partner);
      for (int i = offsets[event]; i < offsets[event + 1]; i++) {
        if (partner[i] != EventMatching.NONE) {
          originals[count] = i;
          restoreds[count++] = partner[i];
          moved += i - offsets[event] == partner[i] - theirs[event] ? 0 : 1;
        }
      }
      firstPair[event + 1] = count;
    }
    counts[group] =
        counts[group].plus(count, partner.length - count, to.eta().length - count, moved);
    return RowPairs.matched(
        Arrays.copyOf(originals, count), Arrays.copyOf(restoreds, count), firstPair, eventWeights);
  }

  private double[] values(int group, String name, Table table, boolean ofOriginal) {
    ColumnPair pair = Objects.requireNonNull(ColumnPair.called(pairs, group, name));
    return Doubles.of(table, ofOriginal ? pair.original() : pair.restored());
  }

  /** How matching went in each collection; none where nothing was matched. */
  List<Evaluation.MatchingCounts> counts(Evaluation.MatchingCounts[] counts) {
    List<Evaluation.MatchingCounts> found = new ArrayList<>();
    for (int group = 0; group < matched.length; group++) {
      if (matched[group]) {
        found.add(counts[group]);
      }
    }
    return found;
  }
}
