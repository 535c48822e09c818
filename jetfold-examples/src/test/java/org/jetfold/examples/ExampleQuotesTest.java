package org.jetfold.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README and the Javadoc show nothing but lines of examples, and these are short. */
final class ExampleQuotesTest {
  /** The most lines of a program, without that of its package. */
  private static final int MAX_LINES = 40;

  private static final Path ROOT = Path.of(System.getProperty("jetfold.root"));
  private static final Pattern README_BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern JAVADOC_BLOCK =
      Pattern.compile("(?ms)^ \\* <pre>\\{@code\\n(.*?)^ \\* \\}</pre>$");

  private static List<Path> programs() throws IOException {
    Path folder = ROOT.resolve("jetfold-examples/src/main/java/org/jetfold/examples");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("package-info.java")).sorted().toList();
    }
  }

  /** The lines without indentation, blank ones left out, each with a line feed. */
  private static String stripped(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static List<String> blocks(String file, Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static void checkQuoted(String file, List<String> blocks) throws IOException {
    assertThat(blocks).as("blocks of Java in %s", file).isNotEmpty();
    for (String block : blocks) {
      List<String> lines = block.lines().map(line -> line.replaceFirst("^ \\* ?", "")).toList();
      String quote = stripped(String.join("\n", lines.subList(1, lines.size() - 1)));
      List<Path> sources = new ArrayList<>();
      for (Path program : programs()) {
        if (stripped(Files.readString(program)).contains(quote)) {
          sources.add(program);
        }
      }
      assertThat(sources).as("examples with these lines of %s:%n%s", file, quote).isNotEmpty();
    }
  }

  @Test
  void theReadmeQuotesExamples() throws IOException {
    checkQuoted("README.md", blocks("README.md", README_BLOCK));
  }

  @TestFactory
  Stream<DynamicTest> theJavadocQuotesExamples() {
    return Stream.of("BlockSplit", "Compressor", "Decompressor", "StreamingCompressor")
        .map(name ->
            dynamicTest(
                name,
                () -> {
                  String file =
                      "jetfold-codec/src/main/java/org/jetfold/codec/%s.java".formatted(name);
                  checkQuoted(file, blocks(file, JAVADOC_BLOCK));
                }));
  }

  @TestFactory
  Stream<DynamicTest> aProgramIsShort() throws IOException {
    return programs().stream()
        .map(program ->
            dynamicTest(
                program.getFileName().toString(),
                () ->
                    assertThat(Files.readAllLines(program))
                        .hasSizeLessThanOrEqualTo(MAX_LINES + 1)));
  }
}
