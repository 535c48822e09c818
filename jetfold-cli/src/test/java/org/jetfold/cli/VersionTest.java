package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetfold.codec.Compressor;
import org.junit.jupiter.api.Test;

/** Every place that names the version names the same one: see RELEASING.md. */
class VersionTest {
  private static final Path CHECKOUT = Path.of("..");

  private static List<String> found(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .distinct()
        .toList();
  }

  @Test
  void isTheSameEverywhere() throws IOException {
    String version = found(CHECKOUT.resolve("pom.xml"), "<revision>(.+)</revision>").getFirst();
    String released = version.replace("-SNAPSHOT", "");
    try (Stream<Path> folders = Files.list(CHECKOUT)) {
      for (Path pom : folders.map(folder -> folder.resolve("pom.xml")).toList()) {
        if (Files.exists(pom)) {
          assertThat(found(pom, "^    <version>(.+)</version>$"))
              .as(pom.toString())
              .containsExactly("${revision}");
        }
      }
    }
    assertThat(found(CHECKOUT.resolve("README.md"), "<version>(.+)</version>"))
        .containsExactly(version);
    assertThat(found(CHECKOUT.resolve("README.md"), "jetfold-([0-9][0-9.]*[0-9])"))
        .containsExactly(released);
    assertThat(found(CHECKOUT.resolve("CITATION.cff"), "^version: (.+)$"))
        .containsExactly(released);
    assertThat(found(CHECKOUT.resolve("python/pyproject.toml"), "^version = \"(.+)\"$"))
        .containsExactly(version.replace("-SNAPSHOT", ".dev0"));
    List<String> log = found(CHECKOUT.resolve("CHANGELOG.md"), "^## (.+)$");
    assertThat(log.getFirst()).startsWith(released + ", ");
    assertThat(log.getFirst().endsWith("not released yet")).isNotEqualTo(version.equals(released));
    assertThat(Compressor.PRODUCER).isEqualTo("jetfold " + released);
  }
}
