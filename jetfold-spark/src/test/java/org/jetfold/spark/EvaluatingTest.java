package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.report.EvaluationReport;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of many files have the figures of one machine. */
class EvaluatingTest {
  private static final int EVENTS = 2_500;
  private static final String PRECISION = "pt=rel:0.004,eta=abs:0.001,weight=bits:10";

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    LocalSpark.session();
  }

  /** Writes a ROOT file of several clusters. */
  private Path root(String name, int number) throws IOException {
    return root(name, number, EVENTS);
  }

  private Path root(String name, int number, int events) throws IOException {
    Path file = Files.createDirectories(folder.resolve("original")).resolve(name);
    Table table = EventTables.table(number, (long) number * EVENTS, events);
    try (TableSink sink =
        TableFiles.create(
            file.toString(), null, EventTables.SCHEMA, new SinkOptions(true, _ -> {}))) {
      for (int from = 0; from < events; from += events / 5) {
        sink.write(table.slice(from, from + events / 5));
      }
      sink.finish();
    }
    return file;
  }

  private List<Path> made() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("made"))) {
      return files.filter(file -> file.toString().endsWith(".jetf")).sorted().toList();
    }
  }

  private String original() {
    return folder.resolve("original").toString();
  }

  private String restored() {
    return folder.resolve("made").toString();
  }

  /** The report of one process that reads all files one after another. */
  private String onOneMachine(List<Path> originals) throws IOException {
    List<Table> restored = new ArrayList<>();
    List<Precision> precisions = List.of();
    long bytes = 0;
    long rawBytes = 0;
    for (Path file : made()) {
      try (Decompressor decompressor = new Decompressor(file, 1)) {
        FileReport said = FileReport.of(file.toString(), decompressor);
        precisions = said.columns().stream().map(ColumnReport::precision).toList();
        bytes += said.bytes();
        rawBytes += said.shape().rawBytes();
        restored.add(decompressor.readAll());
      }
    }
    Evaluation evaluation;
    try (TableSource before =
            TableFiles.open(
                originals.stream().map(Path::toString).toList(),
                null,
                new SourceOptions(_ -> {}),
                System.in);
        TableSource after = TableSource.of(Table.joined(restored))) {
      evaluation =
          new Evaluator(
                  before,
                  after,
                  new Evaluator.Settings(
                      null, null, null, "jets", List.of(), List.of(), precisions))
              .run(_ -> {});
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new EvaluationReport(
            original(),
            restored(),
            String.format(
                Locale.ROOT,
                "%s, ratio %s",
                Quantities.bytes(bytes),
                Quantities.decimal((double) rawBytes / bytes, 2)),
            evaluation,
            List.of(),
            EvaluationReport.usualLimits(evaluation))
        .writeJson(json);
    return json.toString(StandardCharsets.UTF_8);
  }

  /** Every figure is the same to its last digit, but for quantiles within their rank error. */
  private static void requireSame(String found, String expected) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    requireSame("", mapper.readTree(found), mapper.readTree(expected));
  }

  private static void requireSame(String path, JsonNode found, JsonNode expected) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    assertThat(found.getNodeType()).as(path).isEqualTo(expected.getNodeType());
    if (found.isContainerNode()) {
      assertThat(found.size()).as(path).isEqualTo(expected.size());
      expected
          .properties()
          .forEach(member ->
              requireSame(
                  path + "/" + member.getKey(), found.path(member.getKey()), member.getValue()));
      for (int i = 0; found.isArray() && i < found.size(); i++) {
        requireSame(path + "/" + i, found.get(i), expected.get(i));
      }
    } else if (name.startsWith("rankError")) {
      assertThat(found.asDouble()).as(path).isLessThanOrEqualTo(1e-5);
    } else if (name.matches("p\\d+")) {
      assertThat(found.asDouble())
          .as(path)
          .isCloseTo(expected.asDouble(), within(0.1 * expected.asDouble()));
    } else {
      assertThat(found).as(path).isEqualTo(expected);
    }
  }

  private Programs evaluate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", original(), restored()));
    arguments.addAll(List.of("--jets", "jets"));
    arguments.addAll(List.of(more));
    return Programs.run(arguments.toArray(String[]::new));
  }

  @Test
  void figuresOfManyFilesAreThoseOfOneMachine() throws IOException {
    List<Path> originals = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      originals.add(root("run%02d.root".formatted(i), i));
    }
    assertThat(Programs.run("compress", original(), restored(), "--precision", PRECISION))
        .returns(0, Programs::exitCode);
    Path json = folder.resolve("out.json");
    Path html = folder.resolve("out.html");

    Programs ran = evaluate("--json", json.toString(), "--report", html.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("usual for jets");
    requireSame(Files.readString(json), onOneMachine(originals));
    assertThat(html).content().contains("Evaluation of").contains("jets_pt");
    assertThat(evaluate("--json", json.toString()))
        .returns(2, Programs::exitCode)
        .satisfies(again -> assertThat(again.err()).contains("exists already"));
  }

  @Test
  void partsOfFilesAreComparedWithWhatWasMadeOfThem() throws IOException {
    List<Path> originals = List.of(root("a.root", 1, 60_000), root("b.root", 2, 2_500));
    assertThat(
            Programs.run(
                "compress", original(), restored(), "--precision", PRECISION, "--split", "1"))
        .returns("", Programs::err);
    assertThat(made()).hasSizeGreaterThan(originals.size());
    Path json = folder.resolve("out.json");

    assertThat(evaluate("--json", json.toString())).returns("", Programs::err);
    // How many rows are the first, which set the axes of correlations, depends on the parts.
    requireSame(withoutCorrelations(json), withoutCorrelations(onOneMachine(originals)));
  }

  private static String withoutCorrelations(Path json) throws IOException {
    return withoutCorrelations(Files.readString(json));
  }

  private static String withoutCorrelations(String json) throws IOException {
    ObjectNode all = (ObjectNode) new ObjectMapper().readTree(json);
    assertThat(all.remove("correlations")).isNotNull();
    return all.toString();
  }

  @Test
  void exitCodesAreThoseOfTheCommand() throws IOException {
    root("a.root", 1);
    root("b.root", 2);
    Programs.run("compress", original(), restored(), "--precision", PRECISION);

    assertThat(evaluate("--require", "pt.max<0.01")).returns(0, Programs::exitCode);
    assertThat(evaluate("--require", "pt.max<0.0001"))
        .returns(1, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.out()).contains("BROKEN   pt.max<0.0001"));
    assertThat(evaluate("--require", "pt.maximum<0.0001"))
        .returns(2, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("there is no metric 'maximum'"));
    assertThat(evaluate("--weight", "none"))
        .returns(2, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("no column called none"));
    Files.delete(folder.resolve("made/b.jetf"));
    assertThat(evaluate())
        .returns(2, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("b.root: no restored file is called b"));
    assertThat(Programs.run("evaluate", original(), folder.resolve("none").toString()))
        .returns(3, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("none: there is no such file or folder"));
  }

  @Test
  void filesThatAreNotAlikeAreNamed() throws IOException {
    root("a.root", 1);
    Path b = root("b.root", 2);
    Programs.run("compress", original(), restored(), "--precision", PRECISION);
    String other = folder.resolve("other").toString();
    Programs.run("compress", b.toString(), other, "--precision", "pt=rel:0.1");

    root("b.root", 2, 2_600);
    assertThat(evaluate())
        .satisfies(ran ->
            assertThat(ran.err())
                .contains("b.root and ")
                .contains("b.jetf cannot be compared: ")
                .contains(" in the original, "))
        .returns(1, Programs::exitCode);

    Path made = folder.resolve("made/b.jetf");
    Files.copy(folder.resolve("other/b.jetf"), made, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(made.resolveSibling(".b.jetf.crc"));
    assertThat(evaluate())
        .satisfies(ran ->
            assertThat(ran.err())
                .contains("made/b.jetf: column weight has precision exact")
                .contains("compressed alike"))
        .returns(3, Programs::exitCode);
  }
}
