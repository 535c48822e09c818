package org.jetfold.spark.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Draws whole events. Each has a random number of 64 bits, which its place in its file and the seed
 * tell. An event stays as long as its number begins with so many zeros as the level says; the level
 * rises where there are too many values. So which events are drawn does not depend on how they are
 * shared out among tasks. Not thread-safe.
 */
final class EventSampler {
  private final long maxValues;
  private int level;
  private long values;
  private List<Kept> pieces = new ArrayList<>();

  /** Events with their random numbers. */
  record Kept(Table events, long[] keys) {
    private Kept at(int level) {
      int[] chosen =
          IntStream.range(0, keys.length).filter(event -> stays(keys[event], level)).toArray();
      return chosen.length == keys.length
          ? this
          : new Kept(
              events.select(chosen), Arrays.stream(chosen).mapToLong(i -> keys[i]).toArray());
    }

    private long values() {
      Schema schema = events.schema();
      return IntStream.range(0, schema.columns().size())
          .mapToLong(column -> events.entries(schema.groupOf(column)))
          .sum();
    }
  }

  /**
   * A sampler of no events.
   *
   * @param maxValues how many values are kept at most
   * @param level with how many zeros a random number must begin
   */
  EventSampler(long maxValues, int level) {
    this.maxValues = maxValues;
    this.level = level;
  }

  private static boolean stays(long key, int level) {
    return Long.numberOfLeadingZeros(key) >= level;
  }

  /** The random number of an event: SplitMix64 of seed, file and event. */
  static long key(long seed, long file, long event) {
    return mixed(mixed(mixed(seed) + file) + event);
  }

  private static long mixed(long state) {
    long z = state + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Offers events.
   *
   * @param keys their random numbers
   * @throws UnreadableTableException where they have other columns than those before
   */
  void add(Table events, long[] keys) {
    if (!pieces.isEmpty() && !pieces.getFirst().events().schema().equals(events.schema())) {
      throw new UnreadableTableException(
          "the files have different columns: train on tables with the same columns, or name them");
    }
    keep(new Kept(events, keys).at(level));
    while (values > maxValues && level < Long.SIZE) {
      level++;
      List<Kept> before = pieces;
      pieces = new ArrayList<>();
      values = 0;
      before.forEach(piece -> keep(piece.at(level)));
    }
  }

  private void keep(Kept piece) {
    if (piece.keys().length > 0) {
      pieces.add(piece);
      values += piece.values();
    }
  }

  int level() {
    return level;
  }

  /** The events that were drawn; null where there are none. */
  @Nullable Kept kept() {
    return pieces.isEmpty()
        ? null
        : new Kept(
            Table.joined(pieces.stream().map(Kept::events).toList()),
            pieces.stream().flatMapToLong(piece -> Arrays.stream(piece.keys())).toArray());
  }
}
