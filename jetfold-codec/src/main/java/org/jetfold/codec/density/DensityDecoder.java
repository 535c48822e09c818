package org.jetfold.codec.density;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.entropy.IntervalCoder;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveNetwork.Activations;
import org.jetfold.codec.network.CellSearch;
import org.jetfold.codec.network.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streams of a block's modelled columns (docs/format.md section 12.5): the first columns
 * of the model, as many as requested. Immutable and safe to share.
 */
public final class DensityDecoder {
  private final DensityModel model;
  private final AutoregressiveNetwork network;
  private final ContextInputs context;
  private final int components;

  /** A decoder for a model, run by {@code kernel}. */
  public DensityDecoder(DensityModel model, Kernel kernel) {
    this.model = model;
    this.network = model.network(kernel);
    this.context = ContextInputs.of(model);
    this.components = model.shape().components();
  }

  /**
   * Reads streams, which fill their readers.
   *
   * @param in one for each of the model's first columns; null for those that are given
   * @param given the symbols of columns that other streams hold; null for those to be read. Where a
   *     given column has a reference, that is given, too
   * @return for each of these columns, a symbol per row
   * @throws MalformedBytesException where the bytes are not such streams
   */
  public long[][] decode(@Nullable ByteReader[] in, long[] @Nullable [] given, EventOrder order) {
    return decode(in, given, order, null);
  }

  /** As above, where all columns are to be read. */
  public long[][] decode(ByteReader[] in, EventOrder order) {
    return decode(in, new long[in.length][], order, null);
  }

  /**
   * Reads streams of which the cells are known already: looks whether the slots lie in the
   * intervals that the network gives these cells, instead of searching for them. Intervals of
   * different cells do not overlap, so {@link #decode} finds the same, only more slowly; neither
   * uses anything of rows that are not yet read.
   *
   * @param in one for each of the model's first columns; null for those that are given
   * @param given as for {@link #decode}
   * @param expected for each of these columns, each row's cell
   * @return for each of these columns, a symbol per row
   * @throws MalformedBytesException where the bytes are not streams of these cells
   */
  public long[][] decodeExpected(
      @Nullable ByteReader[] in, long[] @Nullable [] given, EventOrder order, char[][] expected) {
    return decode(in, given, order, expected);
  }

  private long[][] decode(
      @Nullable ByteReader[] in,
      long[] @Nullable [] given,
      EventOrder order,
      char @Nullable [][] expected) {
    int columns = in.length;
    int count = order.count();
    long[][] symbols = new long[columns][count];
    if (count == 0) {
      for (ByteReader stream : in) {
        if (stream != null) {
          stream.expectEnd("a stream without symbols");
        }
      }
      return symbols;
    }
    char[][] cells = new char[columns][count];
    @Nullable ColumnDecoder[] decoders = new ColumnDecoder[columns];
    for (int column = 0; column < columns; column++) {
      Alphabet alphabet = model.alphabets().get(column);
      long[] known = given[column];
      ByteReader stream = in[column];
      if (known != null) {
        symbols[column] = known;
        alphabet.cellsOf(
            Intervals.coded(symbols, column, alphabet.reference()), count, cells[column]);
      } else if (stream != null) {
        decoders[column] =
            expected == null
                ? new SearchingDecoder(alphabet, stream, count)
                : new ExpectingDecoder(alphabet, stream, count, expected[column]);
      }
    }
    Activations activations = new Activations(model.shape());
    Tile tile = new Tile();
    for (int wave = 0; wave < order.waves(); wave++) {
      int end = order.waveStart(wave + 1);
      for (int position = order.waveStart(wave); position < end; position += Kernel.ROWS) {
        tile.take(order, position, end - position);
        context.place(order, tile, activations.inputs());
        for (int column = 0; column < columns; column++) {
          context.context(tile, column, cells[column], activations.inputs());
          network.step(column, activations, tile.count());
          ColumnDecoder decoder = decoders[column];
          if (decoder != null) {
            decoder.decode(tile, activations.mixtures(), cells[column]);
          }
          context.own(tile, column, cells[column], activations.inputs());
        }
      }
    }
    for (int column = 0; column < columns; column++) {
      ColumnDecoder decoder = decoders[column];
      if (decoder != null) {
        decoder.finish(order, cells[column], symbols, column);
      }
    }
    return symbols;
  }

