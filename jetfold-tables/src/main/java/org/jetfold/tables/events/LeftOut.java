package org.jetfold.tables.events;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * What of a file cannot be in its table, and why. A user who asks for everything is warned of each;
 * one who asks by name hears only of what was asked for, as an error.
 */
public final class LeftOut {
  /** So many reasons fit in a line. */
  private static final int MAX_REASONS = 3;

  private final String file;
  private final List<Item> items = new ArrayList<>();

  /**
   * Something left out.
   *
   * @param lost whether a table could hold it, so that its absence is an error also where
   *     everything is asked for
   * @param failure what is damaged about it; null for nothing
   */
  private record Item(
      String kind,
      String name,
      String reason,
      boolean lost,
      @Nullable UnreadableTableException failure) {}

  /** Nothing yet, of the file that messages call so. */
  public LeftOut(String file) {
    this.file = file;
  }

  /**
   * Adds something that the format can hold and a table cannot.
   *
   * @param kind what it is, such as {@code array}
   * @param reason the end of a sentence about it, such as {@code it holds text}
   */
  public void add(String kind, String name, String reason) {
    items.add(new Item(kind, name, reason, false, null));
  }

  /**
   * Adds something that a table could hold, but that is stored in a way that is not read.
   *
   * @param reason the end of a sentence about it, with what to do
   */
  public void addUnreadable(String kind, String name, String reason) {
    items.add(new Item(kind, name, reason, true, null));
  }

  /** Adds something that is damaged: what failed names the file and it. */
  public void addDamaged(String kind, String name, UnreadableTableException failure) {
    items.add(new Item(kind, name, "", true, failure));
  }

  /** The same with a reason, such as {@code it is damaged: it ends early}. */
  public void addDamaged(String kind, String name, String reason) {
    addDamaged(
        kind,
        name,
        new UnreadableTableException(
            "%s: %s %s: %s; get the file again".formatted(file, kind, name, reason)));
  }

  /**
   * Fails where something is damaged: what somebody asked for and is not there may be in it.
   *
   * @throws UnreadableTableException that of the first
   */
  public void requireUndamaged() {
    for (Item item : items) {
      if (item.failure != null) {
        throw item.failure;
      }
    }
  }

  /**
   * Why a file has no table.
   *
   * @param message names the file and says what it lacks; the first reasons follow
   * @throws UnreadableTableException where something damaged is left out
   */
  public UnreadableTableException nothingLeft(String message) {
    requireUndamaged();
    List<String> reasons = new ArrayList<>();
    for (Item item : items) {
      if (reasons.size() < MAX_REASONS) {
        reasons.add("%s %s: %s".formatted(item.kind, item.name, item.reason));
      }
    }
    if (items.size() > MAX_REASONS) {
      reasons.add("%d more".formatted(items.size() - MAX_REASONS));
    }
    return new UnreadableTableException(
        reasons.isEmpty() ? message : message + " (" + String.join("; ", reasons) + ")");
  }

  /**
   * Warns of what is left out.
   *
   * @throws UnreadableTableException where something damaged is left out, or something that was
   *     asked for
   */
  public void report(SourceOptions options) {
    for (Item item : items) {
      boolean all = options.request().isAll();
      if (!all && !CollectionFinder.isAsked(options.request(), item.name)) {
        continue;
      }
      if (item.failure != null) {
        throw item.failure;
      }
      if (!all || (item.lost && !options.skipUnreadable())) {
        throw new UnreadableTableException(
            "%s: %s %s cannot be read: %s%s"
                .formatted(
                    file,
                    item.kind,
                    item.name,
                    item.reason,
                    all ? "; or leave it out: name the columns to read" : ""));
      }
      options.warn("%s: %s %s left out: %s".formatted(file, item.kind, item.name, item.reason));
    }
  }
}
