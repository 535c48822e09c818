package org.jetfold.study.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantity;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.EventWeights;
import org.jetfold.study.residual.Metric;
import org.jetfold.study.residual.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the cheapest precision of each column that meets a target: limits as {@code evaluate}
 * knows them. Not thread-safe; for one use.
 *
 * <ol>
 *   <li>What a target says outright of a column's error is its coarsest bound: {@code
 *       eta.abs.max<=0.005}, and for errors that are spread evenly over ±e also their RMS e/√3 and
 *       quantiles.
 *   <li>A target on the errors of a quantity is shared by the columns that it is computed from. A
 *       bit of any of them costs the same, so the fewest bits are those where each adds the same
 *       variance: S·σ² = limit²/K for K columns ({@link Sensitivities}), and what a column may not
 *       use because of its own limit goes to the others.
 *   <li>The real codec and the real evaluation then judge half of the events: bounds of columns
 *       that a broken limit is about get finer, by 2^(1/4) at least. Then each column is tried
 *       coarser in such steps, until a limit breaks; that is the limit which the column has.
 *   <li>The other half is the proof. Where it breaks a limit, bounds get finer once more.
 * </ol>
 */
public final class Tuner {
  private static final double STEP = Math.pow(2, 0.25);
  private static final double MAX_FACTOR = 4;
  private static final int MAX_ROUNDS = 80;
  private static final int MAX_COARSER = 12;
  private static final double ONE_SIGN = 0.99;
  private static final double FINE_ENOUGH_FOR_ORDER = 0.01;
  private static final double SQRT_3 = Math.sqrt(3);

  private final Table search;
  private final Table proof;
  private final Evaluator.Settings settings;
  private final List<Requirement> targets;
  private final int threads;
  private final IntConsumer progress;
  private final Schema schema;
  private final List<QualifiedColumn> names;
  private final List<@Nullable DerivedQuantity> quantities;

  /** One for each column of the table; null for those that stay exact. */
  private final List<@Nullable ColumnBound> bounds = new ArrayList<>();

  /** What limits were at the finest settings, where only exact values meet them. */
  private final Map<String, Double> nearest = new HashMap<>();

  private int rounds;

  /** What compressing did: the outcomes of the targets, and the file. */
  private record Trial(List<Requirement.Outcome> outcomes, byte[] file) {
    List<Requirement.Outcome> missed() {
      return outcomes.stream().filter(Tuning::misses).toList();
    }
  }

  /**
   * Prepares a search.
   *
   * @param search events that settings are looked for with
   * @param proof events that they are proved with
   * @param settings what is evaluated; its requirements are the limits that must hold, and its
   *     precisions do not count
   * @param threads that compress
   * @param progress is told how often the codec has run
   * @throws StudyException where a target is of nothing that there is, or cannot be computed
   * @throws UnclearJetsException where a target is of the jets' quantities, and which the jets are
   *     is not clear
   */
  public Tuner(
      Table search, Table proof, Evaluator.Settings settings, int threads, IntConsumer progress)
      throws StudyException {
    this.search = search;
    this.proof = proof;
    this.settings = settings;
    targets = settings.requirements();
    this.threads = threads;
    this.progress = progress;
    schema = search.schema();
    names = QualifiedColumn.all(schema);
    quantities = quantities();
    for (int column = 0; column < names.size(); column++) {
      bounds.add(null);
    }
    for (Requirement target : targets) {
      for (int column : columnsOf(target)) {
        if (bounds.get(column) == null && schema.columns().get(column).mayLoseBits()) {
          bounds.set(column, begun(column));
        }
      }
    }
  }

  /** For each target, the quantity that it is of; null where it is of columns. */
  private List<@Nullable DerivedQuantity> quantities() throws StudyException {
    // Refuses what is unknown, and finds the jets by their name.
    Evaluator evaluator = new Evaluator(TableSource.of(search), TableSource.of(search), settings);
    DerivedQuantities known =
        new DerivedQuantities(schema, evaluator.jets(), settings.definitions());
    List<@Nullable DerivedQuantity> found = new ArrayList<>();
    for (Requirement target : targets) {
      found.add(known.has(target.owner()) ? known.find(target.owner()) : null);
    }
    return found;
  }

