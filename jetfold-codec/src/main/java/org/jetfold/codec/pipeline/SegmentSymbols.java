package org.jetfold.codec.pipeline;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetfold.codec.entropy.ContextSearch;
import org.jetfold.codec.entropy.Contexts;
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
  private final AtomicReferenceArray<long @Nullable []> symbols;
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
   * The symbols of a column; not to be changed where the array is not the one given.
   *
   * @param into as long as the column, takes symbols in that need not be kept
   */
  long[] of(int column, long[] into) {
    if (isNamed[column]) {
      return kept(column);
    }
    codecs.get(column).quantize(table.values(column), into);
    return into;
  }

  private long[] kept(int column) {
    long[] made = symbols.get(column);
    if (made == null) {
      made = codecs.get(column).symbols(table.values(column), 0, table.values(column).size());
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
    private long[] told = {};

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
      return kept(other);
    }

    @Override
    public long[] told(int other) {
      if (toldColumn != other) {
        told = codecs.get(other).inSymbolsOf(codecs.get(column), kept(other));
        toldColumn = other;
      }
      return told;
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
  }
}
