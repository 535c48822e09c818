package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.demo.Sample;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} says, for people and for programs. */
final class InspectTest {
  @TempDir Path folder;

  private Path compressed() throws IOException {
    Path npz = Tables.write(Tables.events(2000, 1), folder.resolve("e.npz"));
    Path jetf = folder.resolve("e.jetf");
    CommandRun.fine(
        "compress", npz, "-o", jetf, "-q", "--precision", "pt=rel:0.01,eta=abs:0.001,phi=bits:8");
    return jetf;
  }

  @Test
  void namesPrecisionErrorAndSizeOfEachColumn() throws IOException {
    String text = CommandRun.fine("inspect", compressed()).text();
    assertThat(text).contains("format 1.0, written by jetfold").contains("2,000 events");
    assertThat(line(text, "jets.pt")).contains("float32").contains("rel:0.01").contains("rel 0.0");
    assertThat(line(text, "jets.eta")).contains("abs:0.001").contains("abs 0.00");
    assertThat(line(text, "jets.phi")).contains("bits:8").contains("rel 0.00");
    assertThat(line(text, "number"))
        .contains("int64")
        .contains("exact")
        .contains("4000000000")
        .contains("4000001999");
    assertThat(line(text, "event structure")).contains("%");
  }

  private static String line(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void jsonHasTheDocumentedFields() throws IOException {
    Path jetf = compressed();
    Set<String> names = new TreeSet<>();
    long bytes = -1;
    try (JsonParser json =
        new JsonFactory().createParser(CommandRun.fine("inspect", "--json", jetf).out())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          names.add(json.currentName());
          if (json.currentName().equals("bytes") && bytes < 0) {
            bytes = json.nextLongValue(-1);
          }
        }
      }
    }
    assertThat(bytes).isEqualTo(Files.size(jetf));
    assertThat(names)
        .containsExactlyInAnyOrder(
            "file",
            "formatVersion",
            "dithered",
            "exactValues",
            "exactShares",
            "nans",
            "decimals",
            "guaranteed",
            "guarantees",
            "refinedEvents",
            "refinementBytes",
            "latentBytes",
            "producer",
            "bytes",
            "rawBytes",
            "ratio",
            "blocks",
            "segments",
            "segmentsWithoutModel",
            "models",
            "groups",
            "name",
            "listIn",
            "entries",
            "columns",
            "path",
            "type",
            "unit",
            "integral",
            "eventKey",
            "precision",
            "largestError",
            "errorMeasure",
            "earlierRelative",
            "earlierAbsolute",
            "lossRelative",
            "lossAbsolute",
            "minimum",
            "maximum",
            "values",
            "bitsPerValue",
            "bytesAlone",
            "decodedAfter",
            "share",
            "eventStructureBytes",
            "overheadBytes");
  }

  @Test
  void infinitiesAndUnsignedNumbersAreReadable() throws IOException {
    Path csv = folder.resolve("x.csv");
    Files.writeString(csv, "a,b\ninf,18446744073709551615\n1.5,3\n");
    CommandRun.fine("compress", csv, "-q");
    assertThat(CommandRun.fine("inspect", folder.resolve("x.jetf")).text())
        .contains("∞")
        .contains("18446744073709551615");
    String json = CommandRun.fine("inspect", "--json", folder.resolve("x.jetf")).text();
    assertThat(json).contains("\"Infinity\"").contains("18446744073709551615");
  }

  /** Latents are read for each column, and what the decoder is given: not what is kept besides. */
  @Test
  void columnOfAnAutoencoderNeedsLatentsAndWhatTheModelKeeps() throws IOException {
    Path npz = Tables.write(Tables.events(2000, 1), folder.resolve("e.npz"));
    Path model = RandomAutoencoder.writeKeepingPt(folder.resolve("ae.jetm"));
    Path jetf = folder.resolve("ae.jetf");
    Object[] arguments = {
      "compress", npz, "--model", model, "--keep", "eta", "-o", jetf, "-q", "-f", "--bounded"
    };
    for (int given : new int[] {arguments.length - 1, arguments.length}) {
      CommandRun.fine(Arrays.copyOf(arguments, given));
      String json = CommandRun.fine("inspect", "--json", jetf).text();
      long latents = number(json, "\"latentBytes\" : (\\d+)");
      assertThat(latents).isPositive();
      assertThat(decodedAfter(json, "jets.phi")).contains("jets.pt");
      assertThat(alone(json, "jets.phi")).isEqualTo(latents + withNeeded(json, "jets.phi"));
      for (String other : List.of("weight", "jets.pt", "jets.eta")) {
        assertThat(alone(json, other)).as(other).isEqualTo(withNeeded(json, other)).isPositive();
      }
    }
    Files.delete(model);
    assertThat(CommandRun.fine("inspect", "--json", jetf).text()).contains("\"bytesAlone\" : null");
  }

  @Test
  void columnsThatOthersTellOfAreSaidToComeAfterThese() throws IOException {
    Path csv = folder.resolve("near.csv");
    StringBuilder text = new StringBuilder("a,b\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 4000; i++) {
      int a = random.nextInt(1000);
      text.append(a).append(',').append(a + i % 3).append('\n');
    }
    Files.writeString(csv, text);
    CommandRun.fine("compress", csv, "-q");
    Path jetf = folder.resolve("near.jetf");
    assertThat(CommandRun.fine("inspect", jetf).text()).contains("decoded b after a");
    String json = CommandRun.fine("inspect", "--json", jetf).text();
    assertThat(decodedAfter(json, "b")).containsExactly("a");
    assertThat(decodedAfter(json, "a")).isEmpty();
    assertThat(alone(json, "b")).isEqualTo(bytes(json, "a") + bytes(json, "b"));
  }

  /** NaNs are counted, and decimals named: neither shows in the range or in the precision. */
  @Test
  void nansAndDecimalsAreShown() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int row = 0; row < 5000; row++) {
      csv.append(random.nextInt(1_000_000) / 100.0).append(',');
      csv.append(row % 4 == 0 ? "nan" : random.nextDouble()).append('\n');
    }
    Path table = Files.writeString(folder.resolve("decimals.csv"), csv);
    CommandRun.fine("compress", table, "-q", "--precision", "*=exact");
    Path jetf = folder.resolve("decimals.jetf");
    assertThat(CommandRun.fine("inspect", jetf).text())
        .contains("x: decimals of 2 digits, coded as integers\n", "y: NaN: 25.0 % of the values\n")
        .doesNotContain("x: NaN", "y: decimals");
    assertThat(CommandRun.fine("inspect", "--json", jetf).text())
        .contains("\"nans\" : 1250", "\"decimals\" : 2", "\"decimals\" : null");
  }

  /** A sentinel is listed with its share of the values, the most frequent one first. */
  @Test
  void sharesOfValuesThatStayExactAreShown() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int row = 0; row < 5000; row++) {
      double x = row % 5 == 0 ? -999 : row % 50 == 1 ? -1 : 100 * random.nextDouble();
      csv.append(x).append(',').append(random.nextDouble()).append('\n');
    }
    Path table = Files.writeString(folder.resolve("spikes.csv"), csv);
    CommandRun.fine("compress", table, "-q", "--precision", "*=rel:0.01");
    Path jetf = folder.resolve("spikes.jetf");
    assertThat(CommandRun.fine("inspect", jetf).text())
        .contains("x: exact: -999 (20.0 %), -1 (2.0 %)\n")
        .doesNotContain("y: exact");
    assertThat(CommandRun.fine("inspect", "--json", jetf).text())
        .contains("\"exactShares\" : [ 0.2, 0.02 ]", "\"exactShares\" : [ ]");
    byte[] bytes = Files.readAllBytes(jetf);
    bytes[bytes.length / 4] ^= 1;
    Files.write(jetf, bytes);
    assertThat(CommandRun.fine("inspect", jetf).text()).contains("x: exact: -999, -1\n");
  }

  /** The bytes of a column and of those that must be decoded before. */
  private static long withNeeded(String json, String path) {
    return bytes(json, path)
        + decodedAfter(json, path).stream().mapToLong(other -> bytes(json, other)).sum();
  }

  private static List<String> decodedAfter(String json, String path) {
    Matcher found =
        Pattern.compile("\"path\" : \"%s\"[^}]*\"decodedAfter\" : \\[([^]]*)\\]".formatted(path))
            .matcher(json);
    assertThat(found.find()).as(path).isTrue();
    return Pattern.compile("\"([^\"]+)\"")
        .matcher(found.group(1))
        .results()
        .map(name -> name.group(1))
        .toList();
  }

  private static long bytes(String json, String path) {
    return number(json, "\"path\" : \"%s\"[^}]*\"bytes\" : (\\d+)".formatted(path));
  }

  private static long alone(String json, String path) {
    return number(json, "\"path\" : \"%s\"[^}]*\"bytesAlone\" : (\\d+)".formatted(path));
  }

  private static long number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void partsAddUpToTheFile() throws IOException {
    try (CompressedInput in =
        CompressedInput.open(compressed().toString(), 1, List.of(), Streams.ofProcess())) {
      FileReport report = in.report();
      long columns = report.columns().stream().mapToLong(ColumnReport::bytes).sum();
      assertThat(columns + report.structureBytes() + report.overheadBytes())
          .isEqualTo(report.bytes());
      assertThat(report.overheadBytes()).isBetween(1L, report.bytes() / 2);
    }
  }

  /** Compressed files, models and tables of any format, each in its way. */
  @Test
  void severalFilesOfAnyKindAreDescribed() throws IOException {
    Path npz = Tables.write(Tables.events(20, 1), folder.resolve("any.npz"));
    Path root = Tables.write(Tables.events(20, 1), folder.resolve("any.root"));
    Path csv = Files.writeString(folder.resolve("any.csv"), "pt,eta\n1.5,2\n");
    CommandRun.fine("compress", npz);
    for (String command : List.of("list", "inspect")) {
      CommandRun run =
          CommandRun.fine(command, folder.resolve("any.jetf"), npz, root, csv, Sample.model());
      assertThat(run.text())
          .contains("any.jetf: Jetfold format")
          .contains("any.npz: 20 events, ")
          .contains("any.csv: rows, 2 columns")
          .contains("any.root:")
          .contains("RNTuple")
          .contains("jets.jetm: Jetfold model");
    }
    assertThat(CommandRun.fine("list", "--check", csv).text())
        .contains("any.csv: 1 row, 2 columns");
    CommandRun broken = CommandRun.of("inspect", npz, folder.resolve("none.npz"), csv);
    assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.err()).contains("none.npz: there is no such file").hasLineCount(1);
    assertThat(broken.text()).contains("any.npz: ").contains("any.csv: ");
    try (JsonParser json =
        new JsonFactory().createParser(CommandRun.fine("list", "--json", npz, csv).text())) {
      int objects = 0;
      int depth = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        objects += token.isStructEnd() && depth == 0 ? 1 : 0;
      }
      assertThat(objects).isEqualTo(2);
    }
  }
}
