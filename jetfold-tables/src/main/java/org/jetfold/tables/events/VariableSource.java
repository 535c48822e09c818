package org.jetfold.tables.events;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SelectiveSource;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jetfold.tables.rows.RequestedColumns;
import org.jspecify.annotations.Nullable;

/**
 * The table that the variables of a file make: a flat one, or one of events where some have lists.
 * Only variables that are asked for are opened. Not thread-safe.
 */
public class VariableSource implements TableSource {
  private static final int SAMPLE_EVENTS = 1500;

  /** About how many values a piece has at most, whatever number of events was asked for. */
  private static final long PIECE_VALUES = 1 << 22;

  private final String name;
  private final VariableFile file;
  private final EventLayout layout;
  private final VariableFile.Cursor cursor;

  /** About how many values an event has; a guess that grows with what is read. */
  private double valuesAnEvent = PIECE_VALUES / (double) SAMPLE_EVENTS;

  private long next;

  private VariableSource(String name, VariableFile file, EventLayout layout) throws IOException {
    this.name = name;
    this.file = file;
    this.layout = layout;
    cursor = file.open(layout.variables());
  }

  /** A table of events: which variables make a collection is found when columns are selected. */
  private static final class OfEvents extends VariableSource implements SelectiveSource {
    OfEvents(String name, VariableFile file, EventLayout layout) throws IOException {
      super(name, file, layout);
    }

    @Override
    public LayoutOfFirstFile layout() {
      return super.layout;
    }
  }

  /**
   * Opens a file's table. Where this fails, the file stays open.
   *
   * @param name the file's name, for messages
   * @param file closed with the source
   * @param noted the layout that Jetfold noted when it wrote the file; null where there is none
   * @param first another file whose layout counts; null for none
   */
  public static VariableSource of(
      String name,
      VariableFile file,
      @Nullable EventLayout noted,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first)
      throws IOException {
    List<Variable> all = file.variables();
    if (all.stream().allMatch(variable -> variable.depth() == 0)) {
      Set<Integer> wanted =
          RequestedColumns.of(Schema.flat(all.stream().map(Variable::column).toList()), options);
      List<Variable> rows = wanted.stream().map(all::get).toList();
      return new VariableSource(name, file, new EventLayout(rows, List.of()));
    }
    List<Variable> asked = CollectionFinder.asked(options.request(), all);
    List<Variable> chosen = noted == null ? List.of() : noted.asked(options);
    EventLayout layout;
    if (first instanceof EventLayout known && !asked.isEmpty()) {
      layout = known.following(asked);
    } else if (noted != null && options.request().isAll()) {
      layout = noted;
    } else if (noted != null && !chosen.isEmpty()) {
      layout = noted.following(chosen);
    } else {
      if (noted != null) {
        requireCollections(name, options.request(), all, noted.collectionNames());
      }
      int sample = (int) Math.min(SAMPLE_EVENTS, file.events());
      layout =
          new CollectionFinder(name, all, lists -> file.lengths(lists, sample), options).find();
    }
    return new OfEvents(name, file, layout);
  }

  /** Where Jetfold noted the names of collections, those of the file's columns are no help. */
  private static void requireCollections(
      String name, ColumnRequest request, List<Variable> all, List<String> noted) {
    for (String wanted : request.collections()) {
      ColumnRequest one = new ColumnRequest(List.of(wanted), List.of());
      if (!noted.contains(wanted) && CollectionFinder.asked(one, all).isEmpty()) {
        throw new TableUsageException(
            Subject.COLLECTIONS,
            "%s: no collection is called %s; %s"
                .formatted(name, wanted, QualifiedColumn.nearName(wanted, noted)));
      }
    }
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public OptionalLong rootEntries() {
    return OptionalLong.of(file.events());
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    if (next == file.events()) {
      return null;
    }
    int most = (int) Math.clamp(PIECE_VALUES / valuesAnEvent, 1, Math.max(1, rows));
    int events = (int) Math.min(most, file.events() - next);
    List<VariableValues> values = cursor.read(events);
    long count = values.stream().mapToLong(v -> v.values().size()).sum();
    double found = Math.max(1, (double) count / events);
    valuesAnEvent = next == 0 ? found : Math.max(valuesAnEvent, found);
    Table table = layout.table(name, next, events, values);
    next += events;
    return table;
  }

  @Override
  public void close() throws IOException {
    try {
      cursor.close();
    } finally {
      file.close();
    }
  }
}
