package org.jetfold.study.residual;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jetfold.codec.comparison.AlignedTables;
import org.jetfold.codec.comparison.ColumnMatch;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.derived.MatchedShape;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.JetCollectionChoice;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.matching.MatchingCut;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jspecify.annotations.Nullable;

/**
 * Compares a restored table with its original, piece by piece in memory that does not grow with the
 * tables. Work on columns is spread over the threads of the pool that it is called in. Not
 * thread-safe; for one use.
 *
 * <p>{@link #run} does all. Where the events are shared out, the evaluator of the first of them
 * tells its {@link #scales}, evaluators of all parts {@link #sum} them up with these, and one of
 * them makes the {@link #evaluation} of what was merged.
 */
public final class Evaluator {
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
  private final List<Integer> correlated;

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
            settings.requirements().stream().map(Requirement::owner).toList());
    mainGroup = found != null ? found.group() : largestGroup();
    correlated =
        IntStream.range(0, pairs.size())
            .filter(number -> isCorrelated(pairs.get(number)))
            .limit(Correlations.MAX_COLUMNS)
            .boxed()
            .toList();
    for (ColumnPair pair : pairs) {
      if (!precisions.isEmpty()) {
        promises.add(
            new PromiseCheck(
                precisions.get(pair.restored()),
                pair.name().column().type(),
                restored.schema().columns().get(pair.restored()).type()));
      }
    }
  }

  private boolean isCorrelated(ColumnPair pair) {
    return pair.group() == mainGroup && pair.name().column().mayLoseBits();
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
    return evaluation(sum(null, progress));
  }

  /**
   * Reads no more than what it takes to decide how residuals are told.
   *
   * @param known what the tables before have decided; null for the first
   * @return null where neither these tables nor those before have rows
   */
  public @Nullable ResidualScales scales(@Nullable ResidualScales known)
      throws IOException, StudyException {
    PartialEvaluation none = nothing();
    ResidualScales scales = known;
    for (List<Table> pieces = tables.next(); pieces != null; pieces = tables.next()) {
      ComparedPiece piece = piece(pieces, none);
      scales = decided(scales, piece, quantities.values(piece));
      if (scales.isComplete()) {
        return scales;
      }
    }
    return scales;
  }

  /**
   * Reads both tables to their ends.
   *
   * @param known how residuals are told; null to let the first rows decide
   * @param progress is told how many rows or events are compared
   */
  public PartialEvaluation sum(@Nullable ResidualScales known, LongConsumer progress)
      throws IOException, StudyException {
    PartialEvaluation part = nothing();
    if (known != null) {
      part.follow(known);
    }
    for (List<Table> pieces = tables.next(); pieces != null; pieces = tables.next()) {
      add(piece(pieces, part), part);
      part.addRootEntries(pieces.getFirst().rootEntries());
      progress.accept(part.rootEntries());
    }
    for (int number = 0; number < promises.size(); number++) {
      part.column(number).check(promises.get(number));
    }
    return part;
  }

  private PartialEvaluation nothing() {
    return new PartialEvaluation(
        pairs.size(),
        quantities.count(),
        collections.size(),
        rowMatcher.nothingMatched(),
        keptForPulls());
  }

  /** The next events of both tables, and which of their rows belong together. */
  private ComparedPiece piece(List<Table> pieces, PartialEvaluation part)
      throws IOException, StudyException {
    Table original = pieces.getFirst();
    double[] eventWeights = weights.of(separateWeights ? pieces.getLast() : original);
    List<RowPairs> rows =
        rowMatcher.pair(original, pieces.get(1), eventWeights, part.rootEntries(), part.matching());
    return ComparedPiece.of(pairs, original, pieces.get(1), rows);
  }

  private void add(ComparedPiece piece, PartialEvaluation part) {
    List<QuantityEvaluator.Values> computed = quantities.values(piece);
    ResidualScales scales = decided(part.scales(), piece, computed);
    part.follow(scales);
    int[][] ptBins = new int[schema.groups().size()][0];
    int[][] etaBins = new int[schema.groups().size()][0];
    for (CollectionEvaluator collection : collections) {
      ptBins[collection.group()] = collection.ptBins(piece, pairs);
      etaBins[collection.group()] = collection.etaBins(piece, pairs);
    }
    IntStream.range(0, pairs.size())
        .parallel()
        .forEach(number -> {
          ColumnPair pair = pairs.get(number);
          RowPairs rows = piece.rows(pair.group());
          if (!promises.isEmpty() && rows.isInOrder()) {
            promises
                .get(number)
                .add(
                    piece.original().values(pair.original()),
                    piece.restored().values(pair.restored()));
          }
          part.column(number)
              .add(
                  piece.before()[number],
                  piece.after()[number],
                  piece.differences()[number],
                  rows.weights(),
                  ptBins[pair.group()],
                  etaBins[pair.group()]);
        });
    addCorrelations(piece, part, scales);
    for (int number = 0; number < collections.size(); number++) {
      collections.get(number).add(piece, pairs, part.order(number));
    }
    quantities.add(computed, part);
  }

  /** What is known, and what a piece decides of the rest. */
  private ResidualScales decided(
      @Nullable ResidualScales known,
      ComparedPiece piece,
      List<QuantityEvaluator.Values> computed) {
    ResidualScales scales =
        known == null ? new ResidualScales(measures(piece), relative(computed), null) : known;
    return scales.isComplete() || piece.rows(mainGroup).count() == 0
        ? scales
        : scales.with(Correlations.ranges(residuals(piece, scales)));
  }

  private static boolean[] relative(List<QuantityEvaluator.Values> computed) {
    boolean[] relative = new boolean[computed.size()];
    for (int number = 0; number < relative.length; number++) {
      relative[number] = computed.get(number).areOfOneSign();
    }
    return relative;
  }

  /** For each column whether its residuals are shown relative, in the kind of its precision. */
  private boolean[] measures(ComparedPiece piece) {
    boolean[] relatives = new boolean[pairs.size()];
    for (int number = 0; number < relatives.length; number++) {
      boolean oneSign = ResidualScales.areOfOneSign(piece.before()[number]);
      relatives[number] = isRelative(pairs.get(number), oneSign);
    }
    return relatives;
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

  /** The residuals of the columns whose correlations are looked for. */
  private List<double[]> residuals(ComparedPiece piece, ResidualScales scales) {
    return correlated.parallelStream()
        .map(number -> piece.residuals(number, scales.columns()[number]))
        .toList();
  }

  private void addCorrelations(ComparedPiece piece, PartialEvaluation part, ResidualScales scales) {
    double[] ranges = scales.correlated();
    RowPairs rows = piece.rows(mainGroup);
    if (ranges == null || correlated.size() < 2 || rows.count() == 0) {
      return;
    }
    Correlations known = part.correlations();
    if (known == null) {
      known =
          new Correlations(
              correlated.stream().map(number -> pairs.get(number).name().path()).toList(), ranges);
      part.correlate(known);
    }
    double[] positive = rows.weights().clone();
    for (int row = 0; row < positive.length; row++) {
      positive[row] = Math.abs(positive[row]);
    }
    known.add(residuals(piece, scales), positive);
  }

  /**
   * What was found, of all events.
   *
   * @param all of tables with the same columns as these
   * @throws DifferentTablesException where there are no events
   */
  public Evaluation evaluation(PartialEvaluation all) throws DifferentTablesException {
    ResidualScales scales = all.scales();
    if (all.rootEntries() == 0 || scales == null) {
      throw new DifferentTablesException(
          TableDifference.Kind.LENGTH, "both tables are empty: there is nothing to compare");
    }
    List<EvaluatedColumn> columns = new ArrayList<>();
    for (int number = 0; number < pairs.size(); number++) {
      columns.add(column(number, all.column(number), scales.columns()[number]));
    }
    List<Evaluation.Collection> found = new ArrayList<>();
    for (int number = 0; number < collections.size(); number++) {
      CollectionEvaluator one = collections.get(number);
      found.add(
          one.result(
              one.pt() == null ? null : columns.get(pairs.indexOf(one.pt())), all.order(number)));
    }
    return new Evaluation(
        schema.hasEvents() ? "event" : "row",
        all.rootEntries(),
        weights.name(),
        columns,
        missing,
        rowMatcher.counts(all.matching()),
        found,
        jets == null ? null : found.get(collections.indexOf(jets)),
        quantities.result(all, scales),
        all.correlations());
  }

  private EvaluatedColumn column(int number, PartialEvaluation.OfColumn column, boolean relative) {
    ColumnPair pair = pairs.get(number);
    CollectionEvaluator own =
        collections.stream().filter(one -> one.group() == pair.group()).findFirst().orElse(null);
    return new EvaluatedColumn(
        pair.name(),
        CollectionEvaluator.name(schema, pair.group()),
        relative,
        column.residuals(),
        own != null && own.pt() != null ? column.againstPt() : null,
        own != null && own.hasDirections() ? column.againstEta() : null,
        promises.isEmpty()
            ? null
            : new Promise(precisions.get(pair.restored()), column.checked(), column.violations()));
  }
}
