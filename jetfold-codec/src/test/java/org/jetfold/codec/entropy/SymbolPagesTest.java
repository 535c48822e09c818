package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Places of symbols that are far apart. */
class SymbolPagesTest {
  private static final int MARKED = 40;

  @Test
  void markedSymbolsHavePlacesInTheirOrderAndOthersNone() {
    for (int seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long range = 1L << random.nextInt(1, 26);
      long least = random.nextLong();
      if (least > Long.MAX_VALUE - range) {
        least = Long.MIN_VALUE;
      }
      long[] marked = new long[MARKED];
      for (int i = 0; i < MARKED; i++) {
        marked[i] = least + random.nextLong(range);
      }
      Arrays.sort(marked);
      SymbolPages.Marks marks = SymbolPages.Marks.between(marked[0], marked[MARKED - 1]);
      assertThat(marks).as("seed %d", seed).isNotNull();
      Arrays.stream(marked).forEach(marks::mark);
      SymbolPages pages = marks.pages();
      for (int i = 0; i < MARKED; i++) {
        int place = pages.place(marked[i]);
        assertThat(place).as("seed %d", seed).isBetween(256, pages.size() - 1);
        if (i > 0) {
          long apart = marked[i] - marked[i - 1];
          int placesApart = place - pages.place(marked[i - 1]);
          assertThat(placesApart > 0).isEqualTo(apart > 0);
          assertThat((long) placesApart).isLessThanOrEqualTo(apart);
        }
      }
      assertThat(pages.place(marked[0] - 1)).isLessThan(256);
      assertThat(pages.place(marked[MARKED - 1] + 256)).isLessThan(256);
      int[] symbols = new int[pages.size()];
      pages.forEach((symbol, place, count) -> {
        for (int i = 0; i < count; i++) {
          assertThat(pages.place(symbol + i)).isEqualTo(place + i);
          symbols[place + i]++;
        }
      });
      assertThat(Arrays.stream(symbols).skip(256)).containsOnly(1);
    }
  }

  @Test
  void whatIsTooFarApartOrTooMuchHasNoPages() {
    assertThat(SymbolPages.Marks.between(Long.MIN_VALUE, Long.MAX_VALUE)).isNull();
    assertThat(SymbolPages.Marks.between(0, 1L << 26)).isNull();
    SymbolPages.Marks marks = SymbolPages.Marks.between(0, 1L << 20);
    marks.mark(0, 1L << 20);
    assertThat(marks.pages()).isNull();
  }
}
