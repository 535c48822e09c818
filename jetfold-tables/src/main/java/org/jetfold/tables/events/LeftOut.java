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
   * @param failure what makes it an error also where everything is asked for, such as damage; null
   *     for nothing
   */
  private record Item(
      String kind, String name, String reason, @Nullable UnreadableTableException failure) {}

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
    items.add(new Item(kind, name, reason, null));
  }

  /** Adds something that is damaged: what failed names the file and it. */
  public void addDamaged(String kind, String name, UnreadableTableException failure) {
    items.add(new Item(kind, name, "", failure));
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
   * Why a file has no table.
   *
   * @param message names the file and says what it lacks; the first reasons follow
   * @throws UnreadableTableException where something damaged is left out
   */
  public UnreadableTableException nothingLeft(String message) {
    List<String> reasons = new ArrayList<>();
    for (Item item : items) {
      if (item.failure != null) {
        throw item.failure;
      }
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
      if (!all) {
        throw new UnreadableTableException(
            "%s: %s %s cannot be read: %s".formatted(file, item.kind, item.name, item.reason));
      }
      options.warn("%s: %s %s left out: %s".formatted(file, item.kind, item.name, item.reason));
    }
  }
}
