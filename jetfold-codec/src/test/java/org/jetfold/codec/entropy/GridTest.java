package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;

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

  @Property
  void theLargestGridIsFound(
      @ForAll @Size(min = 1, max = 40) long[] any, @ForAll @IntRange(max = 62) int grid) {
    long[] symbols = allOn(grid, any);
    int found = Grid.of(symbols);
    boolean zeros = true;
    boolean onMore = found < Grid.LARGEST;
    for (long symbol : symbols) {
      assertThat(on(found, symbol)).isEqualTo(symbol);
      zeros &= symbol == 0 || symbol == -1;
      onMore &= found == Grid.LARGEST || on(found + 1, symbol) == symbol;
    }
    if (zeros) {
      assertThat(found).isZero();
    } else {
      assertThat(found).isGreaterThanOrEqualTo(grid);
      assertThat(onMore).isFalse();
    }
  }

  @Property
  void streamsComeBack(
      @ForAll @Size(max = 200) long[] any,
      @ForAll @IntRange(max = 62) int grid,
      @ForAll @IntRange(max = 63) int scale,
      @ForAll @IntRange(max = 2) int kind,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] symbols = new long[any.length];
    long[] column = new long[any.length];
    long sum = 0;
    for (int i = 0; i < any.length; i++) {
      sum += random.nextInt(50);
      long symbol = kind == 1 ? sum << grid : any[i] >> scale;
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
                    4, Arrays.copyOf(column, Math.min(column.length, FittedDistribution.BEGINNING)))
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
  }

  /** Symbols that would leave 64 bits are refused, not wrapped. */
  @Property
  void noGridWraps(@ForAll @Size(max = 50) long[] shifted, @ForAll @IntRange(max = 63) int grid) {
    boolean fit = true;
    for (long symbol : shifted) {
      fit &= symbol >> (63 - grid) == 0 || symbol >> (63 - grid) == -1;
    }
    LeafList leaves = new LeafList();
    leaves.add(Long.MIN_VALUE, 64, 1);
    Distribution plain = leaves.toDistribution(Distribution.NO_REFERENCE, 0, false);
    ByteWriter out = new ByteWriter();
    new StreamEncoder(plain).encode(shifted, 0, shifted.length, null, out, new StreamBuffers());
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
  }
}
