package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.Locale;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.ShownGuarantees;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.comparison.PrecisionCheck.CheckedColumn;
import org.jetfold.codec.comparison.PrecisionCheck.Violation;
import org.jetfold.codec.derived.GuaranteeCheck;
import org.jetfold.codec.derived.GuaranteeCheck.CheckedQuantity;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jspecify.annotations.Nullable;

/** What {@code verify} prints of a file's values beside those of its original. */
final class PrintedChecks {
  /** What is said of columns that an autoencoder restores. */
  static final String MEASURED = "measured, not guaranteed";

  private final Streams streams;
  private final boolean quiet;

  /**
   * For one comparison.
   *
   * @param quiet whether only what is wrong is printed
   */
  PrintedChecks(Streams streams, boolean quiet) {
    this.streams = streams;
    this.quiet = quiet;
  }

  /** Prints what was found of the columns; whether all are within what the file says. */
  boolean columns(FileReport report, PrecisionCheck check) throws IOException {
    TextTable table =
        new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    table.line("column", "precision", "largest absolute", "largest relative", "changed", "");
    table.rule();
    boolean passed = true;
    for (int column = 0; column < report.columns().size(); column++) {
      CheckedColumn found = check.columns().get(column);
      ColumnReport stated = report.columns().get(column);
      Double largest = largestErrorExceeded(stated, found);
      passed &= found.violations() == 0 && largest == null;
      table.line(
          found.column().path(),
          precision(found),
          Quantities.error(found.largestAbsoluteError()),
          Quantities.error(found.largestRelativeError()),
          share(found.changed(), found.values()),
          found.violations() > 0
              ? "VIOLATED by " + Quantities.count(found.violations(), "value")
              : largest != null
                  ? "ABOVE the file's largest error " + Quantities.error(largest)
                  : stated.isMeasured() ? MEASURED : "ok");
    }
    if (!quiet) {
      streams.print(String.join("\n", table.lines()));
    }
    for (CheckedColumn found : check.violations()) {
      Violation first = found.firstViolation();
      if (first != null) {
        streams.say(
            "%s: column %s violates %s first at entry %d: %s in the original, %s in the file"
                .formatted(
                    report.name(),
                    found.column().path(),
                    precision(found),
                    first.entry(),
                    first.original(),
                    first.restored()));
      }
    }
    return passed;
  }

  /** The precision, and what was lost before. */
  private static String precision(CheckedColumn column) {
    return column.earlier().isNone()
        ? column.precision().toString()
        : column.precision() + " after " + column.earlier();
  }

  /** What holds of the values, for columns with a precision and for those without. */
  static String promise(PrecisionCheck check, String original) {
    long measured =
        check.columns().stream()
            .filter(column -> column.precision() instanceof Precision.Measured)
            .count();
    long guaranteed = check.columns().size() - measured;
    String errors =
        "the errors of %s are %s".formatted(Quantities.count(measured, "column"), MEASURED);
    if (guaranteed == 0) {
      return "with the entries of %s; %s".formatted(original, errors);
    }
    return measured == 0
        ? "every value is within its precision of " + original
        : "every value of %s is within its precision of %s; %s"
            .formatted(Quantities.count(guaranteed, "column"), original, errors);
  }

  /** The largest error that the file states, where a larger one was found; null otherwise. */
  private static @Nullable Double largestErrorExceeded(ColumnReport stated, CheckedColumn found) {
    double error =
        stated.errorIsRelative() ? found.largestRelativeError() : found.largestAbsoluteError();
    Double largest = stated.largestError();
    return largest != null && largest < error && found.earlier().isNone() ? largest : null;
  }

  private static String share(long changed, long values) {
    return values == 0 ? "" : Quantities.percent((double) changed / values);
  }

  /** Prints what was found of computed quantities; whether all bounds hold. */
  boolean quantities(String name, GuaranteeCheck check, ShownGuarantees shown) throws IOException {
    TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    table.line("quantity", "bound", "largest absolute", "largest relative", "");
    table.rule();
    for (CheckedQuantity found : check.quantities()) {
      table.line(
          shown.quantity(found.guarantee().quantity()),
          found.guarantee().bound().toString(),
          Quantities.error(found.largestAbsoluteError()),
          Quantities.error(found.largestRelativeError()),
          found.violations() > 0
              ? "MISSED by %s of %s"
                  .formatted(
                      Quantities.count(found.violations(), "value"),
                      String.format(Locale.ROOT, "%,d", found.values()))
              : "ok");
    }
    if (!quiet) {
      streams.print(String.join("\n", table.lines()));
    }
    for (CheckedQuantity found : check.quantities()) {
      GuaranteeCheck.Violation first = found.firstViolation();
      if (first != null) {
        streams.say(
            "%s: %s misses %s first at entry %d: %s in the original, %s in the file"
                .formatted(
                    name,
                    shown.quantity(found.guarantee().quantity()),
                    found.guarantee().bound(),
                    first.entry(),
                    first.original(),
                    first.restored()));
      }
    }
    return check.passed();
  }
}
