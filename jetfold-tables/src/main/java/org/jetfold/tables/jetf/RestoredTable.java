package org.jetfold.tables.jetf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/** The restored values of a compressed file; closing it closes the file. */
final class RestoredTable extends ForwardingSource {
  private final String name;
  private final Decompressor file;

  RestoredTable(String name, Decompressor file) throws IOException {
    super(file.read());
    this.name = name;
    this.file = file;
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
  public @Nullable Table next(int rows) throws IOException {
    try {
      return super.next(rows);
    } catch (JetfoldException e) {
      throw new UnreadableTableException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    file.close();
  }
}
