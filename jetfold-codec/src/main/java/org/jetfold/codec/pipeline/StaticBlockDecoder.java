package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.table.Schema;

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
  public void decode(BlockStreams block, Map<Integer, long[]> symbols) throws IOException {
    for (int column : shared(block)) {
      long[] ofColumn = new long[block.entries(schema.groupOf(column))];
      decode(block, column, symbols, ofColumn);
      symbols.put(column, ofColumn);
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
   * @param shared has the symbols of the columns that must be decoded before
   * @param symbols receives its own
   */
  void decode(BlockStreams block, int column, Map<Integer, long[]> shared, long[] symbols)
      throws IOException {
    if (block.decodeInContexts(column, new Rows(block, column, shared), symbols)) {
      return;
    }
    List<Integer> before = block.decodedBefore(column);
    block.decode(
        BlockHead.streamOfColumn(schema, column),
        before.isEmpty() ? null : told(block, before.getFirst(), column, shared),
        symbols);
  }

  private static long[] told(
      BlockStreams block, int referred, int column, Map<Integer, long[]> shared) {
    return block.inSymbolsOf(referred, column, Objects.requireNonNull(shared.get(referred)));
  }

  /** What is known of a block's rows before a column is decoded. */
  private final class Rows implements Contexts.KnownRows {
    private final BlockStreams block;
    private final int column;
    private final Map<Integer, long[]> shared;

    Rows(BlockStreams block, int column, Map<Integer, long[]> shared) {
      this.block = block;
      this.column = column;
      this.shared = shared;
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
      return Objects.requireNonNull(shared.get(other));
    }

    @Override
    public long[] told(int other) {
      return StaticBlockDecoder.told(block, other, column, shared);
    }
  }
}
