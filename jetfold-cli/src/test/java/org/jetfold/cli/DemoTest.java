package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo runs, holds what it promises and fits on a screen. */
@Tag("slow")
final class DemoTest {
  private static final int WIDTH = 100;

  @Test
  void tableOfAllColumnsWithTotals() {
    CommandRun run = CommandRun.fine("demo");
    String text = run.text();
    assertThat(run.err()).isEmpty();
    assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= WIDTH);
    assertThat(text)
        .contains("5,000 events, 19,277 jets")
        .contains("LeadingClusterSecondLambda")
        .contains("rel:0.004");
    assertThat(text).contains("All 530,479 restored values are within their bounds");
    assertThat(text).doesNotContain("VIOLATED").doesNotContain("CHANGED").doesNotContain("\u001b");
    String ratios = text.lines().filter(line -> line.startsWith("ratio")).findFirst().orElseThrow();
    List<Double> numbers =
        Arrays.stream(ratios.split(" +", -1)).skip(1).map(Double::valueOf).toList();
    assertThat(numbers).hasSize(4);
    assertThat(numbers.get(2)).as("beside truncation and zstd").isGreaterThan(1.3 * numbers.get(1));
    assertThat(numbers.get(3)).as("with the model").isGreaterThan(1.15 * numbers.get(2));
  }
}