  private ColumnBound begun(int column) {
    double[] finite = Arrays.stream(Doubles.of(search, column)).filter(Double::isFinite).toArray();
    DoubleSummaryStatistics range = Arrays.stream(finite).summaryStatistics();
    long positive = Arrays.stream(finite).filter(value -> value > 0).count();
    double spread = finite.length == 0 ? 0 : range.getMax() / 2 - range.getMin() / 2;
    boolean relative = positive >= ONE_SIGN * finite.length;
    for (Requirement target : targets) {
      // Who limits a column's absolute errors wants to know nothing of relative ones.
      relative &=
          !(target.absolute()
              && quantityOf(target) == null
              && target.columns(schema).contains(column));
    }
    return new ColumnBound(relative, spread > 0 ? spread : 1);
  }

  /** The quantity that a target is of; null where it is of columns. */
  private @Nullable DerivedQuantity quantityOf(Requirement target) {
    return quantities.get(targets.indexOf(target));
  }

  /** The columns that a target depends on. */
  private List<Integer> columnsOf(Requirement target) {
    DerivedQuantity quantity = quantityOf(target);
    return quantity == null ? target.columns(schema) : quantity.columns();
  }

  /**
   * Searches, and proves what was found.
   *
   * @throws StudyException where the tables cannot be evaluated
   */
  public Tuning run() throws IOException, StudyException {
    cap();
    for (Requirement target : targets) {
      DerivedQuantity quantity = quantityOf(target);
      if (quantity != null) {
        share(target, quantity);
      }
    }
    tighten(search);
    coarsen();
    Trial proved = tighten(proof);
    return result(proved);
  }

  private void cap() {
    for (Requirement target : targets) {
      if (quantityOf(target) != null || target.metric() == Metric.PULL) {
        continue;
      }
      for (int column : columnsOf(target)) {
        ColumnBound bound = bounds.get(column);
        if (bound == null || bound.isRelative() == target.absolute()) {
          continue;
        }
        double most =
            switch (target.metric()) {
              case MAX -> target.limit() * (target.inclusive() ? 1 : 1 - 1e-9);
              case RMS, RESOLUTION -> target.limit() * SQRT_3;
              default -> target.limit() / target.metric().part();
            };
        bound.cap(most, target.text());
      }
    }
  }

  /** Shares the variance that a limit on a quantity's errors allows. */
  private void share(Requirement target, DerivedQuantity quantity) throws StudyException {
    double deviation = target.limit() / deviations(target.metric());
    if (!Double.isFinite(deviation)) {
      return;
    }
    double[] sensitivities =
        new Sensitivities(
                quantity, !target.absolute(), (column, value) -> isRelative(column) ? value : 1)
            .of(search, EventWeights.of(settings.weightColumn(), search));
    List<ColumnBound> open = new ArrayList<>();
    List<Double> perVariance = new ArrayList<>();
    for (int column : quantity.columns()) {
      ColumnBound bound = bounds.get(column);
      if (bound != null && sensitivities[column] > 0) {
        open.add(bound);
        perVariance.add(sensitivities[column]);
      } else if (bound != null && bound.isRelative()) {
        // It only says which jets lead: too coarse, and others do.
        bound.set(Math.min(bound.bound(), FINE_ENOUGH_FOR_ORDER));
      }
    }
    fill(open, perVariance, deviation * deviation);
  }

  private boolean isRelative(int column) {
    ColumnBound bound = bounds.get(column);
    return bound != null && bound.isRelative();
  }

  /** A metric of errors that are normally distributed, whose RMS is 1; NaN for other metrics. */
  private static double deviations(Metric metric) {
    return switch (metric) {
      case RMS, RESOLUTION -> 1;
      case P50 -> 0.674;
      case P68 -> 0.994;
      case P95 -> 1.96;
      case P99 -> 2.576;
      case P999 -> 3.291;
      // Of some ten thousand values.
      case MAX -> 4;
      case MEAN, SPECTRUM, PULL, RESPONSE, ORDER, UNMATCHED -> Double.NaN;
    };
  }

