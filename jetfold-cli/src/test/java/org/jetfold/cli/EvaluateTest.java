package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluate}: what it writes, and how it ends. */
final class EvaluateTest {
  @TempDir Path folder;

  private Path jets() throws IOException {
    return Tables.write(Tables.events(300, 7), folder.resolve("jets.npz"));
  }

  private Path compressed(Path jets) {
    CommandRun.fine(
        "compress", jets, "-q", "-f", "--precision", "pt=rel:0.004,eta=abs:0.001,phi=abs:0.001");
    return folder.resolve("jets.jetf");
  }

  @Test
  void statedLimitsDecideTheExitCode() throws IOException {
    Path jets = jets();
    Path jetf = compressed(jets);
    CommandRun kept =
        CommandRun.fine(
            "evaluate", jets, jetf, "--require", "pt.max<=0.004,eta.abs.max<=0.001,order<1e9");
    assertThat(kept.text()).contains("ok       pt.max<=0.004 (stated)").doesNotContain("BROKEN");
    CommandRun broken = CommandRun.of("evaluate", jets, jetf, "-q", "--require", "pt.p999<0.001");
    assertThat(broken.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(broken.text()).startsWith("BROKEN   pt.p999<0.001").hasLineCount(1);
  }

  @Test
  void quantitiesOfEventsAndPullsHaveLimits() throws IOException {
    Path jets = Tables.write(Tables.events(3000, 7), folder.resolve("jets.npz"));
    Path jetf = compressed(jets);
    CommandRun kept =
        CommandRun.fine(
            "evaluate",
            jets,
            jetf,
            "--require",
            "HT.resolution<0.004,mjj.p95<0.005,HT.max<=0.005,HT.mean<0.001,mjj.pull<9,*.pull<90",
            "--derive",
            "square = pt^2",
            "--require",
            "E.max<=0.006,dphi12.abs.p95<=0.002,square.resolution<0.008");
    assertThat(kept.text())
        .contains(
            "ok       HT.resolution<0.004 (stated): HT", "(stated): dPhi", "(stated): square");
    assertUsage(
        "expression pt^, character 4: expected a number",
        "evaluate",
        jets,
        jetf,
        "--derive",
        "square = pt^");
    assertUsage("did you mean mjj", "evaluate", jets, jetf, "--require", "mjjj.mean<1");
    CommandRun broken =
        CommandRun.of("evaluate", jets, jetf, "-q", "--require", "mjj.resolution<0.00001");
    assertThat(broken.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    CommandRun response = CommandRun.of("evaluate", jets, jetf, "--require", "mjj.response<0.1");
    assertThat(response.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(response.err()).contains("say mjj.mean");
    // Rows without events have no quantities, and what was not judged does not hold.
    Path rows = Tables.write(Tables.flat(300, 7), folder.resolve("rows.npz"));
    CommandRun.fine("compress", rows, "-q");
    CommandRun unjudged =
        CommandRun.of("evaluate", rows, folder.resolve("rows.jetf"), "-q", "--require", "HT.max<1");
    assertThat(unjudged.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(unjudged.text()).contains("BROKEN   HT.max<1");
  }

  /**
   * What prints BROKEN ends with 1, and nothing else does: limits stated or usual, quiet or not.
   */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"pt=rel:0.0001", "pt=rel:0.004", "pt=rel:0.1", "pt=bits:2,eta=bits:2"})
  void brokenIsAnExitCode(String precision) throws IOException {
    Path jets = Tables.write(Tables.events(3000, 7), folder.resolve("jets.npz"));
    CommandRun.fine("compress", jets, "-q", "-f", "--precision", precision);
    Path jetf = folder.resolve("jets.jetf");
    for (List<Object> more :
        List.<List<Object>>of(
            List.of(),
            List.of("-q"),
            List.of("--require", "pt.max<1"),
            List.of("--require", "pt.max<=0.004", "-q"))) {
      List<Object> arguments = new ArrayList<>(List.of("evaluate", jets, jetf));
      arguments.addAll(more);
      CommandRun run = CommandRun.of(arguments.toArray());
      assertThat(run.exitCode())
          .as("%s %s: %s", precision, more, run.text())
          .isEqualTo(run.text().contains("BROKEN") ? ExitCode.DIFFERENT : ExitCode.OK);
      if (!more.contains("-q")) {
        assertThat(run.text()).startsWith("All ").contains("values are within their bounds; ");
      }
    }
  }

  /** A column that is gone keeps no limit, whether it is named or one of many. */
  @Test
  void missingColumnsBreakLimits() throws IOException {
    Path jets = jets();
    Path back = folder.resolve("back.npz");
    CommandRun.fine("decompress", compressed(jets), "-q", "-o", back, "--columns", "jets.pt");
    CommandRun run = CommandRun.of("evaluate", jets, back, "--require", "*.max<1");
    assertThat(run.text())
        .containsPattern("ok +\\*\\.max<1 .*jets\\.pt")
        .containsPattern("BROKEN +\\*\\.max<1 .*jets\\.eta \\(not in the restored table\\)");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
  }

  /** A collection that comes first and lost nothing does not hide what another lost. */
  @Test
  void everyCollectionIsJudged() {
    Path nanoaod = Checkout.data("root").resolve("nanoAOD_2015_CMS_Open_Data_ttbar.root");
    Path jetf = folder.resolve("nano.jetf");
    CommandRun.fine(
        "compress",
        nanoaod,
        "--collection",
        "Electron",
        "--collection",
        "Jet",
        "--precision",
        "Jet_pt=bits:2,*=bits:10",
        "-q",
        "-o",
        jetf);
    CommandRun run =
        CommandRun.of(
            "evaluate", nanoaod, jetf, "--require", "response<0.001,resolution<0.006,order<1");
    assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(run.text())
        .containsPattern("BROKEN +resolution<0.006 .*Jet_pt")
        .containsPattern("BROKEN +response<0.001 .*Jet_pt")
        .containsPattern("order<1 .*order of Electron")
        .containsPattern("order<1 .*order of Jet");
    CommandRun electrons =
        CommandRun.of("evaluate", nanoaod, jetf, "-q", "--require", "Electron.order<1,mjj.max<1");
    assertThat(electrons.text()).doesNotContain("Jet_pt");
    CommandRun hunted =
        CommandRun.of("evaluate", nanoaod, jetf, "--jets", "Muon", "--require", "HT.max<1");
    assertThat(hunted.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(hunted.err()).contains("Electron, Jet").hasLineCount(1);
  }

  /** ROOT has jets_pt for jets.pt. */
  @Test
  void ntuplesAreCompared() throws IOException {
    Path jets = jets();
    Path back = folder.resolve("back.root");
    CommandRun.fine("decompress", compressed(jets), "-q", "-o", back);
    CommandRun run = CommandRun.fine("evaluate", jets, back, "--require", "*.abs.max<1e9");
    assertThat(run.text())
        .containsPattern("ok +.*abs.max<1e9 .*jets\\.pt")
        .doesNotContain("not in the restored table");
  }

  @Test
  void restoredTablesOfOtherFormatsAreCompared() throws IOException {
    Path jets = jets();
    Path back = folder.resolve("back.parquet");
    CommandRun.fine("decompress", compressed(jets), "-q", "-o", back);
    CommandRun run =
        CommandRun.fine(
            "evaluate", jets, back, "--match", "dr:0.01", "--weight", "weight", "--json", "-");
    assertThat(run.text())
        .contains("\"verdict\" : ", "\"weight\" : \"weight\"", "\"unmatchedOriginal\" : 0");
  }

  @Test
  void reportsAreWrittenWholeOrNotAtAll() throws IOException {
    Path jets = jets();
    Path jetf = compressed(jets);
    Path page = folder.resolve("report.html");
    Path json = folder.resolve("report.json");
    Path picture = folder.resolve("report.svg");
    CommandRun.fine("evaluate", jets, jetf, "--report", page, "--json", json, "--picture", picture);
    assertThat(picture)
        .content()
        .startsWith("<svg")
        .contains("before", "after", "relative residual of jets.pt", "Correlation of residuals")
        .endsWith("</svg>\n");
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(Files.readString(json)).contains("\"columns\"");
    assertThat(CommandRun.of("evaluate", jets, jetf, "--report", page).exitCode()).isNotZero();
    Path other = folder.resolve("other.html");
    CommandRun wrong = CommandRun.of("evaluate", jets, jetf, "--report", other, "--weight", "wt");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(other).doesNotExist();
  }

  @Test
  void mistakesAreExplained() throws IOException {
    Path jets = jets();
    Path jetf = compressed(jets);
    assertUsage("there is no metric 'p98'", "evaluate", jets, jetf, "--require", "pt.p98<1");
    assertUsage(
        "no column or quantity is called ptt; did you mean",
        "evaluate",
        jets,
        jetf,
        "--require",
        "ptt.max<1");
    assertUsage("is no matching", "evaluate", jets, jetf, "--match", "near");
    assertUsage("--weight", "evaluate", jets, jetf, "--weights-from", jets);
    CommandRun other =
        CommandRun.of(
            "evaluate", Tables.write(Tables.events(299, 7), folder.resolve("b.npz")), jetf);
    assertThat(other.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(other.err()).contains("cannot be compared").hasLineCount(1);
    CommandRun missing = CommandRun.of("evaluate", folder.resolve("none.npz"), jetf);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  private static void assertUsage(String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(message).hasLineCount(1);
  }
}
