package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetfold.codec.container.BlockHead;
import org.jetfold.codec.table.Schema;

/**
 * Decodes columns with static distributions. {@link #decode} decodes only those that others stand
 * on; the rest come one by one, so that a thread uses one array for all of them.
 */
final class StaticBlockDecoder implements BlockDecoder {
  private final Schema schema;
  private final List<Integer> wanted;
  private List<Integer> neededByOthers = List.of();

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
    // References only lead to earlier columns, so in increasing order each finds its own decoded.
    TreeMap<Integer, long[]> shared = new TreeMap<>();
    for (int column : neededByOthers) {
      share(block, column, shared);
    }
    for (int column : wanted) {
      share(block, referenceOf(block, column), shared);
    }
    for (Map.Entry<Integer, long[]> column : shared.entrySet()) {
      decode(block, column.getKey(), shared, column.getValue());
    }
    symbols.putAll(shared);
  }

  /** Makes room for a column, and for those that it refers to. */
  private void share(BlockStreams block, int column, Map<Integer, long[]> shared) {
    for (int next = column; next >= 0 && !shared.containsKey(next); ) {
      shared.put(next, new long[block.entries(schema.groupOf(next))]);
      next = referenceOf(block, next);
    }
  }

  private int referenceOf(BlockStreams block, int column) {
    return block.referenceColumn(BlockHead.streamOfColumn(schema, column));
  }

  /**
   * Decodes a column.
   *
   * @param shared has the symbols of the column that it refers to
   * @param symbols receives its own
   */
  void decode(BlockStreams block, int column, Map<Integer, long[]> shared, long[] symbols)
      throws IOException {
    int stream = BlockHead.streamOfColumn(schema, column);
    int referred = block.referenceColumn(stream);
    long[] reference = shared.get(referred);
    block.decode(
        stream, reference == null ? null : block.inSymbolsOf(referred, column, reference), symbols);
  }
}
