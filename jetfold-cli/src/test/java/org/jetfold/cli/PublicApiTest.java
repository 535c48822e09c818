package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users of the libraries can see is what the pages in {@code docs/api} say, so that a change
 * of it shows in review.
 */
class PublicApiTest {
  private static final String UPDATE = "api.update";

  private static final String COMMAND =
      "./mvnw -pl jetfold-cli -am test -Dtest=PublicApiTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + UPDATE
          + "=true";

  @ParameterizedTest
  @ValueSource(strings = {"codec", "root", "study", "tables", "train"})
  void isAsThePageSays(String module) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("# What users of org.jetfold." + module + " can see; written by a test:");
    lines.add("# " + COMMAND);
    lines.addAll(new PublicApi("org.jetfold." + module).lines());
    Path page = Path.of("..", "docs", "api", module + ".txt");
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(page.getParent());
      Files.write(page, lines);
    }
    assertThat(lines)
        .as("docs/api/%s.txt; if the change is meant, write it anew: %s", module, COMMAND)
        .containsExactlyElementsOf(Files.readAllLines(page));
  }

  /** Each type that users see is one that cannot change freely any more. */
  @Test
  void theCodecShowsFewTypes() throws Exception {
    assertThat(new PublicApi("org.jetfold.codec").topLevelTypes()).isLessThanOrEqualTo(60);
  }
}
