package org.jetfold.study.residual;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number that sums up an evaluation, or one of its columns, and that can have a limit. */
public enum Metric {
  /** The mean residual; its magnitude is limited. */
  MEAN(Scope.RESIDUAL),
  /** The root of the mean squared residual. */
  RMS(Scope.RESIDUAL),
  /** The median of the residuals' magnitudes. */
  P50(Scope.RESIDUAL, 0.5),
  /** The magnitude that 68 % of the residuals stay within. */
  P68(Scope.RESIDUAL, 0.68),
  /** The magnitude that 95 % of the residuals stay within. */
  P95(Scope.RESIDUAL, 0.95),
  /** The magnitude that 99 % of the residuals stay within. */
  P99(Scope.RESIDUAL, 0.99),
  /** The magnitude that 99.9 % of the residuals stay within. */
  P999(Scope.RESIDUAL, 0.999),
  /** The largest magnitude. */
  MAX(Scope.RESIDUAL),
  /** The largest |after/before − 1| of the bins of the variable's distribution. */
  SPECTRUM(Scope.COLUMN),
  /**
   * The change of a bin's content over its statistical error: root mean square over {@value
   * BinningPulls#BINNINGS} random binnings of the variable's distribution.
   */
  PULL(Scope.OBJECTS),
  /** The largest |mean relative residual| in bins of the object's pT and of its η. */
  RESPONSE(Scope.OBJECTS),
  /** The largest deviation of the relative residual in bins of the object's pT and of its η. */
  RESOLUTION(Scope.OBJECTS),
  /** The number of events whose objects are in another order by pT. */
  ORDER(Scope.COLLECTION),
  /** The number of objects without a partner. */
  UNMATCHED(Scope.COLLECTION);

  /** What a metric is of. */
  enum Scope {
    /** Of the relative or absolute residuals of a column. */
    RESIDUAL,
    /** Of a column. */
    COLUMN,
    /** Of a column; of a collection, or without either of all, it is that of their pT. */
    OBJECTS,
    /** Of a collection; without one, of all. */
    COLLECTION
  }

  private final Scope scope;
  private final double part;

  Metric(Scope scope) {
    this(scope, Double.NaN);
  }

  Metric(Scope scope, double part) {
    this.scope = scope;
    this.part = part;
  }

  /** The metrics of residuals, in the order of tables. */
  public static List<Metric> ofResiduals() {
    return Arrays.stream(values()).filter(metric -> metric.scope == Scope.RESIDUAL).toList();
  }

  /** The metric of a name; null where there is none. */
  static @Nullable Metric named(String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.text().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Which part of the residuals stays within its value; NaN where it is no such metric. */
  public double part() {
    return part;
  }

  /** All names, for a message. */
  static String names() {
    return Arrays.stream(values()).map(Metric::text).collect(Collectors.joining(", "));
  }

  Scope scope() {
    return scope;
  }

  boolean needsColumn() {
    return scope == Scope.RESIDUAL || scope == Scope.COLUMN;
  }

  /** The name in rules and reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The metric of residuals of one kind; NaN where there are none.
   *
   * @throws IllegalStateException where it is no metric of residuals
   */
  public double of(ColumnResiduals.Residuals residuals) {
    return switch (this) {
      case MEAN -> residuals.moments().mean();
      case RMS -> residuals.moments().rms();
      case MAX -> residuals.moments().count() == 0 ? Double.NaN : residuals.moments().largest();
      case P50, P68, P95, P99, P999 -> residuals.magnitudes().quantile(part);
      default -> throw new IllegalStateException(this + " is not of residuals");
    };
  }
}
