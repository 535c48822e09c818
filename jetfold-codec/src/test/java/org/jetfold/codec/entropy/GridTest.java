package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Low bits that the sign tells are left out and come back, and no grid makes other symbols. */
class GridTest {
  /** The symbol whose magnitude's low bits are cut. */
  private static long on(int grid, long symbol) {
    long magnitude = symbol < 0 ? ~symbol : symbol;
    long cut = magnitude / Math.max(1, 1L << grid) * (1L << grid);
    return symbol < 0 ? ~cut : cut;
  }

  private static long[] allOn(int grid, long[] symbols) {
    long[] all = symbols.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = on(grid, all[i]);
    }
    return all;
  }

  @Test
  void theLargestGridIsFound() {
    RandomCase.each(
        1000,
        any -> {
          long[] raw = any.integers(1, 40);
          int grid = any.between(0, 62);
          long[] symbols = allOn(grid, raw);
          int found = Grid.of(symbols);
          boolean zeros = true;
          boolean onMore = found < Grid.MAX;
          for (long symbol : symbols) {
            assertThat(on(found, symbol)).isEqualTo(symbol);
            zeros &= symbol == 0 || symbol == -1;
            onMore &= found == Grid.MAX || on(found + 1, symbol) == symbol;
          }
          if (zeros) {
            assertThat(found).isZero();
          } else {
            assertThat(found).isGreaterThanOrEqualTo(grid);
            assertThat(onMore).isFalse();
          }
        });
  }

  @Test
  void streamsComeBack() {
    RandomCase.each(
        1000,
        any -> {
          long[] raw = any.integers(0, 200);
          int grid = any.between(0, 62);
          int scale = any.between(0, 63);
          int kind = any.between(0, 2);
          SplittableRandom random = new SplittableRandom(any.bits());
          long[] symbols = new long[raw.length];
          long[] column = new long[raw.length];
          long sum = 0;
          for (int i = 0; i < raw.length; i++) {
            sum += random.nextInt(50);
            long symbol = kind == 1 ? sum << grid : raw[i] >> scale;
            symbols[i] = on(grid, symbol);
            // Off the grid, whatever the other column is on.
            column[i] = symbols[i] + random.nextInt(5);
          }
          FittedDistribution fitted =
              FittedDistribution.of(
                  symbols,
                  new int[] {0},
                  kind == 2
                      ? Map.of(
                          4,
                          Arrays.copyOf(
                              column, Math.min(column.length, FittedDistribution.BEGINNING)))
                      : Map.of(),
                  number -> column);
          DistributionWriter writer = new DistributionWriter();
          Distribution distribution = writer.write(fitted);
          ByteWriter out = new ByteWriter();
          new StreamEncoder(distribution)
              .encode(symbols, 0, symbols.length, column, out, new StreamBuffers());
          byte[] told = writer.finish();
          Distribution read = new DistributionReader(told, 0, told.length, 0).read();
          long[] decoded = new long[symbols.length];
          new StreamDecoder(read)
              .decode(
                  new ByteReader(out.toByteArray(), 0),
                  decoded,
                  decoded.length,
                  column,
                  new StreamBuffers());
          assertThat(decoded).isEqualTo(symbols);
        });
  }

  /** Symbols that would leave 64 bits are refused, not wrapped. */
  @Test
  void noGridWraps() {
    RandomCase.each(
        1000,
        any -> {
          long[] shifted = any.integers(0, 50);
          int grid = any.between(0, 63);
          boolean fit = true;
          for (long symbol : shifted) {
            fit &= symbol >> (63 - grid) == 0 || symbol >> (63 - grid) == -1;
          }
          LeafList leaves = new LeafList();
          leaves.add(Long.MIN_VALUE, 64, 1);
          Distribution plain = leaves.toDistribution(Distribution.NO_REFERENCE, 0, false);
          ByteWriter out = new ByteWriter();
          new StreamEncoder(plain)
              .encode(shifted, 0, shifted.length, null, out, new StreamBuffers());
          StreamDecoder decoder =
              new StreamDecoder(leaves.toDistribution(Distribution.NO_REFERENCE, grid, false));
          ByteReader in = new ByteReader(out.toByteArray(), 0);
          long[] decoded = new long[shifted.length];
          if (!fit) {
            assertThatThrownBy(
                    () -> decoder.decode(in, decoded, decoded.length, null, new StreamBuffers()))
                .isInstanceOf(MalformedBytesException.class);
            return;
          }
          decoder.decode(in, decoded, decoded.length, null, new StreamBuffers());
          for (int i = 0; i < shifted.length; i++) {
            assertThat(decoded[i] >> grid).isEqualTo(shifted[i]);
            assertThat(on(Math.min(grid, 62), decoded[i])).isEqualTo(decoded[i]);
          }
        });
  }
}
