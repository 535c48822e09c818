package org.jetfold.codec.density;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.testing.OtherJvm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event alone gives the intervals that it has in a block. */
class EventIntervalsTest {
  private static final int SECONDS_TO_COMPILE = 60;

  private static final int ROWS = 1000;

  private final Random random = new Random(11);
  private final long[][] symbols = RandomModels.symbols(random, 5, ROWS);
  private final int[] offsets = RandomModels.offsets(random, ROWS);
  private final DensityModel model = RandomModels.model(random, symbols, true, 20, 3, 0.5);

  static Iterable<Kernel> kernels() {
    return Kernels.all();
  }

  private long[][] ofEvent(int event) {
    long[][] some = new long[symbols.length][];
    for (int column = 0; column < some.length; column++) {
      some[column] = Arrays.copyOfRange(symbols[column], offsets[event], offsets[event + 1]);
    }
    return some;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void eventsAloneGetTheIntervalsOfTheBlock(Kernel kernel) {
    EventIntervals events = new EventIntervals(model, kernel);
    events.add(symbols, 3, (byte) 0);
    events.clear();
    for (int event = 0; event < offsets.length - 1; event++) {
      events.add(ofEvent(event), offsets[event + 1] - offsets[event], (byte) 0);
    }
    EventOrder order = EventOrder.of(offsets);
    Intervals together = new DensityEncoder(model, kernel).intervals(symbols, order);
    Intervals alone = events.ofBlock(symbols, order, 0);
    assertThat(alone.starts()).isDeepEqualTo(together.starts());
    assertThat(alone.ends()).isDeepEqualTo(together.ends());
    assertThat(alone.coded()).isDeepEqualTo(together.coded());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("kernels")
  void nothingIsAllocatedWhereThereIsRoom(Kernel kernel) {
    // Without the second compiler vectors are objects: see below.
    Assumptions.assumeTrue(kernel.name().startsWith("scalar") || kernel.equals(Kernels.best()));
    assertThat(allocated(kernel)).isZero();
  }

  @Tag("slow")
  @Test
  void vectorsAllocateNothing() throws Exception {
    OtherJvm.Run run =
        OtherJvm.run(
            List.of(OtherJvm.VECTORS), EventIntervalsTest.class, List.of(DensityModel.class));
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.lines("allocated ")).as(run.output()).containsExactly("allocated 0");
  }

  /** What the fastest kernel of this JVM allocates. */
  public static void main(String[] arguments) {
    System.out.println("allocated " + new EventIntervalsTest().allocated(Kernels.best()));
  }

  /** Vectors are objects until the compiler has seen them often enough; then they are none. */
  private long allocated(Kernel kernel) {
    EventIntervals events = new EventIntervals(model, kernel);
    long[][][] all = new long[offsets.length - 1][][];
    for (int event = 0; event < all.length; event++) {
      all[event] = ofEvent(event);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long giveUp = System.nanoTime() + SECONDS_TO_COMPILE * 1_000_000_000L;
    long allocated = Long.MAX_VALUE;
    while (allocated > 0 && System.nanoTime() < giveUp) {
      long before = threads.getCurrentThreadAllocatedBytes();
      events.clear();
      for (long[][] event : all) {
        events.add(event, event[0].length, (byte) 0);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    return allocated;
  }
}
