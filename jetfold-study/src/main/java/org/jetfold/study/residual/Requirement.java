package org.jetfold.study.residual;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.study.StudyException;
import org.jetfold.study.residual.Evaluation.EvaluatedColumn;
import org.jspecify.annotations.Nullable;

/**
 * A limit that a metric must keep: {@code pt.p999<0.01}, {@code eta.abs.max<=0.001}, {@code
 * response<0.001}. Before the metric stands the name of a column or collection, or a glob; {@code
 * rel} or {@code abs} between them says which residuals, and without it they are relative.
 *
 * @param text as the user gave it
 * @param column a column, a collection or a quantity of events; null where the metric is of every
 *     collection
 * @param absolute whether absolute residuals are meant
 * @param inclusive whether a value equal to the limit keeps it
 */
public record Requirement(
    String text,
    @Nullable NamePattern column,
    boolean absolute,
    Metric metric,
    boolean inclusive,
    double limit) {
  /** What is the same before and after needs no statistics. */
  private static final List<BinValue> NOTHING_CHANGED = List.of(new BinValue(0, 0));

  private static final List<BinValue> UNDEFINED = List.of(new BinValue(Double.NaN, 0));

  /** The mean response may shift by less than 0.1 % anywhere. */
  public static final Requirement RESPONSE = parse("response<0.001");

  /** The resolution that compression adds, well under a tenth of the jets' 6 % at 300 GeV. */
  public static final Requirement RESOLUTION = parse("resolution<0.006");

  /** Compression may leave less than any histogram's statistical errors show. */
  public static final Requirement PULL = parse("pull<1.5");

  /** Whether a limit holds. */
  public enum Status {
    /** The limit holds. */
    HOLDS,
    /** The limit is exceeded, or the metric is not defined. */
    BROKEN,
    /** There are too few entries to tell. */
    UNCLEAR
  }

  /**
   * What became of a requirement.
   *
   * @param subject the column or jets that it was asked of
   * @param value the metric; of one that is tested in bins, in the bin that decided; NaN where
   *     there is nothing to measure
   * @param error the statistical error of the value; 0 for metrics that are tested without
   */
  public record Outcome(
      Requirement requirement, String subject, double value, double error, Status status) {
    /** Whether the limit is kept for sure. */
    public boolean holds() {
      return status == Status.HOLDS;
    }

    /** Whether the limit is exceeded for sure. */
    public boolean isBroken() {
      return status == Status.BROKEN;
    }
  }

  /**
   * Reads a requirement.
   *
   * @throws IllegalArgumentException where it is none, with a message for the user
   */
  public static Requirement parse(String whole) {
    String text = whole.strip();
    int sign = text.indexOf('<');
    if (sign < 1) {
      throw new IllegalArgumentException(
          "'%s' is no limit: say for example pt.p999<0.01 or response<0.001".formatted(text));
    }
    boolean inclusive = text.startsWith("<=", sign);
    double limit = number(text, text.substring(sign + (inclusive ? 2 : 1)).strip());
    String name = text.substring(0, sign).strip();
    int dot = name.lastIndexOf('.');
    Metric metric = Metric.named(name.substring(dot + 1));
    if (metric == null) {
      throw new IllegalArgumentException(
          "'%s': there is no metric '%s'; there are %s"
              .formatted(text, name.substring(dot + 1), Metric.names()));
    }
    String owner = dot < 0 ? "" : name.substring(0, dot);
    boolean absolute = owner.endsWith(".abs") || owner.equals("abs");
    boolean relative = owner.endsWith(".rel") || owner.equals("rel");
    if (absolute || relative) {
      owner = owner.substring(0, Math.max(0, owner.length() - ".abs".length()));
      if (metric.scope() != Metric.Scope.RESIDUAL) {
        throw new IllegalArgumentException(
            "'%s': %s is neither relative nor absolute: leave out rel or abs"
                .formatted(text, metric.text()));
      }
    }
    if (owner.isEmpty() && metric.needsColumn()) {
      throw new IllegalArgumentException(
          "'%s': %s is of a column: say which, as in pt.%s, or *.%s for all"
              .formatted(text, metric.text(), metric.text(), metric.text()));
    }
    NamePattern pattern = owner.isEmpty() ? null : NamePattern.parse(owner);
    return new Requirement(text, pattern, absolute, metric, inclusive, limit);
  }

  private static double number(String text, String number) {
    try {
      double limit = Double.parseDouble(number);
      if (limit >= 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(noNumber(text, number), e);
    }
    throw new IllegalArgumentException(noNumber(text, number));
  }

  private static String noNumber(String text, String number) {
    return "'%s': '%s' is no limit: it must be a number from 0 on".formatted(text, number);
  }

  /**
   * Refuses a requirement of nothing that there is.
   *
   * @param quantities that can be computed from the table's columns
   * @throws StudyException where no column, collection or quantity has the name, or it has no such
   *     metric
   */
  void refuseUnknown(Schema schema, DerivedQuantities quantities) throws StudyException {
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    NamePattern pattern = column;
    if (pattern == null || namesCollection(schema, pattern)) {
      return;
    }
    boolean isQuantity = quantities.has(owner());
    if (metric.scope() == Metric.Scope.COLLECTION) {
      throw new StudyException(
          "'%s': no collection is called %s; there are: %s"
              .formatted(text, pattern.text(), String.join(", ", collections(schema))));
    }
    if (isQuantity && metric == Metric.RESPONSE) {
      throw new StudyException(
          "'%s': a quantity that is computed has no response in bins of pT: say %s.mean"
              .formatted(text, pattern.text()));
    }
    if (!isQuantity && columns.stream().noneMatch(known -> known.fits(pattern))) {
      List<String> names = new ArrayList<>();
      columns.forEach(known -> names.addAll(known.names()));
      names.addAll(quantities.names());
      throw new StudyException(
          "'%s': no column or quantity is called %s; %s"
              .formatted(text, pattern.text(), QualifiedColumn.nearName(pattern.literal(), names)));
    }
  }

  private boolean namesCollection(Schema schema, NamePattern pattern) {
    return !metric.needsColumn() && collections(schema).stream().anyMatch(pattern::fits);
  }

  private static List<String> collections(Schema schema) {
    List<String> names = new ArrayList<>();
    for (int group = schema.hasEvents() ? 1 : 0; group < schema.groups().size(); group++) {
      names.add(CollectionEvaluator.name(schema, group));
    }
    return names;
  }

  /**
   * The columns of a table that it is of; of a collection, or of all, their pT. None where it is of
   * a quantity that is computed.
   */
  public List<Integer> columns(Schema schema) {
    List<QualifiedColumn> names = QualifiedColumn.all(schema);
    NamePattern pattern = column;
    if (pattern != null) {
      List<Integer> fitting = QualifiedColumn.fitting(pattern, names).stream().sorted().toList();
      if (metric.needsColumn() || !fitting.isEmpty()) {
        return fitting;
      }
    }
    List<ColumnPair> all = ColumnPair.ofItself(schema);
    return CollectionEvaluator.of(schema, all, all).stream()
        .filter(collection -> pattern == null || pattern.fits(collection.name()))
        .map(CollectionEvaluator::pt)
        .filter(Objects::nonNull)
        .map(ColumnPair::original)
        .toList();
  }

  /** What it is of, as it was given: a column, collection, quantity or glob; empty for none. */
  public String owner() {
    return textOf(column);
  }

  /** Whether it holds, for each column that it is of. */
  public List<Outcome> check(Evaluation evaluation) {
    NamePattern pattern = column;
    EvaluatedQuantity quantity = evaluation.quantity(DerivedQuantities.usualName(owner()));
    if (quantity != null) {
      return List.of(checkQuantity(quantity));
    }
    if (metric == Metric.UNMATCHED) {
      return unmatched(evaluation, pattern);
    }
    if (!metric.needsColumn()) {
      List<Outcome> outcomes = ofCollections(evaluation, pattern);
      if (pattern == null && outcomes.isEmpty()) {
        return List.of(outcome("no collection has a pT in events", Double.NaN));
      }
      if (!outcomes.isEmpty() || metric == Metric.ORDER) {
        return outcomes.isEmpty()
            ? List.of(outcome(textOf(pattern) + " (has no pT in events)", Double.NaN))
            : outcomes;
      }
    }
    return pattern == null ? List.of() : ofColumns(evaluation, pattern);
  }

  private static String textOf(@Nullable NamePattern pattern) {
    return pattern == null ? "" : pattern.text();
  }

  /** Of the collections of that name, or of all; a glob that also fits columns means these. */
  private List<Outcome> ofCollections(Evaluation evaluation, @Nullable NamePattern pattern) {
    if (pattern != null
        && metric != Metric.ORDER
        && evaluation.columns().stream().anyMatch(known -> known.name().fits(pattern))) {
      return List.of();
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Evaluation.Collection collection : evaluation.collections()) {
      if (pattern != null && !pattern.fits(collection.name())) {
        continue;
      }
      EvaluatedColumn pt = collection.pt();
      if (pt == null) {
        outcomes.add(
            outcome(collection.name() + " (its pT is not in the restored table)", Double.NaN));
      } else if (metric != Metric.ORDER) {
        outcomes.add(outcomeOf(pt));
      } else if (collection.order() != null) {
        outcomes.add(
            outcome("order of " + collection.name(), (double) collection.order().changed()));
      }
    }
    return outcomes;
  }

  private List<Outcome> ofColumns(Evaluation evaluation, NamePattern pattern) {
    List<Outcome> outcomes = new ArrayList<>();
    for (EvaluatedColumn evaluated : evaluation.columns()) {
      if (evaluated.name().fits(pattern)) {
        outcomes.add(outcomeOf(evaluated));
      }
    }
    for (QualifiedColumn missing : evaluation.missing()) {
      if (missing.fits(pattern)) {
        outcomes.add(outcome(missing.path() + " (not in the restored table)", Double.NaN));
      }
    }
    return outcomes.isEmpty()
        ? List.of(
            outcome(
                pattern.text() + " (cannot be computed from what both tables have)", Double.NaN))
        : outcomes;
  }

  /** Objects that are compared in their order all have partners. */
  private List<Outcome> unmatched(Evaluation evaluation, @Nullable NamePattern pattern) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Evaluation.MatchingCounts matching : evaluation.matching()) {
      if (pattern == null || pattern.fits(matching.collection())) {
        outcomes.add(
            outcome("matching of " + matching.collection(), (double) matching.unmatched()));
      }
    }
    return outcomes.isEmpty() ? List.of(outcome("matching", 0)) : outcomes;
  }

  private Outcome checkQuantity(EvaluatedQuantity quantity) {
    ColumnResiduals residuals = quantity.residuals();
    return switch (metric) {
      case RESOLUTION ->
          outcome(
              quantity.name(), residuals.changed() == 0 ? 0 : residuals.relative().moments().rms());
      case SPECTRUM ->
          outcomeInBins(
              quantity.name(),
              residuals.spectrum().isSame() ? NOTHING_CHANGED : residuals.spectrum().changes());
      case PULL -> outcomeOfPulls(quantity.name(), residuals.pulls());
      default -> outcome(quantity.name(), ofResiduals(residuals));
    };
  }

  /** Without a bin of enough entries nothing is known. */
  private Outcome outcomeOfPulls(String subject, BinningPulls.Pulls pulls) {
    return Double.isNaN(pulls.rms())
        ? new Outcome(this, subject, Double.NaN, 0, Status.UNCLEAR)
        : outcome(subject, pulls.rms());
  }

  private Outcome outcome(String subject, double value) {
    double size = Math.abs(value);
    boolean keeps = inclusive ? size <= limit : size < limit;
    return new Outcome(this, subject, value, 0, keeps ? Status.HOLDS : Status.BROKEN);
  }

  private Outcome outcomeOf(EvaluatedColumn evaluated) {
    if (metric == Metric.PULL) {
      return outcomeOfPulls(evaluated.path(), evaluated.residuals().pulls());
    }
    List<BinValue> bins = bins(evaluated);
    return bins == null
        ? outcome(evaluated.path(), ofResiduals(evaluated.residuals()))
        : outcomeInBins(evaluated.path(), bins);
  }

  private Outcome outcomeInBins(String subject, List<BinValue> bins) {
    BinLimit.Decision decision = BinLimit.decide(bins, limit, inclusive);
    return new Outcome(
        this, subject, decision.deciding().value(), decision.deciding().error(), decision.status());
  }

  /** The bins of a metric that is tested in bins; null for others. */
  private @Nullable List<BinValue> bins(EvaluatedColumn evaluated) {
    Profile pt = evaluated.againstPt();
    Profile eta = evaluated.againstEta();
    boolean same =
        metric == Metric.SPECTRUM
            ? evaluated.residuals().spectrum().isSame()
            : evaluated.residuals().changed() == 0;
    return switch (metric) {
      case SPECTRUM -> same ? NOTHING_CHANGED : evaluated.residuals().spectrum().changes();
      case RESPONSE, RESOLUTION -> {
        if (pt == null) {
          yield UNDEFINED;
        }
        List<BinValue> both = new ArrayList<>();
        for (Profile profile : eta == null ? List.of(pt) : List.of(pt, eta)) {
          both.addAll(metric == Metric.RESPONSE ? profile.shifts() : profile.deviations());
        }
        yield same ? NOTHING_CHANGED : both;
      }
      default -> null;
    };
  }

  /** A value that became NaN or infinite is farther away than any limit. */
  private double ofResiduals(ColumnResiduals residuals) {
    if (residuals.specialChanged() > 0 && metric == Metric.MAX) {
      return Double.POSITIVE_INFINITY;
    }
    boolean nothing =
        (absolute ? residuals.absolute() : residuals.relative()).moments().count() == 0;
    // Zeros that stayed zeros have no relative residual, and lose nothing.
    return nothing && residuals.changed() == 0
        ? 0
        : metric.of(absolute ? residuals.absolute() : residuals.relative());
  }
}
