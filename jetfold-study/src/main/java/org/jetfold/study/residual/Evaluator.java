package org.jetfold.study.residual;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jetfold.codec.comparison.AlignedTables;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.derived.MatchedShape;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.JetCollectionChoice;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
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
  private final List<CollectionEvaluator> collections;
  private final @Nullable CollectionEvaluator jets;
  private final @Nullable UnclearJetsException unclearJets;
  private final QuantityEvaluator quantities;
  private final int mainGroup;
  private final List<ColumnPair> correlated;
  private final List<ColumnResiduals> residuals = new ArrayList<>();
  private final List<Profile> ptProfiles = new ArrayList<>();
  private final List<Profile> etaProfiles = new ArrayList<>();
  private @Nullable Correlations correlations;
  private boolean @Nullable [] relative;
  private long rootEntries;

  /**
   * What to compare.
   *
   * @param cut for matching restored objects to originals; null where they are in the same order
   * @param weightColumn the events' weight; null for 1
   * @param weightTable the table that has the weights, an entry an event; null for the original
   * @param jets the collection of which HT and the dijet mass are computed; null to find it by name
   * @param definitions of quantities to evaluate, each {@code name = expression}
   * @param requirements that will be asked of the evaluation
   * @param precisions what the restored table promises, one for each of its columns; empty where it
   *     promises nothing
   */
  public record Settings(
      @Nullable MatchingCut cut,
      @Nullable String weightColumn,
      @Nullable TableSource weightTable,
      @Nullable String jets,
      List<String> definitions,
      List<Requirement> requirements,
      List<Precision> precisions) {
    /** Copies the lists. */
    public Settings {
      definitions = List.copyOf(definitions);
      requirements = List.copyOf(requirements);
      precisions = List.copyOf(precisions);
    }

    /** The same of a table that promises other precisions. */
    public Settings with(List<Precision> promised) {
      return new Settings(
          cut, weightColumn, weightTable, jets, definitions, requirements, promised);
    }

    /** Objects in their order, each event counting 1, and nothing further to evaluate. */
    public static Settings of(List<Precision> precisions) {
      return new Settings(null, null, null, null, List.of(), List.of(), precisions);
    }
  }

  /**
   * A comparison.
   *
   * @throws DifferentTablesException where the tables have no common shape
   * @throws StudyException where there is no such weight, no such collection of jets, or a
   *     requirement is of nothing that there is
   * @throws UnclearJetsException where a requirement is of the jets' quantities, and which the jets
   *     are is not clear
   * @throws DerivedQuantityException where a definition is none
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
    collections = CollectionEvaluator.of(schema, ColumnPair.ofItself(schema), pairs);
    CollectionEvaluator found = null;
    UnclearJetsException unclear = null;
    try {
      found = jets(settings.jets());
    } catch (UnclearJetsException e) {
      if (settings.jets() != null) {
        throw e;
      }
      unclear = e;
    }
    jets = found;
    unclearJets = unclear;
    refuseUnknown(settings);
    quantities =
        new QuantityEvaluator(
            new MatchedShape(schema, restored.schema(), match),
            found == null ? null : found.name(),
            settings.definitions(),
            settings.requirements().stream().map(Requirement::owner).toList(),
            keptForPulls());
    mainGroup = found != null ? found.group() : largestGroup();
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

  private void refuseUnknown(Settings settings) throws StudyException {
    DerivedQuantities known = new DerivedQuantities(schema, null, settings.definitions());
    for (Requirement requirement : settings.requirements()) {
      requirement.refuseUnknown(schema, known);
      UnclearJetsException unclear = unclearJets;
      if (unclear != null && known.isOfJets(requirement.owner())) {
        throw unclear;
      }
    }
  }

  /**
   * The collection of jets; null where no collection has pT and η.
   *
   * @throws UnclearJetsException where several have, and their names do not tell
   */
  private @Nullable CollectionEvaluator jets(@Nullable String asked) throws UnclearJetsException {
    List<CollectionEvaluator> candidates =
        collections.stream().filter(CollectionEvaluator::hasDirections).toList();
    if (candidates.isEmpty() && asked == null) {
      return null;
    }
    String name =
        JetCollectionChoice.require(
            candidates.stream().map(CollectionEvaluator::name).toList(), asked);
    return candidates.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** The name of the collection of jets; null where there is none, or it is not clear. */
  public @Nullable String jets() {
    return jets == null ? null : jets.name();
  }

  /** The first group with the most columns. */
  private int largestGroup() {
    int largest = 0;
    long most = -1;
    for (int group = 0; group < schema.groups().size(); group++) {
      int number = group;
      long columns = pairs.stream().filter(pair -> pair.group() == number).count();
      if (columns > most) {
        most = columns;
        largest = group;
      }
    }
    return largest;
  }

  /** Why HT and the dijet mass cannot be computed; null where nothing hinders it. */
  public @Nullable UnclearJetsException unclearJets() {
    return unclearJets;
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
    Map<Integer, int[]> ptBins = new HashMap<>();
    Map<Integer, int[]> etaBins = new HashMap<>();
    for (CollectionEvaluator collection : collections) {
      ptBins.put(collection.group(), collection.ptBins(before));
      etaBins.put(collection.group(), collection.etaBins(before));
    }
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
          differences[number] =
              addColumn(
                  number,
                  field(before, pair),
                  field(after, pair),
                  rows.get(pair.group()).weights(),
                  ptBins.getOrDefault(pair.group(), new int[0]),
                  etaBins.getOrDefault(pair.group(), new int[0]));
        });
    addCorrelations(before, differences, measures, main);
    for (CollectionEvaluator collection : collections) {
      collection.add(before, after, rows.get(collection.group()));
    }
    quantities.add(original, restored, rows);
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
      boolean oneSign = isOfOneSign(field(before, pairs.get(number)));
      relatives[number] = isRelative(pairs.get(number), oneSign);
    }
    return relatives;
  }

  /** Whether hardly any value is 0 or of the other sign. */
  static boolean isOfOneSign(double[] values) {
    long positive = 0;
    long negative = 0;
    for (double value : values) {
      positive += value > 0 ? 1 : 0;
      negative += value < 0 ? 1 : 0;
    }
    return Math.max(positive, negative) >= ONE_SIGN * values.length;
  }

  private boolean isRelative(ColumnPair pair, boolean otherwise) {
    if (precisions.isEmpty()) {
      return otherwise;
    }
    return switch (precisions.get(pair.restored()).promise()) {
      case Precision.Relative unused -> true;
      case Precision.Bits unused -> true;
      case Precision.Absolute unused -> false;
      case Precision.Step unused -> false;
      case Precision.Scaled unused -> false;
      case Precision.Exact unused -> otherwise;
      case Precision.Measured unused -> otherwise;
      case Precision.Dithered unused -> otherwise;
    };
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
      if (Double.isFinite(difference) && before[row] != 0) {
        double ratio = difference / before[row];
        double weight = Math.abs(rowWeights[row]);
        if (ptBins.length > 0 && ptBins[row] >= 0) {
          ptProfiles.get(number).add(ptBins[row], ratio, weight);
        }
        if (etaBins.length > 0 && etaBins[row] >= 0) {
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

  private Evaluation result() throws DifferentTablesException {
    if (rootEntries == 0) {
      throw new DifferentTablesException(
          TableDifference.Kind.LENGTH, "both tables are empty: there is nothing to compare");
    }
    List<EvaluatedColumn> columns = new ArrayList<>();
    for (int number = 0; number < pairs.size(); number++) {
      ColumnPair pair = pairs.get(number);
      CollectionEvaluator own =
          collections.stream().filter(one -> one.group() == pair.group()).findFirst().orElse(null);
      columns.add(
          new EvaluatedColumn(
              pair.name(),
              CollectionEvaluator.name(schema, pair.group()),
              Optional.ofNullable(relative)
                  .map(measure -> measure[pairs.indexOf(pair)])
                  .orElse(false),
              residuals.get(number),
              own != null && own.pt() != null ? ptProfiles.get(number) : null,
              own != null && own.hasDirections() ? etaProfiles.get(number) : null,
              promises.isEmpty() ? null : promises.get(number).result()));
    }
    List<Evaluation.Collection> found =
        collections.stream()
            .map(one -> one.result(one.pt() == null ? null : columns.get(pairs.indexOf(one.pt()))))
            .toList();
    return new Evaluation(
        schema.hasEvents() ? "event" : "row",
        rootEntries,
        weights.name(),
        columns,
        missing,
        rowMatcher.counts(),
        found,
        jets == null ? null : found.get(collections.indexOf(jets)),
        quantities.result(),
        correlations);
  }
}
