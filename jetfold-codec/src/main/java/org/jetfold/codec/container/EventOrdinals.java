package org.jetfold.codec.container;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * The ordinals of the events of a block, or of a segment, from which their phases follow
 * (docs/format.md sections 6.8 and 8). Those of a table count its events; in one that was cut,
 * merged or filtered they may be any. Immutable.
 */
public final class EventOrdinals {
  private final long first;

  /** Places of events whose ordinals do not follow the one before, in increasing order. */
  private final int[] places;

  /** The ordinal of the event at each of these places. */
  private final long[] ordinals;

  private EventOrdinals(long first, int[] places, long[] ordinals) {
    this.first = first;
    this.places = places;
    this.ordinals = ordinals;
  }

  /** Ordinals that follow one another. */
  public static EventOrdinals from(long first) {
    return new EventOrdinals(first, new int[0], new long[0]);
  }

  /** Any ordinals, one for each event, at least one. */
  public static EventOrdinals of(long[] all) {
    int[] places = new int[all.length];
    long[] ordinals = new long[all.length];
    int number = 0;
    for (int place = 1; place < all.length; place++) {
      if (all[place] != all[place - 1] + 1) {
        places[number] = place;
        ordinals[number++] = all[place];
      }
    }
    return new EventOrdinals(
        all[0], Arrays.copyOf(places, number), Arrays.copyOf(ordinals, number));
  }

  /** The ordinal of the event at a place. */
  public long at(int place) {
    int found = Arrays.binarySearch(places, place);
    int run = found >= 0 ? found : -found - 2;
    return run < 0 ? first + place : ordinals[run] + place - places[run];
  }

  /** The ordinals of the events from a place on, to before another. */
  public EventOrdinals slice(int from, int to) {
    int begin = 0;
    while (begin < places.length && places[begin] <= from) {
      begin++;
    }
    int end = begin;
    while (end < places.length && places[end] < to) {
      end++;
    }
    int[] slicedPlaces = Arrays.copyOfRange(places, begin, end);
    for (int i = 0; i < slicedPlaces.length; i++) {
      slicedPlaces[i] -= from;
    }
    return new EventOrdinals(at(from), slicedPlaces, Arrays.copyOfRange(ordinals, begin, end));
  }

  /** The ordinals of the events at some places, at least one. */
  public EventOrdinals select(int[] chosen) {
    return of(Arrays.stream(chosen).mapToLong(this::at).toArray());
  }

  /**
   * These ordinals, and others behind them.
   *
   * @param events how many these are
   */
  public EventOrdinals followedBy(int events, EventOrdinals behind) {
    boolean jumps = behind.first != at(events - 1) + 1;
    int number = places.length + (jumps ? 1 : 0) + behind.places.length;
    int[] joinedPlaces = Arrays.copyOf(places, number);
    long[] joinedOrdinals = Arrays.copyOf(ordinals, number);
    int next = places.length;
    if (jumps) {
      joinedPlaces[next] = events;
      joinedOrdinals[next++] = behind.first;
    }
    for (int i = 0; i < behind.places.length; i++) {
      joinedPlaces[next] = events + behind.places[i];
      joinedOrdinals[next++] = behind.ordinals[i];
    }
    return new EventOrdinals(first, joinedPlaces, joinedOrdinals);
  }

  /** Writes the first ordinal. */
  void writeFirst(ByteWriter out) {
    out.varint(first);
  }

  /** Writes where ordinals do not follow the one before. */
  void writeJumps(ByteWriter out) {
    out.varint(places.length);
    for (int i = 0; i < places.length; i++) {
      out.varint(places[i] - (i == 0 ? 0 : places[i - 1]));
      out.zigzag(ordinals[i] - at(places[i] - 1) - 1);
    }
  }

  /**
   * Reads what {@link #writeJumps} wrote.
   *
   * @param events how many ordinals there are
   * @throws org.jetfold.codec.bytes.MalformedBytesException where they are not as the format says
   */
  static EventOrdinals readJumps(long first, int events, ByteReader in) {
    int number = in.count(Math.min(events - 1, in.remaining()), "the number of jumps of ordinals");
    int[] places = new int[number];
    long[] ordinals = new long[number];
    int place = 0;
    long ordinal = first;
    for (int i = 0; i < number; i++) {
      int gap = in.count(events - 1 - place, "the place of a jump of ordinals");
      long jump = in.zigzag();
      if (gap == 0 || jump == 0) {
        throw in.malformed("ordinals of events jump nowhere");
      }
      place += gap;
      ordinal += gap + jump;
      places[i] = place;
      ordinals[i] = ordinal;
    }
    return new EventOrdinals(first, places, ordinals);
  }
}
