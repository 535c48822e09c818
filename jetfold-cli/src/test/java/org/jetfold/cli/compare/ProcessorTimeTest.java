package org.jetfold.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** How long work takes, however short it is. */
final class ProcessorTimeTest {
  private long now;

  /** Rounds of some nanoseconds, one after the other until they are enough; how many there were. */
  private int measured(ProcessorTime time, long... nanoseconds) {
    int rounds = 0;
    do {
      for (int part = 0; part < 2; part++) {
        time.start();
        now += nanoseconds[rounds % nanoseconds.length] / 2;
        time.stop();
        now += 1_000_000;
      }
      rounds++;
    } while (time.another());
    return rounds;
  }

  @Test
  void shortWorkIsDoneUntilItIsEnough() {
    ProcessorTime time = new ProcessorTime(0.1, () -> now);
    assertThat(measured(time, 30_000_000, 20_000_000, 25_000_000)).isEqualTo(4);
    assertThat(time.seconds()).isEqualTo(0.02, within(1e-12));

    ProcessorTime tiny = new ProcessorTime(0.1, () -> now);
    assertThat(measured(tiny, 2_000)).isEqualTo(1000);
    assertThat(tiny.seconds()).isEqualTo(2e-6, within(1e-12));
  }

  @Test
  void longWorkAndWarmingUpAreDoneOnce() {
    ProcessorTime time = new ProcessorTime(0.1, () -> now);
    assertThat(measured(time, 3_000_000_000L)).isEqualTo(1);
    assertThat(time.seconds()).isEqualTo(3, within(1e-9));
    assertThat(measured(new ProcessorTime(0, () -> now), 2_000)).isEqualTo(1);
  }

  @Test
  void whatCannotBeMeasuredIsNoNumber() {
    ProcessorTime time = new ProcessorTime(0.1, () -> 0);
    assertThat(measured(time, 2_000)).isEqualTo(1);
    assertThat(time.seconds()).isNaN();
    // Nor is what was never done.
    ProcessorTime idle = new ProcessorTime(0.1);
    assertThat(idle.another()).isFalse();
    assertThat(idle.seconds()).isNaN();
  }
}
