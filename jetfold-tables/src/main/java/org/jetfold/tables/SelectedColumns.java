package org.jetfold.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jspecify.annotations.Nullable;

/** Some columns of a table that was read whole, for formats that cannot leave columns out. */
final class SelectedColumns implements TableSource {
  private final TableSource source;
  private final Projection projection;

  /**
   * Finds the columns.
   *
   * @throws TableUsageException where a pattern fits nothing
   */
  SelectedColumns(String name, TableSource source, ColumnRequest request) {
    this.source = source;
    Schema schema = source.schema();
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    Set<Integer> chosen = new TreeSet<>();
    for (String wanted : request.collections()) {
      NamePattern pattern = NamePattern.parse(wanted);
      int before = chosen.size();
      for (int column = 0; column < columns.size(); column++) {
        if (inCollection(schema, schema.groupOf(column), pattern)
            || columns.get(column).fits(pattern)) {
          chosen.add(column);
        }
      }
      if (chosen.size() == before) {
        List<String> names = schema.root().lists().stream().map(Group::name).toList();
        throw new TableUsageException(
            Subject.COLLECTIONS,
            "%s: no collection is called %s; %s"
                .formatted(
                    name,
                    wanted,
                    names.isEmpty()
                        ? "the table has none"
                        : "there are " + String.join(", ", names)));
      }
    }
    for (String wanted : request.columns()) {
      NamePattern pattern = NamePattern.parse(wanted);
      Set<Integer> fitting = QualifiedColumn.fitting(pattern, columns);
      chosen.addAll(fitting);
      if (fitting.isEmpty()) {
        throw new TableUsageException(
            Subject.COLUMNS,
            "%s: no column is called %s; %s"
                .formatted(name, wanted, QualifiedColumn.near(pattern.literal(), columns)));
      }
    }
    projection = Projection.of(schema, chosen);
  }

  private static boolean inCollection(Schema schema, int group, NamePattern pattern) {
    return group > 0
        && (pattern.fits(schema.groups().get(group).name())
            || inCollection(schema, schema.parent(group), pattern));
  }

  @Override
  public Schema schema() {
    return projection.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = source.next(rows);
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

  @Override
  public void close() throws IOException {
    source.close();
  }
}
