package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the columns that static distributions code in a block. {@link #decode} decodes only those
 * that others stand on; the rest come one by one, so that a thread uses one array for all of them.
 */
final class StaticBlockDecoder implements BlockDecoder {
  private final Schema schema;
  private final List<Integer> wanted;
  private List<Integer> neededByOthers = List.of();

  /**
   * A decoder.
   *
   * @param wanted columns, of which those that a model codes in a block are ignored there
   */
  StaticBlockDecoder(Schema schema, List<Integer> wanted) {
    this.schema = schema;
    this.wanted = wanted;
  }

  /** As this one, that also gives the columns that other decoders need. */
  StaticBlockDecoder givingTo(List<BlockDecoder> others) {
    StaticBlockDecoder giving = new StaticBlockDecoder(schema, wanted);
    giving.neededByOthers =
        others.stream().flatMap(other -> other.needed().stream()).distinct().toList();
    return giving;
  }

  @Override
  public List<Integer> needed() {
    return List.of();
  }

  @Override
  public void decode(BlockStreams block, DecodedSymbols symbols) throws IOException {
    for (int column : shared(block)) {
      decode(block, column, symbols);
      symbols.announce(column);
    }
  }

  /** The columns that others stand on, each behind those that it stands on itself. */
  private List<Integer> shared(BlockStreams block) {
    Set<Integer> shared = new HashSet<>(neededByOthers);
    shared.removeIf(column -> !block.isStatic(column));
    for (int column : wanted) {
      shared.addAll(block.decodedBefore(column));
    }
    if (shared.isEmpty()) {
      return List.of();
    }
    int[] order = block.decodingOrder();
    List<Integer> found = new ArrayList<>();
    for (int i = order.length - 1; i >= 0; i--) {
      if (shared.contains(order[i])) {
        shared.addAll(block.decodedBefore(order[i]));
        found.add(order[i]);
      }
    }
    return found.reversed();
  }

  /**
   * Decodes a column.
   *
   * @param symbols has those of the columns that must be decoded before; receives its own
   */
  void decode(BlockStreams block, int column, DecodedSymbols symbols) throws IOException {
    Rows rows = new Rows(block, column, symbols);
    ByteReader in = block.bytesOfColumn(column);
    int[] ints = block.take(rows.count());
    if (block.decodeInts(column, in, rows, ints)) {
      symbols.put(column, ints, rows.count());
      return;
    }
    block.giveBack(ints);
    long[] longs = new long[rows.count()];
    block.decode(column, in, rows, longs);
    symbols.put(column, longs);
  }

  /** What is known of a block's rows before a column is decoded. */
  private final class Rows implements Contexts.KnownRows {
    private final BlockStreams block;
    private final int column;
    private final DecodedSymbols decoded;

    Rows(BlockStreams block, int column, DecodedSymbols decoded) {
      this.block = block;
      this.column = column;
      this.decoded = decoded;
    }

    @Override
    public int count() {
      return block.entries(schema.groupOf(column));
    }

    @Override
    public int[] places() {
      return block.places(schema.groupOf(column));
    }

    @Override
    public long[] symbols(int other) {
      return decoded.longs(other);
    }

    @Override
    public long[] told(int other) {
      return block.inSymbolsOf(other, column, decoded.longs(other));
    }

    @Override
    public int @Nullable [] symbolsAsInts(int other) {
      return decoded.ints(other);
    }

    @Override
    public int @Nullable [] toldAsInts(int other) {
      int[] symbols = decoded.ints(other);
      return symbols == null ? null : block.inSymbolsOf(other, column, symbols, count());
    }
  }
}