  /** Gives each the same variance; what one may not take because of its cap goes to the others. */
  private static void fill(List<ColumnBound> bounds, List<Double> sensitivities, double variance) {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      open.add(i);
    }
    double left = variance;
    boolean isSettled = false;
    while (!isSettled && !open.isEmpty()) {
      isSettled = true;
      double each = Math.max(0, left) / open.size();
      for (int i : List.copyOf(open)) {
        ColumnBound bound = bounds.get(i);
        double own = sensitivities.get(i) * bound.deviation() * bound.deviation();
        if (own <= each) {
          // It cannot be coarser than it is.
          left -= own;
          open.removeIf(other -> other == i);
          isSettled = false;
        }
      }
    }
    for (int i : open) {
      bounds.get(i).set(SQRT_3 * Math.sqrt(Math.max(0, left) / open.size() / sensitivities.get(i)));
    }
  }

  private List<Precision> precisions() {
    return bounds.stream()
        .map(bound -> bound == null ? Precision.exact() : bound.precision())
        .toList();
  }

  private Trial trial(Table table) throws IOException, StudyException {
    rounds++;
    progress.accept(rounds);
    List<Precision> precisions = precisions();
    Compression compression = Compression.of(schema, precisions);
    byte[] file = RoundTrip.compress(table, compression, threads);
    Table restored = RoundTrip.restore(file, compression, threads);
    Evaluation evaluation =
        new Evaluator(TableSource.of(table), TableSource.of(restored), settings.with(precisions))
            .run(unused -> {});
    return new Trial(
        targets.stream().flatMap(target -> target.check(evaluation).stream()).toList(), file);
  }

  /** Makes bounds finer until no limit is broken, or nothing can be finer. */
  private Trial tighten(Table table) throws IOException, StudyException {
    Trial trial = trial(table);
    for (int round = 0; !trial.missed().isEmpty() && round < MAX_ROUNDS; round++) {
      boolean isFiner = false;
      for (Requirement.Outcome outcome : trial.missed()) {
        double excess = Math.abs(outcome.value()) / outcome.requirement().limit();
        double factor = Double.isFinite(excess) ? Math.clamp(excess, STEP, MAX_FACTOR) : MAX_FACTOR;
        for (int column : columnsOf(outcome.requirement())) {
          ColumnBound bound = bounds.get(column);
          boolean isMeant =
              bound != null
                  && !bound.isExact()
                  && (quantityOf(outcome.requirement()) != null
                      || outcome.requirement().metric() == Metric.ORDER
                      || outcome.subject().equals(names.get(column).path()));
          if (isMeant) {
            bound.set(bound.bound() / factor);
            bound.limitedBy(outcome.requirement().text());
            if (bound.isExact()) {
              nearest.put(outcome.requirement().text(), Math.abs(outcome.value()));
            }
            isFiner = true;
          }
        }
      }
      if (!isFiner) {
        return trial;
      }
      trial = trial(table);
    }
    return trial;
  }

  /** Tries each column coarser, the most values first, until a limit breaks. */
  private void coarsen() throws IOException, StudyException {
    List<ColumnBound> order = new ArrayList<>();
    for (int column = 0; column < bounds.size(); column++) {
      ColumnBound bound = bounds.get(column);
      if (bound != null && !bound.isExact()) {
        order.add(bound);
      }
    }
    for (ColumnBound bound : order) {
      for (int step = 0; step < MAX_COARSER && !bound.isAtCap(); step++) {
        double before = bound.bound();
        bound.set(before * STEP);
        List<Requirement.Outcome> broken = trial(search).missed();
        if (!broken.isEmpty()) {
          bound.set(before);
          bound.limitedBy(broken.getFirst().requirement().text());
          break;
        }
      }
    }
  }

  private Tuning result(Trial proved) throws IOException {
    try (Decompressor file = new Decompressor(ByteSource.of(proved.file()), threads)) {
      FileReport report = FileReport.of("proof", file);
      List<TunedColumn> columns = new ArrayList<>();
      long rows = 0;
      for (int column = 0; column < bounds.size(); column++) {
        if (schema.columns().get(column).mayLoseBits()) {
          ColumnBound bound = bounds.get(column);
          columns.add(
              new TunedColumn(
                  names.get(column),
                  bound == null ? Precision.exact() : bound.precision(),
                  report.columns().get(column).bytes(),
                  report.columns().get(column).values(),
                  bound == null ? "" : bound.limit(),
                  bound != null && bound.isExact() ? bound.finestPrecision() : null));
        }
        rows = Math.max(rows, report.columns().get(column).values());
      }
      return new Tuning(
          columns,
          nearest,
          proved.outcomes(),
          search.rootEntries(),
          proof.rootEntries(),
          rows,
          proved.file().length);
    }
  }
}
