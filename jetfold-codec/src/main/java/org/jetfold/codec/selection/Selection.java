package org.jetfold.codec.selection;

import java.util.Optional;
import org.jetfold.codec.derived.EventCondition;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a table are read, or which rows of a flat one: those of a range of numbers that
 * meet a condition. Immutable.
 */
public final class Selection {
  /** Every event. */
  public static final Selection ALL = new Selection(0, Long.MAX_VALUE, null);

  private final long from;
  private final long to;
  private final @Nullable String condition;

  private Selection(long from, long to, @Nullable String condition) {
    this.from = from;
    this.to = to;
    this.condition = condition;
  }

  /**
   * The events from a number on, counted from 0, to before another. A range may end behind the
   * table.
   *
   * @throws IllegalArgumentException where the range begins below 0 or ends before it begins
   */
  public static Selection events(long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a range of events must begin at 0 or above and not end before, was %d to %d"
              .formatted(from, to));
    }
    return new Selection(from, to, null);
  }

  /**
   * Of these events, those for which a condition holds, or that have an object for which it does.
   *
   * @param text comparisons of expressions of columns, joined by {@code and} and {@code or}, such
   *     as {@code pt > 50e3 and abs(eta) < 2.5}
   * @throws org.jetfold.codec.error.JetfoldException where it is none; the message says where, and
   *     what was expected
   */
  public Selection where(String text) {
    EventCondition.check(text);
    return new Selection(from, to, text);
  }

  /** The number of the first event. */
  public long from() {
    return from;
  }

  /** The number behind the last event. */
  public long to() {
    return to;
  }

  /** What events must meet; empty where all are meant. */
  public Optional<String> condition() {
    return Optional.ofNullable(condition);
  }

  /** The same events in a table that begins behind some of them. */
  public Selection behind(long events) {
    long end = to == Long.MAX_VALUE ? to : Math.max(0, to - events);
    return new Selection(Math.max(0, from - events), end, condition);
  }

  /** Whether every event is meant. */
  public boolean isAll() {
    return from == 0 && to == Long.MAX_VALUE && condition == null;
  }
}
