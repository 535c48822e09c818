package org.jetfold.codec.pipeline;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Schema;

/** The rows of refined events in each group (docs/format.md section 6.9). */
final class RefinedRows {
  private final Schema schema;
  private final int[] events;
  private final EventPhases.Offsets offsets;

  /**
   * The rows of some events.
   *
   * @param events entries of the root, in increasing order
   * @param offsets of the groups
   */
  RefinedRows(Schema schema, int[] events, EventPhases.Offsets offsets) {
    this.schema = schema;
    this.events = events;
    this.offsets = offsets;
  }

  /** Those of a group, in increasing order. */
  int[] of(int group) {
    int[] from = events.clone();
    int[] to = Arrays.stream(events).map(event -> event + 1).toArray();
    descend(group, from, to);
    return IntStream.range(0, from.length)
        .flatMap(event -> IntStream.range(from[event], to[event]))
        .toArray();
  }

  private void descend(int group, int[] from, int[] to) {
    if (group != 0) {
      descend(schema.parent(group), from, to);
      int[] starts = offsets.of(group);
      for (int event = 0; event < from.length; event++) {
        from[event] = starts[from[event]];
        to[event] = starts[to[event]];
      }
    }
  }
}
