package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.file.TableShape;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold inspect}. */
@Command(
    name = "inspect",
    description =
        "Shows what a Jetfold file holds: shape, precision of each column, largest error made,"
            + " sizes; or what a model codes.",
    footerHeading = "%n",
    footer = {
      "The largest error is the one that was found when the file was written: relative (rel, bits)"
          + " or",
      "in the column's unit (abs). Bits per value do not include the tables that all blocks share.",
      "'alone' is what must be read for the column alone: with a density model also the columns",
      "before it in its order, with an autoencoder also the latents and what it keeps ('?' where"
          + " the",
      "model is not found: --model). The fields of --json are stable; docs/cli.md lists them.",
      "",
      "Examples",
      "  jetfold inspect jets.jetf",
      "  jetfold inspect jets.jetf --json | jq '.columns[] | {name, precision, largestError}'",
    })
public final class InspectCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "A compressed file or a model; - is standard input.")
  String input = "";

  @Mixin ModelOptions needed = new ModelOptions();

  @Option(names = "--json", description = "Write JSON for programs.")
  boolean json;

  public InspectCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (ModelReport.isModel(input)) {
      LearnedModel model = ModelFiles.read(input);
      if (model instanceof Autoencoder autoencoder) {
        AutoencoderReport report = new AutoencoderReport(input, autoencoder);
        if (json) {
          report.writeJson(streams.data());
        } else {
          print(report.text());
        }
        return ExitCode.OK;
      }
      ModelReport report = new ModelReport(input, (DensityModel) model);
      if (json) {
        report.writeJson(streams.data());
      } else {
        print(report.text());
      }
      return ExitCode.OK;
    }
    try (CompressedInput in = CompressedInput.open(input, 1, needed.models, streams)) {
      FileReport report = FileReport.of(in);
      if (json) {
        JsonReport.write(report, in.decodedBefore(), streams.data());
      } else {
        print(text(report, in.decodedBefore()));
      }
      return ExitCode.OK;
    }
  }

  private void print(List<String> lines) throws IOException {
    streams.print(String.join("\n", lines));
  }

  private static List<String> text(FileReport report, Map<Integer, List<Integer>> decodedBefore) {
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
        "%s for %s of values: ratio %s, %s bits per %s"
            .formatted(
                Quantities.bytes(report.bytes()),
                Quantities.bytes(shape.rawBytes()),
                Quantities.decimal(report.ratio(), 2),
                Quantities.decimal(shape.bitsAnEntry(report.bytes()), 2),
                shape.singular(shape.mainGroup())));
    for (FileHeader.ModelReference model : report.header().models()) {
      lines.add(
          "coded with the learned model %s, %s"
              .formatted(
                  model.hash(),
                  model.embedded() ? "which is in the file" : "which is a separate file"));
    }
    lines.add("");
    lines.addAll(table(report, decodedBefore).lines());
    return lines;
  }

  private static TextTable table(FileReport report, Map<Integer, List<Integer>> decodedBefore) {
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
          type.name().toLowerCase(Locale.ROOT) + (column.column().integral() ? " (integers)" : ""),
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
    addLatents(report, table);
    if (report.shape().schema().hasEvents()) {
      long main = report.shape().entries().get(report.shape().mainGroup());
      double bits = main == 0 ? 0 : 8.0 * report.structureBytes() / main;
      table.line(
          "event structure",
          "",
          "",
          "exact",
          "",
          "",
          "",
          Quantities.decimal(bits, 2),
          "",
          Quantities.percent(report.share(report.structureBytes())));
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

  private static void addLatents(FileReport report, TextTable table) {
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
}
