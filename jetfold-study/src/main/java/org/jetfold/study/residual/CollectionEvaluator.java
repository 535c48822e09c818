package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.Doubles;
import org.jetfold.study.dijet.LeadingDijet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one collection whose objects have a pT: their order within events, and, where it
 * holds the jets, quantities of the events. Not thread-safe.
 */
final class CollectionEvaluator {
  private static final String[] MASS = {"m", "mass"};

  private final int group;
  private final String name;
  private final @Nullable ColumnPair pt;
  private final @Nullable ColumnPair eta;
  private final @Nullable ColumnPair phi;
  private final @Nullable ColumnPair mass;
  private final boolean ofEvents;
  private final @Nullable JetOrder order;
  private @Nullable ColumnResiduals dijetMass;
  private @Nullable ColumnResiduals transverseSum;

  private CollectionEvaluator(Schema schema, int group, List<ColumnPair> pairs) {
    this.group = group;
    name = name(schema, group);
    pt = ColumnPair.called(pairs, group, "pt");
    eta = ColumnPair.called(pairs, group, "eta");
    phi = ColumnPair.called(pairs, group, "phi");
    mass = ColumnPair.called(pairs, group, MASS);
    ofEvents = group > 0 && schema.parent(group) == 0;
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

  /** Makes this the collection of jets, of which quantities of events are computed. */
  void computeQuantities(int kept) {
    transverseSum = ofEvents ? new ColumnResiduals(kept) : null;
    dijetMass = ofEvents && phi != null && eta != null ? new ColumnResiduals(kept) : null;
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
  void add(
      Table original,
      Table restored,
      Map<Integer, double[]> before,
      Map<Integer, double[]> after,
      RowPairs rows,
      double[] eventWeights) {
    if (pt == null || order == null) {
      return;
    }
    double[] ptBefore = before.getOrDefault(pt.original(), new double[0]);
    double[] ptAfter = after.getOrDefault(pt.original(), new double[0]);
    for (int event = 0; event < eventWeights.length; event++) {
      int from = rows.firstPair()[event];
      int to = rows.firstPair()[event + 1];
      if (to - from > 1) {
        order.add(Arrays.copyOfRange(ptBefore, from, to), Arrays.copyOfRange(ptAfter, from, to));
      }
    }
    if (transverseSum != null) {
      addQuantities(original, restored, pt.restoredGroup(), transverseSum, eventWeights);
    }
  }

  /** Of all objects of each table, matched or not: a bump does not know of matching. */
  private void addQuantities(
      Table original,
      Table restored,
      int restoredGroup,
      ColumnResiduals sums,
      double[] eventWeights) {
    LeadingDijet.Jets jetsBefore = jets(original, ColumnPair::original);
    LeadingDijet.Jets jetsAfter = jets(restored, ColumnPair::restored);
    int[] offsetsBefore = original.offsets(group);
    int[] offsetsAfter = restored.offsets(restoredGroup);
    for (int event = 0; event < eventWeights.length; event++) {
      EventQuantity.add(
          sums,
          sum(jetsBefore.pt(), offsetsBefore[event], offsetsBefore[event + 1]),
          sum(jetsAfter.pt(), offsetsAfter[event], offsetsAfter[event + 1]),
          eventWeights[event]);
      if (dijetMass != null) {
        EventQuantity.add(
            dijetMass,
            dijetMass(jetsBefore, offsetsBefore, event),
            dijetMass(jetsAfter, offsetsAfter, event),
            eventWeights[event]);
      }
    }
  }

  private static double dijetMass(LeadingDijet.Jets jets, int[] offsets, int event) {
    return LeadingDijet.mass(
        jets, offsets[event], offsets[event + 1], LeadingDijet.DEFAULT_MAX_Y_STAR);
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int row = from; row < to; row++) {
      sum += values[row];
    }
    return sum;
  }

  private interface Side {
    int column(ColumnPair pair);
  }

  private LeadingDijet.Jets jets(Table table, Side side) {
    return new LeadingDijet.Jets(
        array(table, side, pt),
        array(table, side, eta),
        array(table, side, phi),
        mass == null ? null : array(table, side, mass));
  }

  private static double[] array(Table table, Side side, @Nullable ColumnPair pair) {
    return pair == null ? new double[0] : Doubles.of(table, side.column(pair));
  }

  /** What was found, with the results of its pT; null where that is not in the restored table. */
  Evaluation.Collection result(Evaluation.@Nullable EvaluatedColumn ptColumn) {
    return new Evaluation.Collection(name, ptColumn, order);
  }

  /** The quantities of events; none where the collection does not hold the jets. */
  List<EventQuantity> quantities() {
    String unit = pt == null ? "" : pt.name().column().unit();
    List<EventQuantity> quantities = new ArrayList<>();
    if (transverseSum != null) {
      quantities.add(new EventQuantity(EventQuantity.Kind.HT, unit, transverseSum));
    }
    if (dijetMass != null) {
      quantities.add(new EventQuantity(EventQuantity.Kind.MJJ, unit, dijetMass));
    }
    return quantities;
  }
}
