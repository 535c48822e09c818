package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One collection whose objects have a pT: finds their bins and their order within events.
 * Immutable.
 */
final class CollectionEvaluator {
  private final int group;
  private final String name;
  private final @Nullable ColumnPair pt;
  private final @Nullable ColumnPair eta;

  private CollectionEvaluator(Schema schema, int group, List<ColumnPair> pairs) {
    this.group = group;
    name = name(schema, group);
    pt = ColumnPair.called(pairs, group, "pt");
    eta = ColumnPair.called(pairs, group, "eta");
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
  int[] ptBins(ComparedPiece piece, List<ColumnPair> pairs) {
    return bins(ProfileAxis.PT, pt, piece, pairs);
  }

  /** The bin of each row in η; none where no η is known. */
  int[] etaBins(ComparedPiece piece, List<ColumnPair> pairs) {
    return bins(ProfileAxis.ETA, eta, piece, pairs);
  }

  private static int[] bins(
      ProfileAxis axis, @Nullable ColumnPair column, ComparedPiece piece, List<ColumnPair> pairs) {
    if (column == null) {
      return new int[0];
    }
    double[] values = piece.before()[pairs.indexOf(column)];
    int[] bins = new int[values.length];
    for (int row = 0; row < bins.length; row++) {
      bins[row] = axis.bin(values[row]);
    }
    return bins;
  }

  private boolean hasOrder() {
    return group > 0 && pt != null;
  }

  /** Adds the events of a piece to what is known of the order of objects. */
  void add(ComparedPiece piece, List<ColumnPair> pairs, JetOrder order) {
    if (!hasOrder()) {
      return;
    }
    int column = pairs.indexOf(pt);
    double[] ptBefore = piece.before()[column];
    double[] ptAfter = piece.after()[column];
    int[] firstPair = piece.rows(group).firstPair();
    for (int event = 0; event + 1 < firstPair.length; event++) {
      int from = firstPair[event];
      int to = firstPair[event + 1];
      if (to - from > 1) {
        order.add(Arrays.copyOfRange(ptBefore, from, to), Arrays.copyOfRange(ptAfter, from, to));
      }
    }
  }

  /** What was found, with the results of its pT; null where that is not in the restored table. */
  Evaluation.Collection result(Evaluation.@Nullable EvaluatedColumn ptColumn, JetOrder order) {
    return new Evaluation.Collection(name, ptColumn, hasOrder() ? order : null);
  }
}
