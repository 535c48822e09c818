package org.jetfold.tables.format;

import java.util.function.Consumer;
import org.jetfold.codec.error.JetfoldException;
import org.jspecify.annotations.Nullable;

/**
 * How to read a table.
 *
 * @param eventColumn for a flat table: the column whose consecutive equal values form an event;
 *     null where the source's own event boundaries count, or there are none
 * @param request which columns are read
 * @param threads how many threads may read, at least one; only ROOT files use more than one
 * @param warnings takes lines for the user about what is left out or changed; called while the
 *     source is opened or read, on that thread
 * @param skipUnreadable whether columns that a table could hold, but that cannot be read, are left
 *     out with a warning, and are no error; ROOT files are read once before to find them
 * @param changes told at the end of each file which of its values are not in the table as the file
 *     has them, such as missing ones that are read as NaN; called as {@code warnings} is, which get
 *     the same in words
 * @param entries which events of the file are read; null for all. Formats that cannot be divided
 *     refuse it ({@link TableFormat#parts})
 */
public record SourceOptions(
    @Nullable String eventColumn,
    ColumnRequest request,
    int threads,
    Consumer<String> warnings,
    boolean skipUnreadable,
    Consumer<ValueChange> changes,
    @Nullable EntryRange entries) {
  /** All events. */
  public SourceOptions(
      @Nullable String eventColumn,
      ColumnRequest request,
      int threads,
      Consumer<String> warnings,
      boolean skipUnreadable,
      Consumer<ValueChange> changes) {
    this(eventColumn, request, threads, warnings, skipUnreadable, changes, null);
  }

  /** Changed values are not counted: warnings say of which columns there are some. */
  public SourceOptions(
      @Nullable String eventColumn,
      ColumnRequest request,
      int threads,
      Consumer<String> warnings,
      boolean skipUnreadable) {
    this(eventColumn, request, threads, warnings, skipUnreadable, unused -> {});
  }

  /** A column that cannot be read is an error. */
  public SourceOptions(
      @Nullable String eventColumn, ColumnRequest request, int threads, Consumer<String> warnings) {
    this(eventColumn, request, threads, warnings, false);
  }

  /** Every column, one thread. */
  public SourceOptions(@Nullable String eventColumn, Consumer<String> warnings) {
    this(eventColumn, ColumnRequest.ALL, 1, warnings);
  }

  /** Every column, no event column, one thread. */
  public SourceOptions(Consumer<String> warnings) {
    this(null, warnings);
  }

  /** The same with other warnings. */
  public SourceOptions withWarnings(Consumer<String> others) {
    return new SourceOptions(
        eventColumn, request, threads, others, skipUnreadable, changes, entries);
  }

  /** The same of some events of the file; null for all. */
  public SourceOptions within(@Nullable EntryRange part) {
    return new SourceOptions(
        eventColumn, request, threads, warnings, skipUnreadable, changes, part);
  }

  /** Warns the user, on one line whatever the text quotes. */
  public void warn(String text) {
    warnings.accept(JetfoldException.oneLine(text));
  }
}
