package org.jetfold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RandomCaseTest {
  @Test
  void aFailureSaysHowItComesBack() {
    List<Object> drawn = new ArrayList<>();
    RandomCase.Property property =
        any -> {
          drawn.clear();
          drawn.add(any.between(1, 50));
          drawn.add(any.bits());
          drawn.add(any.number());
          drawn.add(any.oneOf("a", "b"));
          if ((int) drawn.getFirst() > 20) {
            throw new IOException("too large");
          }
        };
    Throwable failure = catchThrowable(() -> RandomCase.each(1000, property));
    List<Object> failed = List.copyOf(drawn);
    assertThat(failure)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fails with " + failed)
        .cause()
        .hasMessage("too large");
    Matcher way = Pattern.compile("-D(\\S+)=(-?\\d+)").matcher(failure.getMessage());
    assertThat(way.find()).isTrue();
    System.setProperty(way.group(1), way.group(2));
    try {
      assertThatThrownBy(() -> RandomCase.each(1, property)).hasMessage(failure.getMessage());
      assertThat(drawn).isEqualTo(failed);
    } finally {
      System.clearProperty(way.group(1));
    }
  }

  @Test
  void everyRunDrawsOtherCases() {
    Set<Long> bits = new HashSet<>();
    RandomCase.each(100, any -> bits.add(any.bits()));
    RandomCase.each(100, any -> bits.add(any.bits()));
    assertThat(bits).hasSize(200);
  }

  @Test
  void rangesAreReachedAndKept() {
    Set<Integer> small = new HashSet<>();
    Set<Long> large = new HashSet<>();
    Set<Integer> magnitudes = new HashSet<>();
    RandomCase.each(
        10_000,
        any -> {
          small.add(any.between(-2, 3));
          long dividend = any.between(0, Long.MAX_VALUE);
          assertThat(dividend).isNotNegative();
          large.add(dividend);
          assertThat(any.between(Long.MIN_VALUE, 5)).isLessThanOrEqualTo(5);
          assertThat(any.between(0.5, 1)).isBetween(0.5, 1.0);
          assertThat(any.number()).isFinite();
          magnitudes.add(Long.numberOfLeadingZeros(any.integer()));
          assertThat(any.integers(1, 4)).hasSizeBetween(1, 4);
          assertThat(any.numbers(0, 4)).hasSizeBetween(0, 4);
          assertThat(any.between(7, 7)).isEqualTo(7);
        });
    assertThat(small).containsExactlyInAnyOrder(-2, -1, 0, 1, 2, 3);
    assertThat(large).contains(0L, 1L, 2L, 3L, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    assertThat(magnitudes).hasSize(65);
  }
}