  /** Decodes the cells of one column. */
  private abstract static class ColumnDecoder {
    final Alphabet alphabet;
    final ByteReader in;
    private final IntervalCoder.@Nullable Decoder coder;

    ColumnDecoder(Alphabet alphabet, ByteReader in, int count) {
      this.alphabet = alphabet;
      this.in = in;
      // A single cell needs no coder.
      this.coder = alphabet.cells() > 1 ? new IntervalCoder.Decoder(in, count) : null;
    }

    /** Decodes the cells of a tile's rows, once the network has given their mixtures. */
    void decode(Tile tile, float[] mixtures, char[] cells) {
      if (coder != null) {
        decode(tile, mixtures, coder, cells);
      }
    }

    abstract void decode(Tile tile, float[] mixtures, IntervalCoder.Decoder coder, char[] cells);

    void finish(EventOrder order, char[] cells, long[][] symbols, int column) {
      if (coder != null) {
        coder.finish();
      }
      int count = order.count();
      char[] inOrder = new char[count];
      for (int position = 0; position < count; position++) {
        inOrder[position] = cells[order.row(position)];
      }
      long[] decoded = new long[count];
      alphabet.rawBits().unpack(in, inOrder, decoded, count);
      int reference = alphabet.reference();
      for (int position = 0; position < count; position++) {
        int row = order.row(position);
        symbols[column][row] = decoded[position] + (reference < 0 ? 0 : symbols[reference][row]);
      }
    }
  }

  /** Searches for the cells. */
  private final class SearchingDecoder extends ColumnDecoder {
    private final CellSearch search = new CellSearch();

    SearchingDecoder(Alphabet alphabet, ByteReader in, int count) {
      super(alphabet, in, count);
    }

    @Override
    void decode(Tile tile, float[] mixtures, IntervalCoder.Decoder coder, char[] cells) {
      int rows = tile.count();
      int row = 0;
      while (row < rows) {
        int count = Math.min(coder.lookahead(), rows - row);
        for (int n = 0; n < count; n++) {
          search.ask(n, coder.slot(n), tile.shift(row + n));
        }
        network
            .kernel()
            .search(
                mixtures,
                components,
                row,
                count,
                alphabet.firstBoundaries(),
                alphabet.lastBoundaries(),
                alphabet.cells(),
                alphabet.scale(),
                search);
        for (int n = 0; n < count; n++) {
          cells[tile.row(row + n)] = (char) search.cell(n);
          coder.take(search.start(n), search.end(n));
        }
        row += count;
      }
    }
  }

  /** Looks whether the cells are those expected. */
  private final class ExpectingDecoder extends ColumnDecoder {
    private final char[] expected;
    private final TileIntervals intervals = new TileIntervals();

    ExpectingDecoder(Alphabet alphabet, ByteReader in, int count, char[] expected) {
      super(alphabet, in, count);
      this.expected = expected;
    }

    @Override
    void decode(Tile tile, float[] mixtures, IntervalCoder.Decoder coder, char[] cells) {
      intervals.find(network.kernel(), mixtures, components, alphabet, tile, expected);
      for (int r = 0; r < tile.count(); r++) {
        int slot = coder.slot(0);
        if (slot < intervals.start(r) || slot >= intervals.end(r)) {
          throw in.malformed("a row's slot lies outside of the cell expected");
        }
        cells[tile.row(r)] = expected[tile.row(r)];
        coder.take(intervals.start(r), intervals.end(r));
      }
    }
  }
}
