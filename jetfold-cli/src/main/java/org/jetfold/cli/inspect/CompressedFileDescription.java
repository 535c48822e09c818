package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jetfold.cli.console.FoldedText;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.ShownGuarantees;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileGuarantees.QuantityBound;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.file.SpikeShares;
import org.jetfold.study.file.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * What a compressed file says of itself.
 *
 * @param report its sizes, and what it says of each column
 * @param spikeShares how many of the values are spikes; null where that is not known
 * @param decodedBefore the columns that must be decoded before a column, where that is known
 * @param models for the hash of each model that is a file of its own, where it was found
 */
record CompressedFileDescription(
    FileReport report,
    @Nullable SpikeShares spikeShares,
    Map<Integer, List<Integer>> decodedBefore,
    Map<String, String> models)
    implements FileDescription {
  @Override
  public List<String> lines() {
    TableShape shape = report.shape();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: Jetfold format %s, written by %s"
            .formatted(
                Streams.printable(report.name()),
                report.formatVersion(),
                Streams.printable(report.header().producer())));
    lines.add("%s, %s".formatted(shape.describe(), Quantities.count(report.blocks(), "block")));
    lines.add(
        shape.rawBytes() == 0
            ? Quantities.bytes(report.bytes()) + " for the columns alone: there are no values"
            : "%s for %s of values: ratio %s, %s bits per %s"
                .formatted(
                    Quantities.bytes(report.bytes()),
                    Quantities.bytes(shape.rawBytes()),
                    Quantities.decimal(report.ratio(), 2),
                    Quantities.decimal(shape.bitsAnEntry(report.bytes()), 2),
                    shape.singular(shape.mainGroup())));
    for (FileHeader.ModelReference model : report.header().models()) {
      lines.add("coded with the learned model %s, %s".formatted(model.hash(), place(model)));
    }
    lines.add("");
    lines.addAll(table().lines());
    lines.addAll(scales());
    lines.addAll(columnsBehindOthers());
    lines.addAll(columnsWithoutModel());
    lines.addAll(losses());
    FileGuarantees guarantees = report.header().guarantees();
    if (guarantees != null) {
      lines.addAll(lines(guarantees));
    }
    return lines;
  }

  /** What is promised of computed quantities, and in how many events that needed exact values. */
  private List<String> lines(FileGuarantees guarantees) {
    List<String> lines = new ArrayList<>();
    ShownGuarantees shown = new ShownGuarantees(guarantees, report.shape().schema());
    for (QuantityBound bound : guarantees.bounds()) {
      String definition = bound.expression().isEmpty() ? "" : ", where it is " + bound.expression();
      lines.add(Streams.printable("guaranteed: %s%s".formatted(shown.text(bound), definition)));
    }
    TableShape shape = report.shape();
    String unit = shape.schema().hasEvents() ? "event" : "row";
    lines.add(
        "%s of %s exact in %s for that"
            .formatted(
                Quantities.count(report.refinedEvents(), unit),
                String.format(Locale.ROOT, "%,d", shape.entries().getFirst()),
                Quantities.names(
                    guarantees.refinedColumns().stream()
                        .map(column -> report.columns().get(column).name().path())
                        .toList())));
    return lines;
  }

  /** The columns whose values had lost something before, and what they have lost in all. */
  private List<String> losses() {
    List<String> lines = new ArrayList<>();
    for (int column = 0; column < report.columns().size(); column++) {
      Loss earlier = report.header().earlierLosses().get(column);
      if (!earlier.isNone()) {
        lines.add(
            "%s: compressed before (%s): together within %s of the original"
                .formatted(
                    report.columns().get(column).name().path(),
                    earlier,
                    report.header().losses().get(column)));
      }
    }
    return lines;
  }

  /**
   * The values that are kept bit for bit in lossy columns, NaNs, columns of decimals, and those
   * that are not dithered.
   */
  private List<String> scales() {
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < report.columns().size(); number++) {
      ColumnReport column = report.columns().get(number);
      List<String> spikes = spikes(number);
      if (!spikes.isEmpty()) {
        lines.add("%s: exact: %s".formatted(column.name().path(), Quantities.names(spikes)));
      }
      if (column.nans() > 0) {
        lines.add(
            "%s: NaN: %s of the values"
                .formatted(
                    column.name().path(),
                    Quantities.percent((double) column.nans() / column.values())));
      }
      if (column.scale().decimals().isPresent()) {
        lines.add(
            "%s: decimals of %s, coded as integers"
                .formatted(
                    column.name().path(),
                    Quantities.count(column.scale().decimals().getAsInt(), "digit")));
      }
      if (column.precision() instanceof Precision.Dithered
          && !column.scale().dithered()
          && column.values() > 0) {
        lines.add(
            "%s: not dithered: it has few distinct values, or a bound too fine to leave a trace"
                .formatted(column.name().path()));
      }
    }
    return lines;
  }

  /** The spikes of a column, the most frequent first, each with its share of the values. */
  private List<String> spikes(int column) {
    List<Double> spikes = report.columns().get(column).scale().spikes();
    if (spikeShares == null) {
      return spikes.stream().map(spike -> Quantities.significant(spike, 7)).toList();
    }
    List<Double> shares = spikeShares.shares().get(column);
    return IntStream.range(0, spikes.size())
        .boxed()
        .sorted(Comparator.comparing(shares::get, Comparator.reverseOrder()))
        .map(i ->
            "%s (%s)"
                .formatted(
                    Quantities.significant(spikes.get(i), 7), Quantities.percent(shares.get(i))))
        .toList();
  }

  /** Which columns need others, so that reading one alone reads these, too. */
  private List<String> columnsBehindOthers() {
    List<String> columns = new ArrayList<>();
    for (int number = 0; number < report.columns().size(); number++) {
      List<String> before = namesBefore(number);
      if (report.header().columns().get(number).coding() == 0 && !before.isEmpty()) {
        columns.add(
            "%s after %s"
                .formatted(report.columns().get(number).name().path(), Quantities.names(before)));
      }
    }
    return columns.isEmpty() ? List.of() : FoldedText.of("decoded ", columns, "; ");
  }

  /** Which columns a density model codes only in some segments, or in none. */
  private List<String> columnsWithoutModel() {
    List<String> columns = new ArrayList<>();
    for (int number = 0; number < report.columns().size(); number++) {
      int without = report.segmentsWithoutModel().get(number);
      if (without > 0) {
        String name = report.columns().get(number).name().path();
        columns.add(
            without == report.segments()
                ? name
                : "%s in %d of %d segments".formatted(name, without, report.segments()));
      }
    }
    return columns.isEmpty()
        ? List.of()
        : FoldedText.of("coded without the model, in fewer bytes: ", columns, ", ");
  }

  /** The columns that must be decoded before one. */
  private List<String> namesBefore(int number) {
    return decodedBefore.getOrDefault(number, List.of()).stream()
        .map(column -> report.columns().get(column).name().path())
        .toList();
  }

  private String place(FileHeader.ModelReference model) {
    return model.embedded()
        ? "which is in the file"
        : models.containsKey(model.hash())
            ? "which is %s".formatted(Streams.printable(models.get(model.hash())))
            : "which is a file of its own that was not found";
  }

  private TextTable table() {
    TextTable table =
        new TextTable(
            Side.LEFT,
            Side.LEFT,
            Side.LEFT,
            Side.LEFT,
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT);
    table.line(
        "column",
        "type",
        "unit",
        "precision",
        "largest error",
        "minimum",
        "maximum",
        "bits",
        "alone",
        "share");
    table.rule();
    for (int number = 0; number < report.columns().size(); number++) {
      ColumnReport column = report.columns().get(number);
      OptionalLong alone = report.bytesAlone(number, decodedBefore);
      ValueType type = column.column().type();
      table.line(
          column.name().path(),
          type + (column.column().integral() ? " (integers)" : ""),
          column.column().unit(),
          column.precision().toString(),
          column.errorText(),
          column.minimum(),
          column.maximum(),
          Quantities.decimal(column.bitsAValue(), 2),
          alone.isPresent() ? Quantities.decimal(column.bitsAValue(alone.getAsLong()), 2) : "?",
          Quantities.percent(report.share(column.bytes())));
    }
    table.rule();
    addLatents(table);
    if (report.shape().schema().hasEvents()) {
      addExact(table, "event structure", report.structureBytes());
    }
    if (report.header().guarantees() != null) {
      addExact(table, "exact events", report.refinementBytes());
    }
    long overhead = report.overheadBytes();
    table.line(
        "tables, index",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        Quantities.percent(report.share(overhead)));
    return table;
  }

  /** What the file holds exactly beside the columns, and how many bits that is for each object. */
  private void addExact(TextTable table, String name, long bytes) {
    long main = report.shape().entries().get(report.shape().mainGroup());
    double bits = main == 0 ? 0 : 8.0 * bytes / main;
    table.line(
        name,
        "",
        "",
        "exact",
        "",
        "",
        "",
        Quantities.decimal(bits, 2),
        "",
        Quantities.percent(report.share(bytes)));
  }

  private void addLatents(TextTable table) {
    for (int number = 0; number < report.latentBytes().size(); number++) {
      long bytes = report.latentBytes().get(number);
      FileHeader.LatentCoding latents = report.header().models().get(number).latents();
      if (latents != null) {
        long main = report.shape().entries().get(report.shape().mainGroup());
        String precision =
            latents.precision().isLossy() ? latents.precision().toString() : "float32";
        table.line(
            Quantities.count(latents.count(), "latent"),
            "float32",
            "",
            precision,
            "",
            "",
            "",
            Quantities.decimal(main == 0 ? 0 : 8.0 * bytes / main, 2),
            "",
            Quantities.percent(report.share(bytes)));
      }
    }
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    new CompressedFileJson(report, spikeShares, decodedBefore, models).write(json);
  }
}
