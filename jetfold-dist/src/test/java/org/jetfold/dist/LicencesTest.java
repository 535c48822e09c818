package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The archives hold the text of every licence that their libraries are under. */
final class LicencesTest {
  private static final Path LICENCES = Path.of("src/main/licences");
  private static final String IN_JAR = "jar:";

  /** As in " group:name:jar:version:scope:/path/name.jar -- module of.it". */
  private static final Pattern LIBRARY = Pattern.compile("^ +([^: ]+:[^: ]+):.*?:(/.*?\\.jar)\\b");

  /** The jars of the full archive by name, as the build of the command lists them. */
  private static Map<String, Path> libraries() throws IOException {
    Map<String, Path> libraries = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../jetfold-cli/target/dependencies.txt"))) {
      Matcher library = LIBRARY.matcher(line);
      if (library.find()) {
        libraries.put(library.group(1), Path.of(library.group(2)));
      }
    }
    return libraries;
  }

  /** The texts of each library's licences, as the page lists them. */
  private static Map<String, List<String>> listed() throws IOException {
    Map<String, List<String>> listed = new TreeMap<>();
    for (String line : Files.readAllLines(LICENCES.resolve("README.md"))) {
      String[] cells = line.split(" *\\| *", -1);
      if (cells.length == 5 && cells[1].contains(":")) {
        assertThat(cells[2]).as(line).isNotBlank();
        listed.put(cells[1], List.of(cells[3].split(", ", -1)));
      }
    }
    return listed;
  }

  @Test
  void everyLibraryIsListed() throws IOException {
    assertThat(libraries()).hasSizeGreaterThan(20);
    assertThat(listed().keySet())
        .as("a library that is new, or gone, changes src/main/licences/README.md")
        .isEqualTo(libraries().keySet());
  }

  @Test
  void everyTextIsThere() throws IOException {
    Map<String, Path> libraries = libraries();
    TreeSet<String> texts = new TreeSet<>();
    for (Map.Entry<String, List<String>> library : listed().entrySet()) {
      for (String text : library.getValue()) {
        if (text.startsWith(IN_JAR)) {
          try (JarFile jar = new JarFile(libraries.get(library.getKey()).toFile())) {
            assertThat(jar.getEntry(text.substring(IN_JAR.length())))
                .as("%s in %s", text, library.getKey())
                .isNotNull();
          }
        } else if (text.equals("LICENSE")) {
          assertThat(Path.of("..", text)).exists();
        } else {
          texts.add(text);
        }
      }
    }
    try (Stream<Path> files = Files.list(LICENCES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(texts.stream(), Stream.of("README.md")).toList());
    }
  }
}
