package org.jetfold.tables.jetf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/** The restored values of a compressed file; closing it closes the file. */
final class RestoredTable implements TableSource {
  private final String name;
  private final Decompressor file;
  private final TableSource table;

  RestoredTable(String name, Decompressor file) throws IOException {
    this.name = name;
    this.file = file;
    table = file.read();
  }

  /** What the values are not any more; empty where nothing was lost. */
  static Optional<String> describeLosses(FileHeader header) {
    List<QualifiedColumn> names = QualifiedColumn.all(header.schema());
    List<String> lossy = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      Loss loss = header.losses().get(column);
      if (!loss.isNone()) {
        lossy.add(
            "%s %s"
                .formatted(
                    names.get(column).path(),
                    loss.isUnknown() ? header.precisions().get(column) : loss));
      }
    }
    return lossy.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "its values were compressed before, and are within %s of the original ones"
                .formatted(Quantities.names(lossy)));
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public OptionalLong rootEntries() {
    return table.rootEntries();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    try {
      return table.next(rows);
    } catch (JetfoldException e) {
      throw new UnreadableTableException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    table.close();
    file.close();
  }
}
