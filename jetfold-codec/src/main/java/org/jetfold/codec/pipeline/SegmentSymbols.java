package org.jetfold.codec.pipeline;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.entropy.ContextSearch;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.entropy.Symbols;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of the columns of a segment, kept where the contexts of other columns ask for them,
 * so that each is quantized once. Safe for use by several threads.
 */
final class SegmentSymbols {
  private final Table table;
  private final SegmentCodecs codecs;
  private final boolean[] isNamed;

  // Two threads that ask for the same at once both make it, and make the same.
  private final AtomicReferenceArray<@Nullable Symbols> symbols;
  private final AtomicReferenceArray<int @Nullable []> places;

  /**
   * Symbols of a segment's columns.
   *
   * @param chosen the contexts that columns are coded in
   */
  SegmentSymbols(Table table, SegmentCodecs codecs, Collection<ContextSearch.Option> chosen) {
    this.table = table;
    this.codecs = codecs;
    isNamed = new boolean[table.schema().columns().size()];
    for (ContextSearch.Option option : chosen) {
      option.contexts().columns().forEach(column -> isNamed[column] = true);
    }
    symbols = new AtomicReferenceArray<>(isNamed.length);
    places = new AtomicReferenceArray<>(table.schema().groups().size());
  }

  /**
   * The symbols of a column that is coded in contexts, in an array of the buffers or a kept one.
   */
  Symbols of(int column, EncodingBuffers buffers) {
    ColumnValues values = table.values(column);
    return isNamed[column]
        ? kept(column)
        : codecs.get(column).symbols(values, buffers.ints(values.size()));
  }

  /** The symbols of a column, in an array of the buffers or a kept one, as long as the column. */
  long[] longs(int column, EncodingBuffers buffers) {
    int count = table.values(column).size();
    if (isNamed[column]) {
      return kept(column).asLongs(count);
    }
    long[] quantized = buffers.symbols(count);
    codecs.get(column).quantize(table.values(column), quantized);
    return quantized;
  }

  private Symbols kept(int column) {
    Symbols made = symbols.get(column);
    if (made == null) {
      ColumnValues values = table.values(column);
      made = codecs.get(column).symbols(values, new int[values.size()]);
      symbols.set(column, made);
    }
    return made;
  }

  private int[] places(int group) {
    int[] made = places.get(group);
    if (made == null) {
      int[] offsets = table.offsets(group);
      made = Places.of(offsets, 0, offsets[offsets.length - 1]);
      places.set(group, made);
    }
    return made;
  }

  /**
   * What is known of all rows before a column is coded, for one thread.
   *
   * @param column which contexts may be of
   */
  Contexts.KnownRows before(int column) {
    return new Rows(column);
  }

  /** For one thread, as it keeps the symbols that it was asked for last. */
  private final class Rows implements Contexts.KnownRows {
    private final int column;
    private int toldColumn = -1;
    private Symbols told = new Symbols.Ints(new int[0]);

    Rows(int column) {
      this.column = column;
    }

    @Override
    public int count() {
      return table.values(column).size();
    }

    @Override
    public int[] places() {
      return SegmentSymbols.this.places(table.schema().groupOf(column));
    }

    @Override
    public long[] symbols(int other) {
      return kept(other).asLongs(count());
    }

    @Override
    public long[] told(int other) {
      return toldBy(other).asLongs(count());
    }

    private Symbols toldBy(int other) {
      if (toldColumn != other) {
        told = codecs.get(other).inSymbolsOf(codecs.get(column), kept(other), count());
        toldColumn = other;
      }
      return told;
    }

    @Override
    public int @Nullable [] symbolsAsInts(int other) {
      return kept(other) instanceof Symbols.Ints(int[] ints) ? ints : null;
    }

    @Override
    public int @Nullable [] toldAsInts(int other) {
      return toldBy(other) instanceof Symbols.Ints(int[] ints) ? ints : null;
    }
  }

  /** Some of the rows, counted from 0. */
  record Part(Contexts.KnownRows all, int from, int count) implements Contexts.KnownRows {
    @Override
    public int[] places() {
      return Arrays.copyOfRange(all.places(), from, from + count);
    }

    @Override
    public long[] symbols(int other) {
      return Arrays.copyOfRange(all.symbols(other), from, from + count);
    }

    @Override
    public long[] told(int other) {
      return Arrays.copyOfRange(all.told(other), from, from + count);
    }

    @Override
    public int @Nullable [] symbolsAsInts(int other) {
      return part(all.symbolsAsInts(other));
    }

    @Override
    public int @Nullable [] toldAsInts(int other) {
      return part(all.toldAsInts(other));
    }

    private int @Nullable [] part(int @Nullable [] ofAll) {
      return ofAll == null ? null : Arrays.copyOfRange(ofAll, from, from + count);
    }
  }
}
