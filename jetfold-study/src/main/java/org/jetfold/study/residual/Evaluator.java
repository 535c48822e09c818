package org.jetfold.study.residual;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jetfold.codec.comparison.AlignedTables;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.Doubles;
import org.jetfold.study.StudyException;
import org.jetfold.study.dijet.LeadingDijet;
import org.jetfold.study.matching.Angles;
import org.jetfold.study.matching.MatchingCut;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jspecify.annotations.Nullable;

/**
 * Compares a restored table with its original, piece by piece in memory that does not grow with the
 * tables. Work on columns is spread over the threads of the pool that it is called in. Not
 * thread-safe; for one use.
 */
public final class Evaluator {
  private static final double ONE_SIGN = 0.99;
  private static final int MAX_KEPT = 1 << 22;
  private static final int MAX_KEPT_OF_A_COLUMN = 1 << 18;
  private static final String[] MASS = {"m", "mass"};

  private final AlignedTables tables;
  private final List<ColumnPair> pairs;
  private final List<QualifiedColumn> missing;
  private final Schema schema;
  private final EventWeights weights;
  private final boolean separateWeights;
  private final RowMatcher rowMatcher;
  private final @Nullable MatchingCut cut;
  private final List<Precision> precisions;
  private final List<PromiseCheck> promises = new ArrayList<>();
  private final @Nullable ColumnPair pt;
  private final @Nullable ColumnPair eta;
  private final @Nullable ColumnPair phi;
  private final @Nullable ColumnPair mass;
  private final int mainGroup;
  private final List<ColumnPair> correlated;
  private final List<ColumnResiduals> residuals = new ArrayList<>();
  private final List<Profile> ptProfiles = new ArrayList<>();
  private final List<Profile> etaProfiles = new ArrayList<>();
  private final @Nullable JetOrder order;
  private final @Nullable ColumnResiduals dijetMass;
  private final @Nullable ColumnResiduals transverseSum;
  private @Nullable Correlations correlations;
  private boolean @Nullable [] relative;
  private long rootEntries;

  /**
   * What to compare.
   *
   * @param cut for matching restored objects to originals; null where they are in the same order
   * @param weightColumn the events' weight; null for 1
   * @param weightTable the table that has the weights, an entry an event; null for the original
   * @param precisions what the restored table promises, one for each of its columns; empty where it
   *     promises nothing
   */
  public record Settings(
      @Nullable MatchingCut cut,
      @Nullable String weightColumn,
      @Nullable TableSource weightTable,
      List<Precision> precisions) {
    /** Copies the list. */
    public Settings {
      precisions = List.copyOf(precisions);
    }
  }

