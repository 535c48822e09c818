package org.jetfold.cli.file;

import java.io.IOException;
import java.util.stream.IntStream;
import org.jetfold.codec.derived.EventCondition;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** Chosen events of any table. What is behind the last of them is not read. */
public final class SelectedSource implements TableSource {
  private final TableSource source;
  private final Selection selection;
  private final @Nullable EventCondition condition;
  private long before;

  /** Events of a table; closing this closes it. */
  public SelectedSource(TableSource source, Selection selection) {
    this.source = source;
    this.selection = selection;
    condition =
        selection.condition().map(text -> EventCondition.of(text, source.schema())).orElse(null);
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    while (before < selection.to()) {
      Table piece = source.next(rows);
      if (piece == null) {
        return null;
      }
      int[] chosen = chosen(piece);
      before += piece.rootEntries();
      if (chosen.length > 0) {
        return chosen.length == piece.rootEntries() ? piece : piece.select(chosen);
      }
    }
    return null;
  }

  private int[] chosen(Table piece) {
    int from = (int) Math.clamp(selection.from() - before, 0L, piece.rootEntries());
    int to = (int) Math.clamp(selection.to() - before, 0L, piece.rootEntries());
    boolean[] meant = condition == null ? new boolean[0] : condition.chosen(piece);
    return IntStream.range(from, to).filter(event -> meant.length == 0 || meant[event]).toArray();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
