package org.jetfold.cli.study;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.study.picture.SvgPicture;
import org.jetfold.study.report.StudyReport;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = {"-f", "--force"},
      description = "Replace files that exist.")
  boolean overwrite;

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
      if (file != null) {
        OutputFile.create(file, overwrite, streams).close();
      }
    }
  }

  /** Writes the result wherever it was asked for. */
  void write(StudyResult result, Streams streams) throws IOException {
    if (picture != null) {
      String svg = SvgPicture.of(result.charts());
      writeFile(picture, out -> out.write(svg.getBytes(StandardCharsets.UTF_8)), streams);
    }
    if (report != null) {
      StudyReport page =
          new StudyReport(result.title(), result.findings(), result.table(), result.charts());
      writeFile(report, page::writeHtml, streams);
    }
    if (json) {
      writeJson(result, streams);
    } else if (csv) {
      streams.data().write(csv(result).getBytes(StandardCharsets.UTF_8));
    } else {
      streams.print(text(result));
    }
  }

  /** Writes a file's bytes. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private void writeFile(String name, Content content, Streams streams) throws IOException {
    try (OutputFile out = OutputFile.create(name, overwrite, streams)) {
      content.write(out.stream());
      out.commit();
    }
  }

  private static void writeJson(StudyResult result, Streams streams) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(streams.data())
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("study", result.title());
      result.json().write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static String csv(StudyResult result) {
    return result.csv().stream()
        .map(line ->
            line.stream().map(StudyOutput::field).collect(Collectors.joining(",", "", "\n")))
        .collect(Collectors.joining());
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String text(StudyResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(Streams.printable(result.title()));
    lines.add("");
    lines.addAll(result.table());
    lines.add("");
    result.findings().forEach(finding -> lines.add(Streams.printable(finding)));
    return String.join("\n", lines) + "\n";
  }
}
