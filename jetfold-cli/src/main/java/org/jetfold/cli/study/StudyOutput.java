package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.study.report.ResultTable.Heading;
import org.jetfold.study.report.StudyReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a study's result goes. */
final class StudyOutput {
  @Option(names = "--json", description = "Write JSON for programs instead of the table.")
  boolean json;

  @Option(names = "--csv", description = "Write CSV instead of the table.")
  boolean csv;

  @Option(
      names = "--report",
      paramLabel = "OUT.html",
      description = "Write a page with charts, too; it needs no network.")
  @Nullable String report;

  @Option(
      names = "--picture",
      paramLabel = "OUT.svg",
      description = "Write the charts as a picture, too.")
  @Nullable String picture;

  @Mixin OverwriteOption replacing = new OverwriteOption();

  /**
   * Refuses options that exclude each other and files that cannot be written, before the work is
   * done.
   *
   * @param read names of the files that the study reads
   */
  void check(List<String> read, Streams streams) throws IOException {
    if (json && csv) {
      throw CommandFailure.usage("--json and --csv both go to standard output: choose one");
    }
    FileNames.refuseSameFiles(read, picture, report);
    for (String file : Arrays.asList(picture, report)) {
      OutputFile begun = replacing.create(file, streams);
      if (begun != null) {
        begun.close();
      }
    }
  }

  /** Writes the result wherever it was asked for. */
  void write(StudyReport result, Streams streams) throws IOException {
    try (OutputFile drawing = replacing.create(picture, streams);
        OutputFile page = replacing.create(report, streams)) {
      OverwriteOption.write(drawing, result::writeSvg);
      OverwriteOption.write(page, result::writeHtml);
    }
    if (json) {
      result.writeJson(streams.data());
    } else if (csv) {
      result.writeCsv(streams.data());
    } else {
      streams.print(text(result));
    }
  }

  private static String text(StudyReport result) {
    TextTable table =
        new TextTable(
            result.table().headings().stream()
                .map(heading -> heading.isNumber() ? Side.RIGHT : Side.LEFT)
                .toArray(Side[]::new));
    table.line(result.table().headings().stream().map(Heading::name).toArray(String[]::new));
    table.rule();
    result.table().rows().forEach(row -> table.line(row.toArray(String[]::new)));
    List<String> lines = new ArrayList<>();
    lines.add(Streams.printable(result.title()));
    lines.add(Streams.printable(result.headline()));
    lines.add("");
    lines.addAll(table.lines());
    lines.add("");
    result.findings().forEach(finding -> lines.add(Streams.printable(finding)));
    return String.join("\n", lines) + "\n";
  }
}
