package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.format.TableFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, and commands that are no commands. */
final class HelpTest {
  private static final int WIDTH = 100;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compress",
        "train",
        "decompress",
        "head",
        "reduce",
        "inspect",
        "verify",
        "evaluate",
        "compare",
        "scan",
        "export",
        "bench",
        "study",
        "demo"
      })
  void everyCommandHasHelp(String command) {
    CommandRun run = CommandRun.fine(command, "--help");
    assertThat(run.text()).contains("Usage: jetfold " + command).contains("--help");
    assertThat(run.text().lines()).allMatch(line -> line.length() <= WIDTH);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void whatAModelMeansWithoutPrecisionIsSaidOfEachKind() {
    assertThat(CommandRun.fine("compress", "--help").text().replaceAll("\\s+", " "))
        .contains("columns of a density model get the precision that it was trained for")
        .contains("an autoencoder is given every bit");
  }

  /** Options that are for one kind of model stand together, as the help says. */
  @Test
  void optionsOfAutoencodersFollowOneAnother() {
    String help = CommandRun.fine("train", "--help").text();
    assertThat(help.replaceAll("\\s+", " ")).contains("options from --preset on, except --unit");
    List<String> names =
        Pattern.compile("(?m)^ {2}(?:-\\w,|   ) --(?:\\[no-])?([a-z-]+)")
            .matcher(help)
            .results()
            .map(found -> found.group(1))
            .toList();
    int first = names.indexOf("preset");
    assertThat(first).isPositive();
    for (String name : names) {
      if (name.equals("help") || name.equals("output")) {
        continue;
      }
      String option =
          switch (name) {
            case "batch-norm", "resume", "force", "quiet", "skip-unreadable" -> "--" + name;
            case "weights" -> "--weights=pt=1";
            case "unit" -> "--unit=GeV";
            case "codec" -> "--codec=density";
            default -> "--" + name + "=1";
          };
      boolean isRefused =
          CommandRun.of("train", "missing.npz", "-o", "x.jetm", option)
              .err()
              .contains("requires --codec autoencoder");
      assertThat(isRefused)
          .as(name)
          .isEqualTo(names.indexOf(name) >= first && !name.equals("unit"));
    }
  }

  @Test
  void formatsAndDefaultsAreSaidAsTheyAre() {
    String train = CommandRun.fine("train", "--help").text().replaceAll("\\s+", " ");
    String decompress = CommandRun.fine("decompress", "--help").text().replaceAll("\\s+", " ");
    for (TableFormat format : TableFormats.all()) {
      assertThat(train).containsPattern("input's format: [^.]*\\b" + format.shortName() + "\\b");
      assertThat(
              Pattern.compile("output's format: [^.]*\\b" + format.shortName() + "\\b")
                  .matcher(decompress)
                  .find())
          .as(format.name())
          .isEqualTo(format.isWritten());
      assertThat(train)
          .containsPattern("Tables with the same columns \\([^)]*\\b" + format.name() + "\\b");
    }
    assertThat(train).contains("Default: jets for a density model, exact for an autoencoder");
  }

  @Test
  void programHasHelpAndVersion() {
    assertThat(CommandRun.fine("--help").text())
        .contains("compress")
        .contains("Exit codes")
        .contains("jetfold demo");
    assertThat(CommandRun.fine().text()).isEqualTo(CommandRun.fine("-h").text());
    assertThat(CommandRun.fine("--version").text()).startsWith("jetfold ");
  }

  @Test
  void helpIsACommand() {
    assertThat(CommandRun.fine("help").text()).isEqualTo(CommandRun.fine("--help").text());
    assertThat(CommandRun.fine("help", "compress").text())
        .isEqualTo(CommandRun.fine("compress", "--help").text());
    assertThat(CommandRun.fine("help", "study", "dimension").text())
        .isEqualTo(CommandRun.fine("study", "dimension", "--help").text());
    CommandRun near = CommandRun.of("help", "compres");
    assertThat(near.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(near.err()).contains("did you mean compress").hasLineCount(1);
  }

  @Test
  void nearCommandsAreSuggested() {
    CommandRun run = CommandRun.of("compres", "x.npz");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("there is no command 'compres'; did you mean compress")
        .hasLineCount(1);
    CommandRun option = CommandRun.of("compress", "x.npz", "--presicion", "jets");
    assertThat(option.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(option.err()).contains("did you mean --precision").hasLineCount(1);
  }

  @Test
  void missingAndWrongArguments() {
    for (String[] arguments :
        new String[][] {
          {"compress"},
          {"verify"},
          {"export", "a", "b"},
          {"compress", "a.npz", "-T", "many"},
          {"compress", "a.npz", "-T", "0"}
        }) {
      CommandRun run = CommandRun.of((Object[]) arguments);
      assertThat(run.exitCode()).as(String.join(" ", arguments)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).startsWith("jetfold: ").hasLineCount(1);
    }
  }
}
