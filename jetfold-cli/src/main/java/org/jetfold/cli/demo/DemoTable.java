package org.jetfold.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jetfold.cli.compare.ZstdBaseline;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.comparison.PrecisionCheck.CheckedColumn;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jspecify.annotations.Nullable;

/**
 * The table that the demo prints: each column's precision, error and size, beside other ways to
 * compress it.
 */
final class DemoTable {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final FileReport report;
  private final FileReport learned;
  private final List<CheckedColumn> findings;
  private final Table original;
  private final long modelBytes;
  private final TextTable table =
      new TextTable(
          Side.LEFT,
          Side.LEFT,
          Side.LEFT,
          Side.RIGHT,
          Side.LEFT,
          Side.RIGHT,
          Side.RIGHT,
          Side.RIGHT);
  private long lossless;
  private long truncated;

  /**
   * Measures the other ways.
   *
   * @param report of the compressed file
   * @param learned of the file compressed with the model
   * @param findings for each column the errors that were found, in both files
   * @param original the whole table
   * @param modelBytes size of the model
   * @param eachColumn is run when a column was measured, on any thread
   */
  DemoTable(
      FileReport report,
      FileReport learned,
      List<CheckedColumn> findings,
      Table original,
      long modelBytes,
      Runnable eachColumn) {
    this.report = report;
    this.learned = learned;
    this.findings = findings;
    this.original = original;
    this.modelBytes = modelBytes;
    table.line("", "precision", "largest", "zstd", "truncated", "+ zstd", "", "with the");
    table.line("column", "asked", "error", "-19", "to", "-19", "Jetfold", "model");
    table.rule();
    // zstd takes most of the demo's time, and columns do not depend on each other.
    IntStream.range(0, report.columns().size())
        .parallel()
        .mapToObj(column -> {
          Measured measured = measured(column);
          eachColumn.run();
          return measured;
        })
        .toList()
        .forEach(this::add);
    addEvents();
    addTotals();
  }

  /** True where no value breaks its bound. */
  boolean right() {
    return findings.stream().allMatch(finding -> finding.violations() == 0);
  }

  /** A column compressed in other ways; {@code bits} is null where the column is exact. */
  private record Measured(int number, long plain, Precision.@Nullable Bits bits, long truncated) {}

  private Measured measured(int number) {
    Interruption.check();
    ColumnReport column = report.columns().get(number);
    ColumnValues values = original.values(number);
    ValueType type = column.column().type();
    long plain = ZstdBaseline.size(values, type);
    if (!column.precision().isLossy()) {
      return new Measured(number, plain, null, plain);
    }
    Precision.Bits bits = ZstdBaseline.matchingBits(values, type, column.precision());
    return new Measured(
        number, plain, bits, ZstdBaseline.size(ZstdBaseline.truncated(values, type, bits), type));
  }

  private void add(Measured measured) {
    ColumnReport column = report.columns().get(measured.number());
    lossless += measured.plain();
    truncated += measured.truncated();
    table.line(
        column.column().name(),
        column.precision().toString(),
        error(column, findings.get(measured.number())),
        bits(measured.plain(), column.values()),
        measured.bits() == null ? "" : measured.bits().toString(),
        bits(measured.truncated(), column.values()),
        Quantities.decimal(column.bitsAValue(), 2),
        Quantities.decimal(learned.columns().get(measured.number()).bitsAValue(), 2));
  }

  private static String error(ColumnReport column, CheckedColumn found) {
    if (!column.precision().isLossy()) {
      return found.changed() == 0 ? "none" : "CHANGED";
    }
    double error =
        column.errorIsRelative() ? found.largestRelativeError() : found.largestAbsoluteError();
    return Quantities.error(error) + (found.violations() == 0 ? "" : " VIOLATED");
  }

