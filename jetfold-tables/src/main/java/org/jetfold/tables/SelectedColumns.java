package org.jetfold.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jetfold.tables.rows.RequestedColumns;
import org.jspecify.annotations.Nullable;

/** Those columns of a table that a user asked for. */
final class SelectedColumns extends ForwardingSource {
  private final Projection projection;

  /**
   * Finds the columns.
   *
   * @throws TableUsageException where a pattern fits nothing
   */
  SelectedColumns(String name, TableSource source, SourceOptions options) {
    super(source);
    Schema schema = source.schema();
    List<Set<Integer>> matching = RequestedColumns.matching(schema, options);
    List<String> patterns = options.request().patterns();
    Set<Integer> chosen = new TreeSet<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (matching.get(i).isEmpty()) {
        throw i < options.request().collections().size()
            ? unknownCollection(name, patterns.get(i), schema)
            : new TableUsageException(
                Subject.COLUMNS,
                "%s: no column is called %s; %s"
                    .formatted(
                        name,
                        patterns.get(i),
                        QualifiedColumn.near(
                            NamePattern.parse(patterns.get(i)).literal(),
                            QualifiedColumn.all(schema))));
      }
      chosen.addAll(matching.get(i));
    }
    projection = Projection.of(schema, chosen);
  }

  private static TableUsageException unknownCollection(String name, String wanted, Schema schema) {
    List<String> names = schema.root().lists().stream().map(Group::name).toList();
    return new TableUsageException(
        Subject.COLLECTIONS,
        "%s: no collection is called %s; %s"
            .formatted(name, wanted, QualifiedColumn.nearName(wanted, names)));
  }

  @Override
  public Schema schema() {
    return projection.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = super.next(rows);
    if (piece == null) {
      return null;
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group : projection.groups()) {
      if (group > 0) {
        offsets.add(piece.offsets(group));
      }
    }
    List<ColumnValues> values = projection.columns().stream().map(piece::values).toList();
    return new Table(projection.schema(), piece.rootEntries(), offsets, values);
  }
}
