package org.jetfold.codec.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a model codes comes back, whatever the model, with the same bytes from every kernel. */
class DensityCodingTest {
  private static byte[][] encoded(
      DensityModel model, Kernel kernel, long[][] symbols, EventOrder order) {
    ByteWriter[] out = new ByteWriter[symbols.length];
    Arrays.setAll(out, column -> new ByteWriter());
    DensityEncoder encoder = new DensityEncoder(model, kernel);
    encoder.encode(encoder.intervals(symbols, order), order, out);
    byte[][] bytes = new byte[out.length][];
    Arrays.setAll(bytes, column -> out[column].toByteArray());
    return bytes;
  }

  private static long[][] decoded(
      DensityModel model, Kernel kernel, byte[][] bytes, int columns, EventOrder order) {
    ByteReader[] in = new ByteReader[columns];
    Arrays.setAll(in, column -> new ByteReader(bytes[column], 0));
    return new DensityDecoder(model, kernel).decode(in, order);
  }

  @Tag("slow")
  @Test
  void comesBackWithTheSameBytesFromEveryKernel() {
    RandomCase.each(
        15,
        any -> {
          int columns = any.between(1, 9);
          int rows = any.between(0, 300);
          boolean events = any.flag();
          int hidden = any.between(0, 40);
          int components = any.between(1, 5);
          int logSize = any.between(-3, 6);
          Random random = new Random(any.bits());
          long[][] known = RandomModels.symbols(random, columns, 500);
          DensityModel model =
              RandomModels.model(
                  random, known, events, hidden, components, Math.pow(10, logSize / 1.5));
          // Other symbols than those that the model knows: some are escapes.
          long[][] symbols = RandomModels.symbols(random, columns, rows);
          EventOrder order =
              events
                  ? EventOrder.of(RandomModels.offsets(random, rows))
                  : EventOrder.withoutEvents(rows);
          byte[][] expected = null;
          for (Kernel kernel : Kernels.all()) {
            byte[][] bytes = encoded(model, kernel, symbols, order);
            if (expected == null) {
              expected = bytes;
            }
            assertThat(bytes).as(kernel.name()).isDeepEqualTo(expected);
            assertThat(decoded(model, kernel, bytes, columns, order))
                .as(kernel.name())
                .isDeepEqualTo(symbols);
          }
        });
  }

  @Tag("slow")
  @Test
  void damagedStreamsOfExpectedCellsAreRefusedOrReadAsWithoutExpectation() {
    RandomCase.each(
        200,
        any -> {
          int rows = any.between(1, 300);
          Random random = new Random(any.bits());
          long[][] symbols = RandomModels.symbols(random, 3, rows);
          DensityModel model = RandomModels.model(random, symbols, true, 12, 2, 1);
          EventOrder order = EventOrder.of(RandomModels.offsets(random, rows));
          char[][] cells =
              new DensityEncoder(model, Kernels.best()).intervals(symbols, order).cells();
          byte[][] bytes = encoded(model, Kernels.best(), symbols, order);
          assertThat(decodedAsExpected(model, bytes, cells, order)).isDeepEqualTo(symbols);
          byte[] damaged = bytes[random.nextInt(3)];
          if (damaged.length == 0) {
            return;
          }
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
          long[][] read;
          try {
            read = decodedAsExpected(model, bytes, cells, order);
          } catch (MalformedBytesException _) {
            return;
          }
          assertThat(decoded(model, Kernels.best(), bytes, 3, order)).isDeepEqualTo(read);
        });
  }

  @Test
  void aCellThatIsNotInTheStreamIsRefused() {
    RandomCase.each(
        100,
        any -> {
          int rows = any.between(1, 300);
          Random random = new Random(any.bits());
          long[][] symbols = RandomModels.symbols(random, 3, rows);
          DensityModel model = RandomModels.model(random, symbols, true, 12, 2, 1);
          EventOrder order = EventOrder.of(RandomModels.offsets(random, rows));
          char[][] cells =
              new DensityEncoder(model, Kernels.best()).intervals(symbols, order).cells();
          byte[][] bytes = encoded(model, Kernels.best(), symbols, order);
          int column = random.nextInt(3);
          int choices = model.alphabets().get(column).cells();
          if (choices < 2) {
            return;
          }
          int row = random.nextInt(rows);
          cells[column][row] =
              (char) ((cells[column][row] + 1 + random.nextInt(choices - 1)) % choices);
          assertThatThrownBy(() -> decodedAsExpected(model, bytes, cells, order))
              .isInstanceOf(MalformedBytesException.class)
              .hasMessageContaining("outside of the cell");
        });
  }