  /** How many objects each event has; for zstd as 32-bit counts. */
  private void addEvents() {
    for (int group = 1; group < report.shape().entries().size(); group++) {
      int[] offsets = original.offsets(group);
      long[] counts = new long[offsets.length - 1];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (long) offsets[i + 1] - offsets[i];
      }
      long size = ZstdBaseline.size(new ColumnValues.Integers(counts), ValueType.INT32);
      lossless += size;
      truncated += size;
      table.line(
          report.shape().singular(group) + "s in each event",
          "exact",
          "none",
          bits(size, counts.length),
          "",
          bits(size, counts.length),
          bits(report.structureBytes(), counts.length),
          bits(learned.structureBytes(), counts.length));
    }
  }

  /** The size of all values, and of a 32-bit number of jets for each event. */
  private long rawBytes() {
    long events =
        report.shape().schema().hasEvents()
            ? report.shape().entries().getFirst() * Integer.BYTES
            : 0;
    return report.shape().rawBytes() + events;
  }

  private void addTotals() {
    long raw = rawBytes();
    table.rule();
    table.line(
        "bytes",
        "",
        "",
        grouped(lossless),
        "",
        grouped(truncated),
        grouped(report.bytes()),
        grouped(learned.bytes()));
    table.line(
        "ratio",
        "",
        "",
        ratio(raw, lossless),
        "",
        ratio(raw, truncated),
        ratio(raw, report.bytes()),
        ratio(raw, learned.bytes()));
    int main = report.shape().mainGroup();
    table.line(
        "bits per " + report.shape().singular(main),
        "",
        "",
        bits(lossless, main, 0),
        "",
        bits(truncated, main, 0),
        bits(report.bytes(), main, 0),
        bits(learned.bytes(), main, 0));
  }

  private String bits(long bytes, int group, int decimals) {
    return Quantities.decimal(8.0 * bytes / report.shape().entries().get(group), decimals);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String bits(long bytes, long values) {
    return Quantities.decimal(8.0 * bytes / values, 2);
  }

  private static String ratio(long raw, long bytes) {
    return Quantities.decimal((double) raw / bytes, 2);
  }

  /**
   * The table, and what its columns mean.
   *
   * @param colour whether to print heading and totals in bold
   */
  String text(boolean colour) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Simulated jets: %s, %s bytes; sizes in bits per value"
            .formatted(report.shape().describe(), grouped(rawBytes())));
    lines.add("");
    List<String> rows = table.lines();
    for (int i = 0; i < rows.size(); i++) {
      boolean bold = colour && (i < 2 || i >= rows.size() - 3);
      lines.add(bold ? BOLD + rows.get(i) + PLAIN : rows.get(i));
    }
    lines.add("");
    lines.add(
        "Errors: the largest of all values, compared one by one; relative for rel and bits,"
            + " absolute for abs.");
    lines.add("zstd: the little-endian bytes of each column, level " + ZstdBaseline.LEVEL + ".");
    lines.add("Truncated to: the fewest mantissa bits that keep the same bound for every value.");
    lines.add("Jetfold: the last three lines count the whole file, with its tables and checksums.");
    lines.add(
        "With the model: samples/jets.jetm, trained on other events; a separate file, not"
            + " counted.");
    lines.add("The model has %s bytes%s.".formatted(grouped(modelBytes), paysFrom()));
    long values = 0;
    for (int column = 0; column < report.columns().size(); column++) {
      values += report.columns().get(column).values();
    }
    lines.add(
        right()
            ? "All %s restored values are within their bounds, and every event has its jets."
                .formatted(grouped(values))
            : "SOME RESTORED VALUES ARE NOT WITHIN THEIR BOUNDS. Please report this.");
    return String.join("\n", lines);
  }

  /** From how many entries on the model saves more than it takes. */
  private String paysFrom() {
    int main = report.shape().mainGroup();
    long entries = report.shape().entries().get(main);
    long saved = report.bytes() - learned.bytes();
    return saved <= 0
        ? ""
        : ", and saves more than that in tables of %s %ss or more"
            .formatted(grouped(modelBytes * entries / saved), report.shape().singular(main));
  }
}