  /**
   * A comparison.
   *
   * @throws DifferentTablesException where the tables have no common shape
   * @throws StudyException where there is no such weight
   */
  public Evaluator(TableSource original, TableSource restored, Settings settings)
      throws DifferentTablesException, StudyException {
    schema = original.schema();
    ColumnMatch match = new ColumnMatch(schema, restored.schema());
    pairs = ColumnPair.of(schema, restored.schema(), match);
    missing = match.missing();
    cut = settings.cut();
    precisions = settings.precisions();
    TableSource weightTable = settings.weightTable();
    separateWeights = weightTable != null;
    weights =
        EventWeights.named(
            settings.weightColumn(),
            weightTable == null ? schema : weightTable.schema(),
            weightTable == null ? "the original" : "the table of weights");
    tables =
        weightTable == null
            ? new AlignedTables(
                List.of(original, restored), List.of("the original", "the restored table"))
            : new AlignedTables(
                List.of(original, restored, weightTable),
                List.of("the original", "the restored table", "the table of weights"));
    rowMatcher = new RowMatcher(schema, pairs, cut);
    int jets = -1;
    int largest = 0;
    long most = -1;
    for (int group = schema.groups().size() - 1; group >= 0; group--) {
      int number = group;
      long columns = pairs.stream().filter(pair -> pair.group() == number).count();
      if (columns >= most) {
        most = columns;
        largest = group;
      }
      boolean hasJets =
          ColumnPair.called(pairs, group, "pt") != null
              && ColumnPair.called(pairs, group, "eta") != null;
      // The first such group: of jets and their constituents, the jets.
      jets = hasJets ? group : jets;
    }
    mainGroup = jets >= 0 ? jets : largest;
    pt = jets < 0 ? null : ColumnPair.called(pairs, jets, "pt");
    eta = jets < 0 ? null : ColumnPair.called(pairs, jets, "eta");
    phi = jets < 0 ? null : ColumnPair.called(pairs, jets, "phi");
    mass = jets < 0 ? null : ColumnPair.called(pairs, jets, MASS);
    boolean inEvents = jets > 0;
    order = inEvents ? new JetOrder() : null;
    boolean isOfEvents = inEvents && schema.parent(mainGroup) == 0;
    transverseSum = isOfEvents ? new ColumnResiduals(keptForPulls()) : null;
    dijetMass = isOfEvents && phi != null ? new ColumnResiduals(keptForPulls()) : null;
    correlated =
        pairs.stream()
            .filter(pair -> pair.group() == mainGroup && pair.name().column().mayLoseBits())
            .limit(Correlations.MAX_COLUMNS)
            .toList();
    for (ColumnPair pair : pairs) {
      if (!precisions.isEmpty()) {
        promises.add(
            new PromiseCheck(
                precisions.get(pair.restored()),
                pair.name().column().type(),
                restored.schema().columns().get(pair.restored()).type()));
      }
      residuals.add(new ColumnResiduals(keptForPulls()));
      ptProfiles.add(new Profile(ProfileAxis.PT));
      etaProfiles.add(new Profile(ProfileAxis.ETA));
    }
  }

  /** How many values of each column are kept: of few columns as many as tell something. */
  private int keptForPulls() {
    return Math.min(MAX_KEPT_OF_A_COLUMN, MAX_KEPT / pairs.size());
  }

  /**
   * Reads both tables to their ends.
   *
   * @param progress is told how many rows or events are compared
   */
  public Evaluation run(LongConsumer progress) throws IOException, StudyException {
    for (List<Table> pieces = tables.next(); pieces != null; pieces = tables.next()) {
      Table original = pieces.getFirst();
      double[] eventWeights = weights.of(separateWeights ? pieces.getLast() : original);
      compare(original, pieces.get(1), eventWeights);
      rootEntries += original.rootEntries();
      progress.accept(rootEntries);
    }
    return result();
  }

