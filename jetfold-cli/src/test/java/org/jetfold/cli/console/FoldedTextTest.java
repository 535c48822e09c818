package org.jetfold.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldedTextTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 27, 500})
  void linesAreNotTooLongAndNothingIsLost(int count) {
    List<String> items =
        IntStream.range(0, count).mapToObj(i -> "column%d after pt, eta".formatted(i)).toList();
    List<String> lines = FoldedText.of("decoded ", items, "; ");
    assertThat(lines).allMatch(line -> line.length() <= 100 && !line.endsWith(" "));
    assertThat(lines.stream().skip(1)).allMatch(line -> line.startsWith("  c"));
    assertThat(String.join(" ", lines.stream().map(String::strip).toList()))
        .isEqualTo("decoded " + String.join("; ", items));
  }

  @Test
  void anItemThatIsTooLongHasALineOfItsOwn() {
    String item = "x".repeat(150);
    assertThat(FoldedText.of("a ", List.of("b", item, "c"), ", "))
        .containsExactly("a b,", "  " + item + ",", "  c");
  }
}
