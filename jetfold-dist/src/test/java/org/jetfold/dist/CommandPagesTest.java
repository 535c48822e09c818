package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual and the completion know every command, also those that the program makes late. */
final class CommandPagesTest {
  @TempDir Path folder;

  @Test
  void knowAllCommands() throws IOException {
    Path completion = folder.resolve("completion/jetfold");
    CommandPages.write(folder.resolve("pages"), completion);
    List<String> commands =
        List.of(
            "demo",
            "list",
            "compress",
            "train",
            "scan",
            "export",
            "bench",
            "decompress",
            "head",
            "reduce",
            "inspect",
            "verify",
            "evaluate",
            "tune",
            "compare",
            "study",
            "study-bump-hunt",
            "study-dimension",
            "study-double-quantization");
    try (Stream<Path> pages = Files.list(folder.resolve("pages"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .contains("jetfold.adoc")
          .containsAll(commands.stream().map(name -> "jetfold-" + name + ".adoc").toList());
    }
    assertThat(Files.readString(folder.resolve("pages/jetfold-compress.adoc")))
        .contains("jetfold-compress(1)", "*--precision*", "*--help*")
        // What help texts say of the formats is filled in.
        .contains("Parquet")
        .doesNotContain("${");
    String script = Files.readString(completion);
    for (String command : commands) {
      assertThat(script).contains(command.substring(command.indexOf('-') + 1));
    }
    assertThat(script).contains("'--precision'");
  }
}
