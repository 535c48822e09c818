package org.jetfold.root.streamer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackedRangeTest {
  @Test
  void rangesBitsAndNone() {
    assertThat(PackedRange.of("d[-2.71,10,30]"))
        .isEqualTo(new PackedRange((1L << 30) / (10 + 2.71), -2.71, 0));
    assertThat(PackedRange.of("[0,1]")).isEqualTo(new PackedRange(0xFFFFFFFFL, 0, 0));
    assertThat(PackedRange.of("[fN][0,0,8] momentum")).isEqualTo(new PackedRange(0, 0, 8));
    assertThat(PackedRange.of("[0,0,20]")).isEqualTo(PackedRange.NONE);
    assertThat(PackedRange.of("momentum")).isEqualTo(PackedRange.NONE);
    assertThat(PackedRange.of("broken[1,")).isEqualTo(PackedRange.NONE);
  }

  @Test
  void endsMayBeMultiplesOfPi() {
    PackedRange range = PackedRange.of("[-pi,twopi,16]");
    assertThat(range.minimum()).isEqualTo(-Math.PI);
    assertThat(range.factor()).isEqualTo((1 << 16) / (3 * Math.PI));
    assertThat(PackedRange.of("[-pi/2,pi/4]").minimum()).isEqualTo(-Math.PI / 2);
  }
}
