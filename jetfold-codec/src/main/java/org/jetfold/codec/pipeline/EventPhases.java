package org.jetfold.codec.pipeline;

import java.util.Arrays;
import org.jetfold.codec.container.EventOrdinals;
import org.jetfold.codec.table.Schema;

/**
 * The phases of a table's events (docs/format.md section 6.8): one for each entry of the root, a
 * hash of a seed and the event's ordinal, which all entries of its lists share. Phases are unsigned
 * bytes. Safe for use by several threads.
 */
final class EventPhases {
  private final Schema schema;
  private final long seed;
  private final EventOrdinals ordinals;
  private final int events;
  private final Offsets offsets;
  private final byte[][] phases;

  /** Where the lists of the parent's entries start in a group, and last where they end. */
  interface Offsets {
    /** For a group other than the root. */
    int[] of(int group);
  }

  /**
   * Phases, which are computed when they are first asked for.
   *
   * @param ordinals of the events
   * @param events how many there are
   */
  EventPhases(Schema schema, long seed, EventOrdinals ordinals, int events, Offsets offsets) {
    this.schema = schema;
    this.seed = seed;
    this.ordinals = ordinals;
    this.events = events;
    this.offsets = offsets;
    phases = new byte[schema.groups().size()][];
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  static byte phase(long seed, long ordinal) {
    long z = seed + ordinal * 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return (byte) ((z ^ (z >>> 31)) >>> 56);
  }

  /** The phase of each entry of a group. */
  synchronized byte[] of(int group) {
    if (phases[group] == null) {
      phases[group] = group == 0 ? ofEvents() : ofLists(group);
    }
    return phases[group];
  }

  private byte[] ofEvents() {
    byte[] own = new byte[events];
    for (int i = 0; i < events; i++) {
      own[i] = phase(seed, ordinals.at(i));
    }
    return own;
  }

  private byte[] ofLists(int group) {
    byte[] ofParent = of(schema.parent(group));
    int[] starts = offsets.of(group);
    byte[] own = new byte[starts[ofParent.length]];
    for (int parent = 0; parent < ofParent.length; parent++) {
      Arrays.fill(own, starts[parent], starts[parent + 1], ofParent[parent]);
    }
    return own;
  }
}