  private static long[][] decodedAsExpected(
      DensityModel model, byte[][] bytes, char[][] cells, EventOrder order) {
    ByteReader[] in = new ByteReader[bytes.length];
    Arrays.setAll(in, column -> new ByteReader(bytes[column], 0));
    return new DensityDecoder(model, Kernels.best())
        .decodeExpected(in, new long[in.length][], order, cells);
  }

  @Test
  void manyRowsUseManyStates() {
    Random random = new Random(5);
    long[][] symbols = RandomModels.symbols(random, 4, 9000);
    DensityModel model = RandomModels.model(random, symbols, true, 16, 3, 0.5);
    EventOrder order = EventOrder.of(RandomModels.offsets(random, 9000));
    byte[][] bytes = encoded(model, Kernels.best(), symbols, order);
    assertThat(decoded(model, Kernels.best(), bytes, 4, order)).isDeepEqualTo(symbols);
  }

  @Test
  void firstColumnsDecodeAlone() {
    RandomCase.each(
        20,
        any -> {
          int columns = any.between(1, 5);
          Random random = new Random(any.bits());
          long[][] symbols = RandomModels.symbols(random, 5, 200);
          DensityModel model = RandomModels.model(random, symbols, true, 20, 2, 0.7);
          EventOrder order = EventOrder.of(RandomModels.offsets(random, 200));
          byte[][] bytes = encoded(model, Kernels.best(), symbols, order);
          assertThat(decoded(model, Kernels.best(), bytes, columns, order))
              .isDeepEqualTo(Arrays.copyOf(symbols, columns));
        });
  }

  @Test
  void anEventGivesTheSameBitsAloneAsAmongOthers() {
    RandomCase.each(
        20,
        any -> {
          Random random = new Random(any.bits());
          long[][] symbols = RandomModels.symbols(random, 3, 40);
          DensityModel model = RandomModels.model(random, symbols, true, 12, 2, 1);
          int[] offsets = RandomModels.offsets(random, 40);
          EventOrder order = EventOrder.of(offsets);
          Intervals all = Intervals.of(model, symbols, order);
          int[] positions = new int[40];
          for (int position = 0; position < 40; position++) {
            positions[order.row(position)] = position;
          }
          for (int event = 0; event + 1 < offsets.length; event++) {
            int from = offsets[event];
            int to = offsets[event + 1];
            long[][] alone = new long[3][];
            Arrays.setAll(alone, column -> Arrays.copyOfRange(symbols[column], from, to));
            Intervals one = Intervals.of(model, alone, EventOrder.of(new int[] {0, to - from}));
            for (int column = 0; column < 3; column++) {
              // An event's rows alone are coded as they stand.
              for (int row = from; row < to; row++) {
                assertThat(one.starts()[column][row - from])
                    .isEqualTo(all.starts()[column][positions[row]]);
                assertThat(one.ends()[column][row - from])
                    .isEqualTo(all.ends()[column][positions[row]]);
              }
            }
          }
        });
  }

  @Test
  void everySymbolOfEveryColumnKeepsACount() {
    RandomCase.each(
        20,
        any -> {
          int logSize = any.between(-2, 20);
          Random random = new Random(any.bits());
          long[][] symbols = RandomModels.symbols(random, 4, 300);
          DensityModel model =
              RandomModels.model(random, symbols, false, 10, 3, Math.pow(2, Math.min(logSize, 17)));
          Intervals intervals = Intervals.of(model, symbols, EventOrder.withoutEvents(300));
          for (int column = 0; column < 4; column++) {
            for (int row = 0; row < 300; row++) {
              assertThat(intervals.ends()[column][row])
                  .isGreaterThan(intervals.starts()[column][row]);
              assertThat(intervals.starts()[column][row]).isNotNegative();
              assertThat(intervals.ends()[column][row]).isLessThanOrEqualTo(1 << Kernel.PRECISION);
            }
          }
        });
  }

  @Test
  void anUntrainedNetworkIsTheStaticModel() {
    Random random = new Random(8);
    long[][] symbols = RandomModels.symbols(random, 3, 20_000);
    DensityModel model = RandomModels.model(random, symbols, false, 8, 1, 1e-12);
    Intervals intervals = Intervals.of(model, symbols, EventOrder.withoutEvents(20_000));
    for (int column = 0; column < 3; column++) {
      double bits = 0;
      for (int row = 0; row < 20_000; row++) {
        bits -=
            Math.log(intervals.ends()[column][row] - intervals.starts()[column][row]) / Math.log(2);
      }
      bits = bits / 20_000 + Kernel.PRECISION;
      assertThat(bits).isBetween(0.0, List.of(10.4, 1.5, 1.6).get(column));
    }
  }
}
