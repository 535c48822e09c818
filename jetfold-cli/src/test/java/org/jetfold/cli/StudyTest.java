package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jetfold study} from its command line. */
final class StudyTest {
  @TempDir Path folder;

  /** What pyBumpHunter prints for its own example. */
  @Tag("slow")
  @Test
  void publishedBumpHunt() {
    Path data = Checkout.data("bumphunter").resolve("data.root");
    String json =
        CommandRun.fine(
                "study",
                "bump-hunt",
                data + ":data",
                "--column",
                "data",
                "--expected",
                data + ":bkg",
                "--range",
                "0:20",
                "--bins",
                60,
                "--widths",
                "2:6",
                "--json")
            .text();
    assertThat(number(json, "low")).isEqualTo(20.0 / 60 * 16);
    assertThat(number(json, "high")).isEqualTo(20.0 / 60 * 20);
    assertThat(number(json, "localP")).isCloseTo(1.7341e-4, within(1.7341e-8));
    assertThat(number(json, "statistic")).isCloseTo(8.6598, within(8.7e-4));
    assertThat(number(json, "globalP")).isCloseTo(0.0177, within(0.004));
    assertThat(number(json, "globalPError")).isCloseTo(0.0013, within(3e-4));
  }

  private static double number(String json, String field) {
    Matcher matcher = Pattern.compile("\"%s\" : ([-0-9.E]+)".formatted(field)).matcher(json);
    assertThat(matcher.find()).as(field).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /** Dijets with a falling spectrum, or all of one mass; pT in MeV. */
  private static Table dijets(int events, double mass, long seed, boolean weighted) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] offsets = new int[events + 1];
    float[][] columns = new float[4][2 * events];
    double[] weights = new double[events];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = 2 * (event + 1);
      weights[event] = weighted ? random.nextDouble() : 1;
      double drawn =
          mass > 0
              ? mass * (1 + 0.01 * random.nextGaussian())
              : 440 * Math.pow(1 - random.nextDouble(), -1 / 6.0);
      double phi = Math.PI * (random.nextDouble() - 1);
      for (int jet = 0; jet < 2; jet++) {
        columns[0][2 * event + jet] = (float) (500 * drawn);
        columns[2][2 * event + jet] = (float) (phi + jet * Math.PI);
        columns[3][2 * event + jet] = 1000;
      }
    }
    List<Column> jets = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    values.add(new ColumnValues.Doubles(weights));
    for (String name : new String[] {"pt", "eta", "phi", "m"}) {
      values.add(new ColumnValues.Floats(columns[jets.size()]));
      jets.add(new Column(name, ValueType.FLOAT32));
    }
    Schema schema =
        Schema.events(List.of(new Column("event_weight", ValueType.FLOAT64)), "jets", jets);
    return new Table(schema, events, List.of(offsets), values);
  }

  @Tag("slow")
  @Test
  void bumpsSurviveOrAreSmearedAway() throws IOException {
    Path background = Tables.write(dijets(8000, 0, 1, false), folder.resolve("b.npz"));
    Path signal = Tables.write(dijets(400, 700, 2, false), folder.resolve("s.npz"));
    Object[] hunt = {
      "study",
      "bump-hunt",
      background,
      "--signal",
      signal + ":150",
      "--experiments",
      300,
      "--csv",
      "-q",
      "--widths",
      "2:4",
      "--precision"
    };
    CommandRun fine = CommandRun.fine(with(hunt, "pt=rel:0.001"));
    List<String> lines = fine.text().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith("0,before,").endsWith(",none");
    assertThat(lines.get(3)).startsWith("150,before,680.0,").endsWith(",kept");
    assertThat(CommandRun.fine(with(hunt, "pt=rel:0.001", "-T", 3)).text()).isEqualTo(fine.text());
    // So coarse that a bump is where the levels are, and not where the signal was.
    assertThat(CommandRun.fine(with(hunt, "pt=bits:2")).text()).doesNotContain("kept");
  }

  /** A table that went through a file and another format still has its jets. */
  @Tag("slow")
  @Test
  void jetsAreKnownAgain() throws IOException {
    Table plain = dijets(3000, 0, 1, false);
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>(List.of(plain.values(0)));
    for (int column = 1; column < plain.schema().columns().size(); column++) {
      columns.add(
          new Column("Jet_" + plain.schema().columns().get(column).name(), ValueType.FLOAT32));
      values.add(plain.values(column));
    }
    Schema named = Schema.events(List.of(plain.schema().columns().getFirst()), "Jet", columns);
    Path original =
        Tables.write(
            new Table(named, plain.rootEntries(), List.of(plain.offsets(1)), values),
            folder.resolve("nano.root"));
    Path file = folder.resolve("nano.jetf");
    CommandRun.fine(
        "compress", original, "-o", file, "-q", "--precision", "*=bits:20", "--collection", "Jet");
    String expected = null;
    for (String name : List.of("back.npz", "back.parquet", "back.root", "back.h5")) {
      Path back = folder.resolve(name);
      CommandRun.fine("decompress", file, "-q", "-o", back);
      // The jets' response is evaluated: they were found.
      for (Object[] how : new Object[][] {{}, {"--collection", "Jet"}}) {
        assertThat(CommandRun.fine(with(new Object[] {"evaluate", original, back}, how)).text())
            .contains("resolution<0.006 (usual for jets)");
      }
      String hunted =
          CommandRun.fine(
                  "study", "bump-hunt", back, "--experiments", 20, "-q", "--csv", "--unit", "MeV")
              .text();
      expected = expected == null ? hunted : expected;
      assertThat(hunted).isEqualTo(expected);
    }
  }

  /**
   * Models of both kinds, trained just enough to have dijets apart: what they restore is hunted in.
   */
  @Tag("slow")
  @Test
  void bumpsAreHuntedThroughModels() throws IOException {
    Path background = Tables.write(dijets(8000, 0, 1, false), folder.resolve("b.npz"));
    Path signal = Tables.write(dijets(400, 700, 2, false), folder.resolve("s.npz"));
    Path density = folder.resolve("d.jetm");
    Path autoencoder = folder.resolve("a.jetm");
    String precision = "pt=rel:0.001,*=abs:0.01";
    CommandRun.fine(
        "train", background, "-o", density, "--precision", precision, "--steps", 10, "-q");
    CommandRun.fine(
        with(
            new Object[] {"train", background, "-o", autoencoder, "--codec", "autoencoder", "-q"},
            "--layers",
            "16,2",
            "--normalization",
            "auto",
            "--epochs",
            20));
    Object[] hunt = {
      "study",
      "bump-hunt",
      background,
      "--signal",
      signal + ":150",
      "--experiments",
      300,
      "--json",
      "-q",
      "--model"
    };
    String ofDensity = CommandRun.fine(with(hunt, density)).text();
    assertThat(ofDensity).contains("\"verdict\" : \"none\"", "\"verdict\" : \"kept\"");
    // The model's settings: pT within 0.1 %, uniformly, and so the mass in quadrature.
    assertThat(number(ofDensity, "rmsChange")).isBetween(2e-4, 1e-3);
    String bounded =
        CommandRun.fine(with(hunt, autoencoder, "--bounded", "--precision", precision)).text();
    assertThat(bounded).contains("\"verdict\" : \"kept\"");
    assertThat(number(bounded, "rmsChange")).isBetween(2e-4, 1e-3);
    String measured = CommandRun.fine(with(hunt, autoencoder, "--latents", "bits:10")).text();
    assertThat(number(measured, "rmsChange")).isGreaterThan(1e-3);
    assertThat(number(measured, "compressedBytes")).isLessThan(number(bounded, "compressedBytes"));
    failsWith(
        ExitCode.USAGE, "pt (exact, the model", with(hunt, density, "--precision", "m=bits:3"));
    failsWith(ExitCode.USAGE, "for an autoencoder", with(hunt, density, "--bounded"));
    // Bounds that nobody names are exact ones, as of 'compress'.
    String exact = CommandRun.fine(with(hunt, autoencoder, "--bounded")).text();
    assertThat(number(exact, "rmsChange")).isZero();
    // What a model keeps beside its latents comes back as it was asked for.
    Path keeping = RandomAutoencoder.writeKeepingPt(folder.resolve("k.jetm"));
    String kept =
        CommandRun.fine(with(hunt, keeping, "--bounded", "--precision", precision)).text();
    assertThat(kept).contains("\"verdict\" : \"kept\"");
    failsWith(ExitCode.USAGE, "--latents", with(hunt, autoencoder, "--latents", "bits:99"));
    Path other = Tables.write(Tables.events(500, 1), folder.resolve("jets.npz"));
    failsWith(
        ExitCode.USAGE,
        "column",
        "study",
        "bump-hunt",
        other,
        "--column",
        "weight",
        "--model",
        density);
  }

  private static Object[] with(Object[] arguments, Object... more) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void weightedSpectraAreHuntedInOrResampled() throws IOException {
    Path weighted = Tables.write(dijets(4000, 0, 1, true), folder.resolve("w.npz"));
    Object[] hunt = {"study", "bump-hunt", weighted, "--experiments", 50};
    CommandRun run = CommandRun.fine(with(hunt, "--json"));
    assertThat(run.err()).contains("events are weighted with event_weight").contains("it is MeV");
    // The mean of squares over the mean of weights that are uniform from 0 to 1.
    Matcher scale = Pattern.compile("\"scales\" : \\[ (0\\.[0-9]+)").matcher(run.text());
    assertThat(scale.find()).isTrue();
    assertThat(Double.parseDouble(scale.group(1))).isCloseTo(2 / 3.0, within(0.1));
    assertThat(CommandRun.fine(with(hunt, "-q")).text()).contains("Events are weighted");
    CommandRun drawn = CommandRun.fine(with(hunt, "--resample", "--csv"));
    assertThat(drawn.err()).contains("are left with weight 1");
  }

  @Test
  void spectraComeInBinsOfAnyWidths() throws IOException {
    StringBuilder csv = new StringBuilder("mass low,mass high,events\n");
    StringBuilder edges = new StringBuilder("400");
    double low = 400;
    for (int bin = 0; bin < 20; bin++) {
      double high = low + 10 + 2 * bin;
      long events = Math.round(3e4 * (high - low) * Math.pow(low / 100, -5)) + (bin == 9 ? 90 : 0);
      csv.append(low).append(',').append(high).append(',').append(events).append('\n');
      edges.append(',').append(high);
      low = high;
    }
    Path spectrum = Files.writeString(folder.resolve("spectrum.csv"), csv);
    Object[] hunt = {"study", "bump-hunt", spectrum, "--binned", "--experiments", 300};
    String found = CommandRun.fine(with(hunt, "--csv", "--widths", "1:3")).text();
    // Bin 9 is from 562 to 590.
    assertThat(found).contains("0,before,562.0,590.0,");
    failsWith(ExitCode.USAGE, "--binned has no events", with(hunt, "--precision", "jets"));
    failsWith(ExitCode.USAGE, "--edges are all bins", with(hunt, "--edges", "1,2"));
    Path jets = Tables.write(dijets(3000, 0, 1, false), folder.resolve("b.npz"));
    Object[] events = {"study", "bump-hunt", jets, "--experiments", 20, "--unit", "MeV", "--json"};
    assertThat(CommandRun.fine(with(events, "--edges", edges)).text())
        .contains("\"edges\" : [ 400.0, 410.0, 422.0,");
    failsWith(ExitCode.USAGE, "two or more rising", with(events, "--edges", "500,400"));
    failsWith(ExitCode.USAGE, "--edges are all", with(events, "--edges", "1,2", "--range", "1:2"));
    Path wrong = Files.writeString(folder.resolve("wrong.csv"), "low,high,n\n1,2,3\n");
    failsWith(
        ExitCode.USAGE, "has no column events", "study", "bump-hunt", wrong, "--binned", "-q");
  }

  /**
   * The spectrum that HEPData has in YAML gives what its CSV gives, with a fit to all or pieces.
   */
  @Test
  void publishedSpectraAreReadAsYaml() throws IOException {
    StringBuilder csv = new StringBuilder("mjj low,mjj high,events\n");
    StringBuilder axis = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int bin = 0; bin < 30; bin++) {
      int low = 500 + 20 * bin;
      long events = Math.round(6e5 * Math.pow(low / 100.0, -4)) + (bin == 12 ? 70 : 0);
      csv.append("%d,%d,%d\n".formatted(low, low + 20, events));
      axis.append("  - {low: %d, high: %d}\n".formatted(low, low + 20));
      values.append("  - {value: %d}\n".formatted(events));
    }
    Path table = Files.writeString(folder.resolve("spectrum.csv"), csv);
    Path yaml =
        Files.writeString(
            folder.resolve("spectrum.yaml"),
            "independent_variables:\n- header: {name: mjj}\n  values:\n"
                + axis
                + "dependent_variables:\n- header: {name: Events}\n  values:\n"
                + values);
    for (String window : List.of("--window=15", "--parameters=4")) {
      Object[] hunt = {"--binned", "--experiments", 40, "--csv", "--widths", "1:3", window};
      String found = CommandRun.fine(with(new Object[] {"study", "bump-hunt", yaml}, hunt)).text();
      assertThat(found)
          .contains("0,before,740.0,760.0,")
          .isEqualTo(
              CommandRun.fine(with(new Object[] {"study", "bump-hunt", table}, hunt)).text());
    }
    failsWith(
        ExitCode.FAILED,
        "has no dependent variable Limits",
        "study",
        "bump-hunt",
        yaml,
        "--binned",
        "--column",
        "Limits");
    failsWith(
        ExitCode.USAGE,
        "--column for a table of HEPData",
        "study",
        "bump-hunt",
        table,
        "--binned",
        "--column",
        "events");
  }

  @Tag("slow")
  @Test
  void signalsAreInjectedManyTimes() throws IOException {
    Path background = Tables.write(dijets(8000, 0, 1, false), folder.resolve("b.npz"));
    Path signal = Tables.write(dijets(400, 700, 2, false), folder.resolve("s.npz"));
    Object[] hunt = {
      "study",
      "bump-hunt",
      background,
      "--signal",
      signal + ":150",
      "--experiments",
      100,
      "--injections",
      12,
      "--csv",
      "-q",
      "--precision"
    };
    List<String> fine = CommandRun.fine(with(hunt, "pt=rel:0.001")).text().lines().toList();
    assertThat(fine).hasSize(5);
    assertThat(fine.get(3)).startsWith("150,before,12,");
    double none = Double.parseDouble(fine.get(1).split(",", -1)[3]);
    assertThat(Double.parseDouble(fine.get(3).split(",", -1)[3])).isGreaterThan(none + 1);
    List<String> coarse = CommandRun.fine(with(hunt, "pt=rel:0.1:dither")).text().lines().toList();
    double loss = Double.parseDouble(coarse.get(4).split(",", -1)[7]);
    double error = Double.parseDouble(coarse.get(4).split(",", -1)[8]);
    assertThat(loss).isGreaterThan(3 * error);
    Object[] wrong = {"study", "bump-hunt", background, "--injections"};
    failsWith(ExitCode.USAGE, "--injections requires --signal", with(wrong, 5));
    failsWith(ExitCode.USAGE, "between 2 and 100000, was 1", with(wrong, 1));
  }

  @Test
  void reportsAndPicturesHoldWhatTheyNeed() throws IOException {
    Path jets = Tables.write(Tables.events(500, 1), folder.resolve("jets.npz"));
    Path page = folder.resolve("page.html");
    Path picture = folder.resolve("picture.svg");
    Object[] study = {
      "study",
      "double-quantization",
      jets,
      "--column",
      "phi",
      "--bits",
      4,
      "--report",
      page,
      "--picture",
      picture
    };
    CommandRun.fine(study);
    String html = Files.readString(page);
    // Not as one assertion on the text: a failure would print a megabyte.
    for (String held : new String[] {"echarts.init(", "Magic bins", "\"name\":\"predicted\""}) {
      assertThat(html.contains(held)).as(held).isTrue();
    }
    assertThat(html.contains("<title>Double quantization of phi")).isTrue();
    for (String absent : new String[] {"<script src", "<link rel=\"stylesheet\""}) {
      assertThat(html.contains(absent)).as(absent).isFalse();
    }
    assertThat(Files.size(page)).isLessThan(2_000_000);
    assertThat(picture).content().startsWith("<svg").contains("predicted").endsWith("</svg>\n");
    assertThat(CommandRun.of(study).exitCode()).isEqualTo(ExitCode.USAGE);
    CommandRun.fine(with(study, "-f"));
  }

  @Test
  void binNumbersAreScanned() throws IOException {
    Path jets = Tables.write(Tables.events(500, 1), folder.resolve("jets.npz"));
    Path picture = folder.resolve("scan.svg");
    Object[] study = {"study", "double-quantization", jets, "--column", "phi", "--scan-bins"};
    Object[] fine = with(study, "2:60", "--bits", 7, "--range", "-3.125:3.125");
    List<String> lines =
        CommandRun.fine(with(fine, "--csv", "--picture", picture)).text().lines().toList();
    assertThat(lines).hasSize(60);
    assertThat(lines.get(39)).startsWith("40,0.15625,").endsWith(",1");
    assertThat(lines.get(40)).startsWith("41,").endsWith(",0");
    assertThat(picture).content().contains("simulation", "formula", "magic numbers");
    assertThat(CommandRun.fine(fine).text())
        .contains("Magic binning numbers of this range: 2, 4, 5, 8, 10, 16, 20, 25, 40, 50.");
    assertThat(CommandRun.fine(with(fine, "--json", "--weight", "weight")).text())
        .contains("\"magicNumbers\" : [ 2, 4,");
    failsWith(ExitCode.USAGE, "say --bits or --precision", with(study, "2:60"));
    failsWith(ExitCode.USAGE, "as in 2:100, was 9", with(study, "9", "--bits", 7));
    failsWith(ExitCode.USAGE, "two whole numbers", with(study, "0:9", "--bits", 7));
    failsWith(ExitCode.USAGE, "two whole numbers", with(study, "2:9999", "--bits", 7));
    failsWith(
        ExitCode.USAGE, "weight must be", with(study, "2:9", "--bits", 7, "--weight", "jets.pt"));
    failsWith(
        ExitCode.USAGE, "which column", "study", "double-quantization", jets, "--weight", "w");
  }

  @Test
  void rowsAreDrawnByTheWeightsOfTheirEvents() throws IOException {
    Path jets = Tables.write(Tables.events(2000, 1), folder.resolve("jets.npz"));
    Object[] study = {"study", "dimension", jets, "--sample", 600, "--csv", "-q"};
    String plain = CommandRun.fine(study).text();
    String weighted = CommandRun.fine(with(study, "--weight", "weight")).text();
    assertThat(weighted).contains("pt eta phi,600,").isNotEqualTo(plain);
    Object[] chosen = with(study, "--weight", "weight", "--columns", "pt,eta,phi");
    assertThat(CommandRun.fine(chosen).text()).isEqualTo(weighted);
    failsWith(
        ExitCode.USAGE, "--weight: the table has no column", with(study, "--weight", "nothing"));
  }

  /** What was truncated is announced, and its exact file is no larger than a truncated one. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {3, 7, 12})
  void compressTellsWhatWasTruncated(int bits) throws IOException {
    Path jets = Tables.write(Tables.events(20_000, 1), folder.resolve("jets.npz"));
    CommandRun lossy = CommandRun.fine("compress", jets, "--precision", "*=bits:" + bits);
    assertThat(lossy.err()).doesNotContain("already");
    Path truncated = folder.resolve("truncated.npz");
    CommandRun.fine("decompress", folder.resolve("jets.jetf"), "-o", truncated);
    CommandRun exact = CommandRun.fine("compress", truncated);
    assertThat(exact.err())
        .contains(
            "3 columns already truncated to %d bits: jets.pt, jets.eta, jets.phi".formatted(bits));
    assertThat(Files.size(folder.resolve("truncated.jetf")))
        .isCloseTo(
            Files.size(folder.resolve("jets.jetf")),
            within(Files.size(folder.resolve("jets.jetf")) / 500));
    assertThat(CommandRun.fine("compress", truncated, "-q", "-f").err()).isEmpty();
    String detected = CommandRun.fine("study", "double-quantization", truncated, "--csv").text();
    assertThat(detected).contains("jets.eta,truncated to " + bits + " bits");
  }

  @Tag("slow")
  @Test
  void dimensionOfJets() throws IOException {
    Path jets = Tables.write(Tables.events(2000, 1), folder.resolve("jets.npz"));
    String csv = CommandRun.fine("study", "dimension", jets, "--csv").text();
    List<String> lines = csv.lines().toList();
    assertThat(lines.getFirst()).startsWith("columns,rows,");
    double dimension = Double.parseDouble(lines.get(1).split(",", -1)[3]);
    assertThat(dimension).isCloseTo(3, within(0.3));
    Path dijets = Tables.write(dijets(2000, 0, 1, false), folder.resolve("d.npz"));
    assertThat(CommandRun.fine("study", "dimension", dijets, "--columns", "m,pt,eta,phi").text())
        .contains("pt, eta, phi, m: 2.0", "pt, eta, phi, E: 2.0");
  }

  /** A mean of 0 and a deviation of 1, or what a preset's formula makes of the values. */
  @Test
  void normalizedVariablesAreShown() throws IOException {
    Path jets = Tables.write(dijets(300, 700, 1, false), folder.resolve("d.npz"));
    Path picture = folder.resolve("normalized.svg");
    List<String> standard =
        CommandRun.fine("study", "normalization", jets, "--csv", "--picture", picture)
            .text()
            .lines()
            .toList();
    assertThat(standard).hasSize(5);
    String[] pt = standard.get(1).split(",", -1);
    assertThat(pt[0]).isEqualTo("pt");
    assertThat(Double.parseDouble(pt[4])).isCloseTo(0, within(1e-9));
    assertThat(Double.parseDouble(pt[5])).isCloseTo(1, within(1e-9));
    assertThat(Files.readString(picture)).contains("pt, eta, phi, m", "share of the values");
    List<String> published =
        CommandRun.fine("study", "normalization", jets, "--preset", "tla-4d", "--csv")
            .text()
            .lines()
            .toList();
    // 1000 MeV: (log10(1 + 1) − 0) / 1.8.
    String[] m = published.get(1).split(",", -1);
    assertThat(m[0]).isEqualTo("m");
    assertThat(Double.parseDouble(m[4])).isCloseTo(Math.log10(2) / 1.8, within(1e-6));
    Path none = Files.writeString(folder.resolve("none.csv"), "a,b\nnan,inf\nnan,nan\n");
    failsWith(ExitCode.USAGE, "no value can be normalized", "study", "normalization", none, "-q");
    failsWith(
        ExitCode.USAGE,
        "--normalization thesis requires --preset",
        "study",
        "normalization",
        jets,
        "--normalization",
        "thesis");
  }

  /** Ctrl-C says what it did, and leaves nothing. */
  @Tag("slow")
  @Test
  void stoppedStudiesSaySo() throws IOException, InterruptedException {
    Path table = Tables.write(dijets(4000, 0, 1, false), folder.resolve("b.npz"));
    Path page = folder.resolve("page.html");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ChildProcess()
            .errors(errors)
            .start("study", "bump-hunt", table, "--experiments", 100_000_000, "--report", page);
    try {
      while (process.isAlive() && !Files.readString(errors).contains("by its size it is MeV")) {
        Thread.sleep(20);
      }
      Thread.sleep(1000);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(Files.readString(errors)).endsWith("jetfold: stopped; no unfinished file is left\n");
    assertThat(page).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"double-quantization", "bump-hunt", "dimension", "normalization"})
  void everyStudyHasHelp(String study) {
    CommandRun run = CommandRun.fine("study", study, "--help");
    assertThat(run.text()).contains("Usage: jetfold study " + study).contains("--report");
    assertThat(run.text().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void badInput() throws IOException {
    Path jets = Tables.write(Tables.events(50, 1), folder.resolve("jets.npz"));
    Path flat = Tables.write(Tables.flat(600, 1), folder.resolve("flat.npz"));
    Path missing = folder.resolve("missing.npz");
    for (String study : List.of("double-quantization", "bump-hunt", "dimension", "normalization")) {
      failsWith(ExitCode.FAILED, "there is no such file", "study", study, missing);
    }
    failsWith(ExitCode.USAGE, "pt, eta, phi and m", "study", "bump-hunt", jets);
    failsWith(ExitCode.USAGE, "--event-column", "study", "bump-hunt", flat);
    Path dijets = Tables.write(dijets(500, 0, 1, false), folder.resolve("d.npz"));
    failsWith(ExitCode.USAGE, "two numbers", "study", "bump-hunt", dijets, "-q", "--range", "1");
    failsWith(ExitCode.USAGE, "0 of 60 bins", "study", "bump-hunt", dijets, "-q", "--range", "1:2");
    Object[] hunt = {"study", "bump-hunt", dijets, "-q"};
    failsWith(
        ExitCode.USAGE, "--widths must rise, as in 2:6, was 6:2", with(hunt, "--widths", "6:2"));
    failsWith(
        ExitCode.USAGE,
        "--range must rise, as in 440:1400, was 900:300",
        with(hunt, "--range", "900:300"));
    failsWith(ExitCode.USAGE, "two whole numbers", with(hunt, "--widths", "1.5:2"));
    failsWith(
        ExitCode.USAGE, "--bins must be between 1 and 1000000, was 0", with(hunt, "--bins", 0));
    failsWith(ExitCode.USAGE, "--bins 5 is less than the widest", with(hunt, "--bins", 5));
    failsWith(ExitCode.USAGE, "as in zprime", "study", "bump-hunt", jets, "--signal", "s.npz");
    failsWith(ExitCode.USAGE, "3, 4 or 5", "study", "bump-hunt", jets, "--parameters", "2");
    failsWith(
        ExitCode.USAGE,
        "--window must have more bins",
        "study",
        "bump-hunt",
        jets,
        "--window",
        "3");
    failsWith(ExitCode.USAGE, "too few", "study", "dimension", jets);
    Object[] quantize = {"study", "double-quantization", jets, "--column"};
    failsWith(ExitCode.USAGE, "did you mean", with(quantize, "phj", "--bits", 3));
    failsWith(
        ExitCode.USAGE,
        "bits:0: mantissa bits must be between 1 and 23",
        with(quantize, "phi", "--bits", 0));
    failsWith(ExitCode.USAGE, "was not rounded before", with(quantize, "phi"));
    failsWith(ExitCode.USAGE, "only floats", with(quantize, "number", "--bits", 3));
    Path empty = Files.writeString(folder.resolve("nan.csv"), "pt,eta\nnan,1.5\ninf,0.5\n");
    for (String more : List.of("--bits=7", "--bins=10", "--range=0:1")) {
      failsWith(
          ExitCode.USAGE,
          "nan.csv: column pt has no finite value",
          with(new Object[] {"study", "double-quantization", empty, "--column"}, "pt", more));
    }
    failsWith(ExitCode.USAGE, "--json and --csv", "study", "dimension", jets, "--json", "--csv");
    failsWith(ExitCode.USAGE, "there is no command 'bumps'", "study", "bumps");
  }

  private static void failsWith(int exitCode, String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err()).as("%s", List.of(arguments)).contains(message).hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
  }
}
