package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TuneTest {
  @TempDir Path folder;
  private Path jets;
  private Path rules;

  @BeforeEach
  void writeJets() throws IOException {
    jets = Tables.write(Tables.events(2000, 7), folder.resolve("jets.npz"));
    rules = folder.resolve("rules.txt");
  }

  /** What tune finds for a target, compress takes, and evaluate agrees. */
  @Test
  void itsRulesMeetTheTarget() throws IOException {
    String target = "pt.max<=0.01,eta.abs.max<=0.005,HT.resolution<0.004";
    CommandRun found = CommandRun.fine("tune", jets, "--target", target, "-o", rules);
    assertThat(found.text()).contains("limited by").contains("ok       eta.abs.max<=0.005");
    assertThat(Files.readString(rules))
        .startsWith("# found by jetfold tune for " + target + "\n")
        .contains("eta=abs:0.005:dither\n");
    CommandRun.fine("compress", jets, "-q", "--precision", "@" + rules);
    CommandRun.fine("evaluate", jets, folder.resolve("jets.jetf"), "--require", target);
    CommandRun again = CommandRun.of("tune", jets, "--target", target, "-o", rules);
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("exists already");
  }

  /** What is defined, what is usual for jets, and what only some events count for. */
  @Tag("slow")
  @Test
  void derivedQuantitiesAreTargets() throws IOException {
    String target = "square.rms<0.002,dR.abs.p99<0.003,HT.resolution<0.004";
    Object[] options = {"--derive", "square = pt^2", "--jets", "jets", "--weight", "weight"};
    List<Object> tune = new ArrayList<>(List.of("tune", jets, "--target", target, "-o", rules));
    tune.addAll(List.of(options));
    CommandRun found = CommandRun.fine(tune.toArray());
    assertThat(found.text()).contains("ok       square.rms<0.002", "ok       dR.abs.p99<0.003");
    assertThat(Files.readString(rules)).contains("jets.pt=rel:", "jets.eta=abs:", "jets.phi=abs:");
    CommandRun.fine("compress", jets, "-q", "--precision", "@" + rules);
    List<Object> evaluate =
        new ArrayList<>(
            List.of("evaluate", jets, folder.resolve("jets.jetf"), "--require", target));
    evaluate.addAll(List.of(options));
    CommandRun.fine(evaluate.toArray());
    CommandRun near = CommandRun.of("tune", jets, "--target", "mjjj.mean<1");
    assertThat(near.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(near.err()).contains("did you mean mjj").hasLineCount(1);
  }

  @Tag("slow")
  @Test
  void whatNothingMeetsLeavesNoRules() throws IOException {
    CommandRun found = CommandRun.of("tune", jets, "--target", "pt.max<0", "-o", rules);
    assertThat(found.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(found.text())
        .contains("BROKEN   pt.max<0")
        .contains("no setting was found that meets pt.max<0: the nearest has 0");
    assertThat(rules).doesNotExist();
  }

  /** A target far below what floats of these sizes can be rounded to. */
  @Test
  void whatOnlyExactValuesMeetIsSaid() throws IOException {
    CommandRun found = CommandRun.of("tune", jets, "--target", "HT.rms<1e-12", "-o", rules);
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(found.err())
        .containsPattern(
            "warning: only exact values of jets.pt meet HT.rms<1e-12: the nearest settings are"
                + " rel:\\S+, with \\d.*e-")
        .hasLineCount(1);
    assertThat(Files.readString(rules)).endsWith("*=exact\n");
    CommandRun.fine("compress", jets, "-q", "--precision", "@" + rules);
    CommandRun outright = CommandRun.of("tune", jets, "--target", "eta.abs.max<=1e-12");
    assertThat(outright.err())
        .contains("only exact values of jets.eta meet eta.abs.max<=1e-12: the nearest settings");
    assertThat(CommandRun.fine("tune", jets, "--target", "pt.max<=0.01").err()).isEmpty();
    // The weights are read beside the columns that are chosen.
    CommandRun.fine(
        "tune", jets, "--target", "pt.max<=0.01", "--columns", "pt", "--weight", "weight");
  }

  @Test
  void badInput() throws IOException {
    CommandRun unknown = CommandRun.of("tune", jets, "--target", "ptt.max<1");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("no column or quantity is called ptt");
    CommandRun none = CommandRun.of("tune", jets);
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    Path one = Tables.write(Tables.flat(1, 1), folder.resolve("one.npz"));
    CommandRun single = CommandRun.of("tune", one, "--target", "*.max<1");
    assertThat(single.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(single.err()).contains("one.npz: has fewer than two events");
  }

  @Test
  void rulesMayStandInAFile() throws IOException {
    Files.writeString(rules, "# a comment\npt=rel:0.01,eta=abs:0.01 # two\n\n*=bits:10\n");
    CommandRun.fine("compress", jets, "-q", "--precision", "@" + rules);
    assertThat(CommandRun.fine("inspect", folder.resolve("jets.jetf")).text())
        .contains("rel:0.01")
        .contains("abs:0.01")
        .contains("bits:10");
    CommandRun missing =
        CommandRun.of("compress", jets, "-f", "--precision", "@" + folder.resolve("no.txt"));
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err()).contains("no.txt: there is no such file");
  }
}
