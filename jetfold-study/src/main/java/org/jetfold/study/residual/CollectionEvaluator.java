package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one collection whose objects have a pT: their order within events. Not
 * thread-safe.
 */
final class CollectionEvaluator {
  private final int group;
  private final String name;
  private final @Nullable ColumnPair pt;
  private final @Nullable ColumnPair eta;
  private final @Nullable JetOrder order;

  private CollectionEvaluator(Schema schema, int group, List<ColumnPair> pairs) {
    this.group = group;
    name = name(schema, group);
    pt = ColumnPair.called(pairs, group, "pt");
    eta = ColumnPair.called(pairs, group, "eta");
    order = group > 0 && pt != null ? new JetOrder() : null;
  }

  /**
   * The collections whose objects have a pT in the original, and any column in both tables.
   *
   * @param original all columns of the original, each paired with itself
   */
  static List<CollectionEvaluator> of(
      Schema schema, List<ColumnPair> original, List<ColumnPair> pairs) {
    List<CollectionEvaluator> collections = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      int number = group;
      // A pT alone among the values of an event, such as a missing pT, is no collection's.
      boolean holdsObjects =
          group > 0 || !schema.hasEvents() || ColumnPair.called(original, group, "eta") != null;
      if (holdsObjects
          && ColumnPair.called(original, group, "pt") != null
          && pairs.stream().anyMatch(pair -> pair.group() == number)) {
        collections.add(new CollectionEvaluator(schema, group, pairs));
      }
    }
    return collections;
  }

  /**
   * The name of a group in limits and reports: rows and values of events have none of their own.
   */
  static String name(Schema schema, int group) {
    return group > 0 ? schema.groups().get(group).name() : schema.hasEvents() ? "event" : "rows";
  }

  int group() {
    return group;
  }

  String name() {
    return name;
  }

  @Nullable ColumnPair pt() {
    return pt;
  }

  boolean hasDirections() {
    return pt != null && eta != null;
  }

  /** The bin of each row in pT; none where no pT is known. */
  int[] ptBins(Map<Integer, double[]> before) {
    return bins(ProfileAxis.PT, pt, before);
  }

  /** The bin of each row in η; none where no η is known. */
  int[] etaBins(Map<Integer, double[]> before) {
    return bins(ProfileAxis.ETA, eta, before);
  }

  private static int[] bins(
      ProfileAxis axis, @Nullable ColumnPair column, Map<Integer, double[]> before) {
    if (column == null) {
      return new int[0];
    }
    double[] values = before.getOrDefault(column.original(), new double[0]);
    int[] bins = new int[values.length];
    for (int row = 0; row < bins.length; row++) {
      bins[row] = axis.bin(values[row]);
    }
    return bins;
  }

  /** Adds the events of a piece; {@code before} and {@code after} hold the columns of pairs. */
  void add(Map<Integer, double[]> before, Map<Integer, double[]> after, RowPairs rows) {
    if (pt == null || order == null) {
      return;
    }
    double[] ptBefore = before.getOrDefault(pt.original(), new double[0]);
    double[] ptAfter = after.getOrDefault(pt.original(), new double[0]);
    for (int event = 0; event + 1 < rows.firstPair().length; event++) {
      int from = rows.firstPair()[event];
      int to = rows.firstPair()[event + 1];
      if (to - from > 1) {
        order.add(Arrays.copyOfRange(ptBefore, from, to), Arrays.copyOfRange(ptAfter, from, to));
      }
    }
  }

  /** What was found, with the results of its pT; null where that is not in the restored table. */
  Evaluation.Collection result(Evaluation.@Nullable EvaluatedColumn ptColumn) {
    return new Evaluation.Collection(name, ptColumn, order);
  }
}
