package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/cli.md has every command and every option, and no others. */
final class CommandPageTest {
  private static final Pattern OPTION = Pattern.compile("--(\\[no-])?[a-z][a-z-]*");

  /** In the help of a command with subcommands, a line for each. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z-]*)  ");

  @Test
  void hasAllCommandsAndOptions() throws IOException {
    String page =
        Files.readString(Checkout.sample().getParent().resolveSibling("docs").resolve("cli.md"));
    Set<String> options = new TreeSet<>();
    for (String command : commands()) {
      options.addAll(options(help(command)));
      assertThat(page).contains("jetfold " + command);
    }
    assertThat(options).hasSizeGreaterThan(50);
    assertThat(options(page)).isEqualTo(options);
  }

  private static Set<String> commands() {
    Set<String> commands = matches(COMMAND, CommandRun.fine("--help").text(), 1);
    commands.remove("study");
    matches(COMMAND, CommandRun.fine("study", "--help").text(), 1)
        .forEach(study -> commands.add("study " + study));
    return commands;
  }

  private static String help(String command) {
    return CommandRun.fine((Object[]) (command + " --help").split(" ", -1)).text();
  }

  private static Set<String> options(String text) {
    return matches(OPTION, text, 0);
  }

  private static Set<String> matches(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
