package org.jetfold.codec.roundtrip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.StreamingCompressor;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/** Gives a table to a streaming compressor, one root entry at a time. */
final class Events {
  private final Table table;
  private final Schema schema;
  private final StreamingCompressor compressor;

  private Events(Table table, StreamingCompressor compressor) {
    this.table = table;
    this.schema = table.schema();
    this.compressor = compressor;
  }

  static byte[] compressed(Table table, List<Precision> precisions, ModelUse... uses)
      throws IOException {
    return compressed(table, Compression.of(table.schema(), precisions, uses));
  }

  static byte[] compressed(Table table, Compression plan) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StreamingCompressor compressor = new StreamingCompressor(plan, out, 1)) {
      Events events = new Events(table, compressor);
      for (int entry = 0; entry < table.rootEntries(); entry++) {
        events.add(entry);
      }
      compressor.finish();
    }
    return out.toByteArray();
  }

  private void add(int rootEntry) throws IOException {
    int[] from = new int[schema.groups().size()];
    int[] to = new int[from.length];
    from[0] = rootEntry;
    to[0] = rootEntry + 1;
    for (int group = 1; group < from.length; group++) {
      int parent = schema.parent(group);
      int[] offsets = table.offsets(group);
      from[group] = offsets[from[parent]];
      to[group] = offsets[to[parent]];
      for (int list = from[parent]; list < to[parent]; list++) {
        compressor.addList(group, offsets[list + 1] - offsets[list]);
      }
    }
    for (int column = 0; column < schema.columns().size(); column++) {
      int group = schema.groupOf(column);
      for (int i = from[group]; i < to[group]; i++) {
        switch (table.values(column)) {
          case ColumnValues.Floats(float[] floats) -> compressor.add(column, floats[i]);
          case ColumnValues.Doubles(double[] doubles) -> compressor.add(column, doubles[i]);
          case ColumnValues.Integers(long[] integers) -> compressor.add(column, integers[i]);
        }
      }
    }
    compressor.endEvent();
  }
}
