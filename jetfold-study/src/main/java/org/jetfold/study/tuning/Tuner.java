package org.jetfold.study.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.derived.JetNames;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.Doubles;
import org.jetfold.study.StudyException;
import org.jetfold.study.dijet.JetCollections;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.EventQuantity;
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
 *   <li>A target on the resolution of HT or of the dijet mass is shared by the variables that it is
 *       computed from. A bit of any of them costs the same, so the fewest bits are those where each
 *       adds the same variance: S·σ² = limit²/K for K variables ({@link JetSensitivities}), and
 *       what a variable may not use because of its own limit goes to the others.
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
  private static final double SQRT_3 = Math.sqrt(3);

  private final Table search;
  private final Table proof;
  private final List<Requirement> targets;
  private final int threads;
  private final IntConsumer progress;
  private final Schema schema;
  private final List<QualifiedColumn> names;

  /** One for each column of the table; null for those that stay exact. */
  private final List<@Nullable ColumnBound> bounds = new ArrayList<>();

  private int jets = -1;
  private final int[] variables = {-1, -1, -1, -1};
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
   * @param targets limits that must hold
   * @param threads that compress
   * @param progress is told how often the codec has run
   * @throws IllegalArgumentException where a target is of no column, with a message for the user
   */
  public Tuner(
      Table search, Table proof, List<Requirement> targets, int threads, IntConsumer progress) {
    this.search = search;
    this.proof = proof;
    this.targets = List.copyOf(targets);
    this.threads = threads;
    this.progress = progress;
    schema = search.schema();
    names = QualifiedColumn.all(schema);
    targets.forEach(target -> target.refuseUnknown(schema));
    findJets();
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

  /** The jets are found by their name, as for an evaluation. */
  private void findJets() {
    Map<String, Integer> groups = new LinkedHashMap<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      List<Integer> own = columnsOf(group);
      JetNames found = namesOf(own);
      if (found.find("pt") >= 0 && found.find("eta") >= 0) {
        groups.putIfAbsent(schema.groups().get(group).name(), group);
      }
    }
    String name = JetCollections.find(List.copyOf(groups.keySet()));
    if (name == null) {
      return;
    }
    jets = Objects.requireNonNull(groups.get(name));
    List<Integer> own = columnsOf(jets);
    JetNames found = namesOf(own);
    for (JetVariable variable : JetVariable.values()) {
      int at = found.find(variable.names());
      variables[variable.place()] = at < 0 ? -1 : own.get(at);
    }
  }

  private List<Integer> columnsOf(int group) {
    List<Integer> own = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      if (schema.groupOf(column) == group) {
        own.add(column);
      }
    }
    return own;
  }

  private JetNames namesOf(List<Integer> columns) {
    return new JetNames(columns.stream().map(c -> schema.columns().get(c).name()).toList());
  }

  private ColumnBound begun(int column) {
    double[] finite = Arrays.stream(Doubles.of(search, column)).filter(Double::isFinite).toArray();
    DoubleSummaryStatistics range = Arrays.stream(finite).summaryStatistics();
    long positive = Arrays.stream(finite).filter(value -> value > 0).count();
    double spread = finite.length == 0 ? 0 : range.getMax() / 2 - range.getMin() / 2;
    boolean relative = positive >= ONE_SIGN * finite.length;
    for (Requirement target : targets) {
      // Who limits absolute errors wants to know nothing of relative ones.
      relative &= !(target.absolute() && columnsOf(target).contains(column));
    }
    return new ColumnBound(relative, spread > 0 ? spread : 1);
  }

  /** The columns that a target depends on. */
  private List<Integer> columnsOf(Requirement target) {
    EventQuantity.Kind quantity = target.quantity();
    if (quantity == null) {
      return target.columns(schema);
    }
    int[] of =
        quantity == EventQuantity.Kind.MJJ
            ? variables
            : new int[] {variables[JetVariable.PT.place()]};
    return Arrays.stream(of).filter(column -> column >= 0).boxed().toList();
  }

  /**
   * Searches, and proves what was found.
   *
   * @throws StudyException where the tables cannot be evaluated
   */
  public Tuning run() throws IOException, StudyException {
    cap();
    for (EventQuantity.Kind kind : EventQuantity.Kind.values()) {
      share(kind);
    }
    tighten(search);
    coarsen();
    Trial proved = tighten(proof);
    return result(proved);
  }

  private void cap() {
    for (Requirement target : targets) {
      if (target.quantity() != null || target.metric() == Metric.PULL) {
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
              case P50 -> target.limit() / 0.5;
              case P68 -> target.limit() / 0.68;
              case P95 -> target.limit() / 0.95;
              case P99 -> target.limit() / 0.99;
              case P999 -> target.limit() / 0.999;
              default -> Double.POSITIVE_INFINITY;
            };
        bound.cap(most, target.text());
      }
    }
  }

  /** Shares the variance that a quantity's resolution allows. */
  private void share(EventQuantity.Kind kind) {
    for (Requirement target : targets) {
      boolean isResolution = target.metric() == Metric.RESOLUTION || target.metric() == Metric.RMS;
      boolean isComputable = variables[0] >= 0 && jets > 0;
      if (kind == EventQuantity.Kind.MJJ) {
        isComputable &= variables[1] >= 0 && variables[2] >= 0;
      }
      if (target.quantity() != kind || !isResolution || !isComputable) {
        continue;
      }
      double[] sensitivities =
          JetSensitivities.of(kind, search, Arrays.stream(variables).boxed().toList(), jets);
      List<ColumnBound> open = new ArrayList<>();
      List<Double> perVariance = new ArrayList<>();
      for (JetVariable variable : JetVariable.values()) {
        int column = variables[variable.place()];
        ColumnBound bound = column < 0 ? null : bounds.get(column);
        double sensitivity = sensitivities[variable.place()];
        if (bound != null && sensitivity > 0) {
          open.add(bound);
          perVariance.add(
              bound.isRelative() == isRelative(variable)
                  ? sensitivity
                  : sensitivity * converted(variable, column));
        }
      }
      fill(open, perVariance, target.limit() * target.limit());
    }
  }

  private static boolean isRelative(JetVariable variable) {
    return variable == JetVariable.PT || variable == JetVariable.M;
  }

  /** From relative to absolute errors or back, by the mean square of the values. */
  private double converted(JetVariable variable, int column) {
    double square =
        Arrays.stream(Doubles.of(search, column))
            .filter(Double::isFinite)
            .map(value -> value * value)
            .average()
            .orElse(1);
    return isRelative(variable) ? 1 / square : square;
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
        new Evaluator(
                TableSource.of(table),
                TableSource.of(restored),
                new Evaluator.Settings(null, null, null, null, precisions))
            .run(_ -> {});
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
                  && (outcome.requirement().quantity() != null
                      || outcome.requirement().metric() == Metric.ORDER
                      || outcome.subject().equals(names.get(column).path()));
          if (isMeant) {
            bound.set(bound.bound() / factor);
            bound.limitedBy(outcome.requirement().text());
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
                  bound == null ? "" : bound.limit()));
        }
        rows = Math.max(rows, report.columns().get(column).values());
      }
      return new Tuning(
          columns,
          proved.outcomes(),
          search.rootEntries(),
          proof.rootEntries(),
          rows,
          proved.file().length);
    }
  }
}