  private void compare(Table original, Table restored, double[] eventWeights) throws IOException {
    List<RowPairs> rows = rowMatcher.pair(original, restored, eventWeights, rootEntries);
    Map<Integer, double[]> before = new HashMap<>();
    Map<Integer, double[]> after = new HashMap<>();
    pairs.parallelStream()
        .map(pair -> Map.entry(pair, columns(pair, original, restored, rows.get(pair.group()))))
        .toList()
        .forEach(found -> {
          before.put(found.getKey().original(), found.getValue()[0]);
          after.put(found.getKey().original(), found.getValue()[1]);
        });
    boolean[] measures = relative;
    if (measures == null) {
      measures = measures(before);
      relative = measures;
    }
    RowPairs main = rows.get(mainGroup);
    int[] ptBins = bins(ProfileAxis.PT, pt, before);
    int[] etaBins = bins(ProfileAxis.ETA, eta, before);
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < pairs.size(); number++) {
      numbers.add(number);
    }
    double[][] differences = new double[pairs.size()][];
    numbers.parallelStream()
        .forEach(number -> {
          ColumnPair pair = pairs.get(number);
          if (!promises.isEmpty() && rows.get(pair.group()).isInOrder()) {
            promises
                .get(number)
                .add(original.values(pair.original()), restored.values(pair.restored()));
          }
          boolean ofJets = pt != null && pair.group() == mainGroup;
          differences[number] =
              addColumn(
                  number,
                  field(before, pair),
                  field(after, pair),
                  rows.get(pair.group()).weights(),
                  ofJets ? ptBins : new int[0],
                  ofJets ? etaBins : new int[0]);
        });
    addCorrelations(before, differences, measures, main);
    addJets(original, restored, before, after, main, eventWeights);
  }

  private static double[] field(Map<Integer, double[]> columns, ColumnPair pair) {
    return columns.getOrDefault(pair.original(), new double[0]);
  }

  private double[][] columns(ColumnPair pair, Table original, Table restored, RowPairs rows) {
    return new double[][] {
      rows.originals(Doubles.of(original, pair.original())),
      rows.restoreds(Doubles.of(restored, pair.restored()))
    };
  }

  /** For each column whether its residuals are shown relative, in the kind of its precision. */
  private boolean[] measures(Map<Integer, double[]> before) {
    boolean[] relatives = new boolean[pairs.size()];
    for (int number = 0; number < relatives.length; number++) {
      long positive = 0;
      long negative = 0;
      double[] values = field(before, pairs.get(number));
      for (double value : values) {
        positive += value > 0 ? 1 : 0;
        negative += value < 0 ? 1 : 0;
      }
      boolean oneSign = Math.max(positive, negative) >= ONE_SIGN * values.length;
      relatives[number] = isRelative(pairs.get(number), oneSign);
    }
    return relatives;
  }

  private boolean isRelative(ColumnPair pair, boolean otherwise) {
    if (precisions.isEmpty()) {
      return otherwise;
    }
    return switch (precisions.get(pair.restored()).promise()) {
      case Precision.Relative _, Precision.Bits _ -> true;
      case Precision.Absolute _ -> false;
      case Precision.Exact _, Precision.Measured _, Precision.Dithered _ -> otherwise;
    };
  }

  private static int[] bins(
      ProfileAxis axis, @Nullable ColumnPair column, Map<Integer, double[]> before) {
    if (column == null) {
      return new int[0];
    }
    double[] values = field(before, column);
    int[] bins = new int[values.length];
    for (int row = 0; row < bins.length; row++) {
      bins[row] = axis.bin(values[row]);
    }
    return bins;
  }

  /** Adds the values of a column, and gives x̂ − x of each. */
  private double[] addColumn(
      int number,
      double[] before,
      double[] after,
      double[] rowWeights,
      int[] ptBins,
      int[] etaBins) {
    ColumnResiduals column = residuals.get(number);
    boolean azimuth = pairs.get(number).isAzimuth();
    double[] differences = new double[before.length];
    for (int row = 0; row < before.length; row++) {
      double difference = after[row] - before[row];
      difference = azimuth ? Angles.wrapped(difference) : difference;
      differences[row] = difference;
      column.add(before[row], after[row], difference, rowWeights[row]);
      if (ptBins.length > 0 && Double.isFinite(difference) && before[row] != 0) {
        double ratio = difference / before[row];
        double weight = Math.abs(rowWeights[row]);
        if (ptBins[row] >= 0) {
          ptProfiles.get(number).add(ptBins[row], ratio, weight);
        }
        if (etaBins[row] >= 0) {
          etaProfiles.get(number).add(etaBins[row], ratio, weight);
        }
      }
    }
    return differences;
  }

  private void addCorrelations(
      Map<Integer, double[]> before, double[][] differences, boolean[] measures, RowPairs rows) {
    if (correlated.size() < 2 || rows.count() == 0) {
      return;
    }
    List<double[]> natural =
        correlated.parallelStream()
            .map(pair -> {
              int number = pairs.indexOf(pair);
              double[] values = field(before, pair);
              double[] residual = differences[number].clone();
              for (int row = 0; row < residual.length; row++) {
                double own = measures[number] ? residual[row] / values[row] : residual[row];
                residual[row] = Double.isFinite(own) ? own : 0;
              }
              return residual;
            })
            .toList();
    Correlations known = correlations;
    if (known == null) {
      known =
          new Correlations(correlated.stream().map(pair -> pair.name().path()).toList(), natural);
      correlations = known;
    }
    double[] positive = rows.weights().clone();
    for (int row = 0; row < positive.length; row++) {
      positive[row] = Math.abs(positive[row]);
    }
    known.add(natural, positive);
  }

  private void addJets(
      Table original,
      Table restored,
      Map<Integer, double[]> before,
      Map<Integer, double[]> after,
      RowPairs rows,
      double[] eventWeights) {
    if (pt == null || order == null) {
      return;
    }
    double[] ptBefore = field(before, pt);
    double[] ptAfter = field(after, pt);
    for (int event = 0; event < eventWeights.length; event++) {
      int from = rows.firstPair()[event];
      int to = rows.firstPair()[event + 1];
      if (to - from > 1) {
        order.add(Arrays.copyOfRange(ptBefore, from, to), Arrays.copyOfRange(ptAfter, from, to));
      }
    }
    if (transverseSum == null) {
      return;
    }
    // All jets of each table, matched or not: a bump does not know of matching.
    LeadingDijet.Jets jetsBefore = jets(original, ColumnPair::original);
    LeadingDijet.Jets jetsAfter = jets(restored, ColumnPair::restored);
    int[] offsetsBefore = original.offsets(mainGroup);
    int[] offsetsAfter = restored.offsets(pt.restoredGroup());
    for (int event = 0; event < eventWeights.length; event++) {
      EventQuantity.add(
          transverseSum,
          sum(jetsBefore.pt(), offsetsBefore[event], offsetsBefore[event + 1]),
          sum(jetsAfter.pt(), offsetsAfter[event], offsetsAfter[event + 1]),
          eventWeights[event]);
      if (dijetMass == null) {
        continue;
      }
      double was =
          LeadingDijet.mass(
              jetsBefore,
              offsetsBefore[event],
              offsetsBefore[event + 1],
              LeadingDijet.DEFAULT_MAX_Y_STAR);
      double is =
          LeadingDijet.mass(
              jetsAfter,
              offsetsAfter[event],
              offsetsAfter[event + 1],
              LeadingDijet.DEFAULT_MAX_Y_STAR);
      EventQuantity.add(dijetMass, was, is, eventWeights[event]);
    }
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
        massArray(table, side));
  }

  private List<EventQuantity> quantities(EvaluatedColumn ptColumn) {
    String unit = ptColumn.column().unit();
    List<EventQuantity> quantities = new ArrayList<>();
    if (transverseSum != null) {
      quantities.add(new EventQuantity(EventQuantity.Kind.HT, unit, transverseSum));
    }
    if (dijetMass != null) {
      quantities.add(new EventQuantity(EventQuantity.Kind.MJJ, unit, dijetMass));
    }
    return quantities;
  }

  private static double[] array(Table table, Side side, @Nullable ColumnPair pair) {
    return pair == null ? new double[0] : Doubles.of(table, side.column(pair));
  }

  private double @Nullable [] massArray(Table table, Side side) {
    return mass == null ? null : array(table, side, mass);
  }

  private Evaluation result() throws DifferentTablesException {
    if (rootEntries == 0) {
      throw new DifferentTablesException(
          TableDifference.Kind.LENGTH, "both tables are empty: there is nothing to compare");
    }
    List<EvaluatedColumn> columns = new ArrayList<>();
    EvaluatedColumn ptColumn = null;
    for (int number = 0; number < pairs.size(); number++) {
      ColumnPair pair = pairs.get(number);
      boolean ofJets = pt != null && pair.group() == mainGroup;
      EvaluatedColumn column =
          new EvaluatedColumn(
              pair.name(),
              Optional.ofNullable(relative)
                  .map(measure -> measure[pairs.indexOf(pair)])
                  .orElse(false),
              residuals.get(number),
              ofJets ? ptProfiles.get(number) : null,
              ofJets ? etaProfiles.get(number) : null,
              promises.isEmpty() ? null : promises.get(number).result());
      columns.add(column);
      ptColumn = pair.equals(pt) ? column : ptColumn;
    }
    return new Evaluation(
        schema.hasEvents() ? "event" : "row",
        rootEntries,
        weights.name(),
        columns,
        missing,
        rowMatcher.counts(),
        ptColumn == null ? null : new Evaluation.Jets(ptColumn, order, quantities(ptColumn)),
        correlations);
  }
}
