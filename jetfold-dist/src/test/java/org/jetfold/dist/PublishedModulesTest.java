package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published has the metadata that repositories ask for, and is in the BOM. */
final class PublishedModulesTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final String BOM = "jetfold-bom";

  private static List<Path> published() throws IOException {
    List<Path> poms;
    try (Stream<Path> folders = Files.list(CHECKOUT)) {
      poms =
          folders
              .filter(folder -> folder.getFileName().toString().startsWith("jetfold-"))
              .map(folder -> folder.resolve("pom.xml"))
              .filter(Files::exists)
              .toList();
    }
    List<Path> published = new ArrayList<>();
    for (Path pom : poms) {
      if (!Files.readString(pom).contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
        published.add(pom);
      }
    }
    return published;
  }

  @Test
  void haveTheirMetadata() throws IOException {
    String parent = Files.readString(CHECKOUT.resolve("pom.xml"));
    assertThat(parent)
        .contains("  <name>", "  <url>", "  <licenses>", "  <developers>", "    <connection>");
    for (Path pom : published()) {
      assertThat(Files.readString(pom))
          .as(pom.toString())
          .contains("  <name>Jetfold", "  <description>", "<version>${revision}</version>");
    }
  }

  @Test
  void areInTheBom() throws IOException {
    TreeSet<String> listed = new TreeSet<>();
    Pattern.compile("        <artifactId>(jetfold-.+)</artifactId>")
        .matcher(Files.readString(CHECKOUT.resolve(BOM).resolve("pom.xml")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(listed::add);
    assertThat(
            published().stream()
                .map(pom -> pom.getParent().getFileName().toString())
                .filter(name -> !name.equals(BOM)))
        .containsExactlyInAnyOrderElementsOf(listed);
  }
}
