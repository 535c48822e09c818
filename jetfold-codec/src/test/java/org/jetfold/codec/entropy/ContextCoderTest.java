package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.Contexts.KnownRows;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jetfold.codec.entropy.Contexts.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams in contexts, whatever their symbols: those that are ints have a way of their own. */
class ContextCoderTest {
  private static final int COUNT = 5000;
  private static final int OTHER = 7;

  /** Columns of symbols, and those of another column that contexts come from. */
  enum Kind {
    NEAR(seed -> new SplittableRandom(seed).nextLong(-300, 300)),
    ON_A_GRID(seed -> new SplittableRandom(seed).nextLong(-300, 300) << 12),
    ZEROS_AND_NORMALS(seed -> {
      SplittableRandom random = new SplittableRandom(seed);
      return random.nextInt(3) == 0 ? 0 : (1L << 23) + random.nextLong(3000);
    }),
    ALL_INTS(seed -> new SplittableRandom(seed).nextInt()),
    ENDS_OF_INTS(seed -> {
      SplittableRandom random = new SplittableRandom(seed);
      return random.nextInt(3) > 0
          ? random.nextLong(5)
          : random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }),
    BEYOND_INTS(seed -> new SplittableRandom(seed).nextLong(-(1L << 34), 1L << 34)),
    ENDS_OF_LONGS(seed -> {
      SplittableRandom random = new SplittableRandom(seed);
      return random.nextInt(3) > 0
          ? random.nextLong(5)
          : random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
    });

    private final LongUnaryOperator symbolOfSeed;

    Kind(LongUnaryOperator symbolOfSeed) {
      this.symbolOfSeed = symbolOfSeed;
    }

    private long[] symbols(long seed) {
      SplittableRandom seeds = new SplittableRandom(seed);
      long[] symbols = new long[COUNT];
      Arrays.setAll(symbols, i -> symbolOfSeed.applyAsLong(seeds.nextLong()));
      return symbols;
    }
  }

  /** Rows of lists of one to four entries. */
  private record Rows(int[] places, long[] other) implements KnownRows {
    static Rows of(long[] other, SplittableRandom random) {
      int[] places = new int[other.length];
      for (int i = 1; i < places.length; i++) {
        places[i] = places[i - 1] < random.nextInt(4) ? places[i - 1] + 1 : 0;
      }
      return new Rows(places, other);
    }

    @Override
    public int count() {
      return places.length;
    }

    @Override
    public long[] symbols(int column) {
      assertThat(column).isEqualTo(OTHER);
      return other;
    }

    @Override
    public long[] told(int column) {
      return symbols(column);
    }
  }

  private static List<Contexts> contexts() {
    List<Long> limits = List.of(1L, 3L, 100L, 1L << 20);
    return List.of(
        new Contexts(new Reference.None(), new Source.OtherColumn(OTHER), limits),
        new Contexts(new Reference.None(), new Source.Place(), List.of(1L, 2L)),
        new Contexts(new Reference.RowBefore(), new Source.Nothing(), List.of()),
        new Contexts(new Reference.RowBefore(), new Source.OtherColumn(OTHER), limits),
        new Contexts(new Reference.OtherColumn(OTHER), new Source.Nothing(), List.of()),
        new Contexts(new Reference.OtherColumn(OTHER), new Source.OtherColumn(OTHER), limits));
  }

  @ParameterizedTest
  @EnumSource
  void symbolsComeBackAndIntsAndLongsGiveTheSameBytes(Kind kind) {
    for (Kind ofOther : List.of(kind, Kind.NEAR, Kind.ENDS_OF_INTS)) {
      long[] symbols = kind.symbols(1);
      Rows rows = Rows.of(ofOther.symbols(2), new SplittableRandom(3));
      for (Contexts contexts : contexts()) {
        byte[] bytes = encoded(new Symbols.Longs(symbols), contexts, rows, symbols);
        int[] ints = IntSymbols.narrowed(symbols, symbols.length);
        if (ints != null) {
          assertThat(encoded(new Symbols.Ints(ints), contexts, rows, symbols))
              .as("%s, %s, %s", kind, ofOther, contexts)
              .isEqualTo(bytes);
        }
      }
    }
  }

  /** Encodes a stream, and decodes it in both ways that there are. */
  private static byte[] encoded(Symbols symbols, Contexts contexts, Rows rows, long[] expected) {
    FittedContexts fitted = FittedContexts.of(symbols, contexts, rows);
    StreamCoding coding = fitted.coding();
    ByteWriter out = new ByteWriter();
    StreamBuffers buffers = new StreamBuffers();
    new ContextEncoder(fitted, coding).encode(0, expected.length, out, buffers);
    byte[] bytes = out.toByteArray();
    ContextDecoder decoder = new ContextDecoder(coding);
    long[] decoded = new long[expected.length];
    decoder.decode(new ByteReader(bytes, 0), decoded, rows, buffers);
    assertThat(decoded).isEqualTo(expected);
    int[] ints = new int[expected.length];
    if (decoder.decodeInts(new ByteReader(bytes, 0), ints, rows, buffers)) {
      assertThat(new Symbols.Longs(expected).areFrom(0, new Symbols.Ints(ints), ints.length))
          .isTrue();
    }
    return bytes;
  }
}
