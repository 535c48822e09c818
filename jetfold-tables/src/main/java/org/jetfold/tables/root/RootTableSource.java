package org.jetfold.tables.root;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.tables.SourceOptions;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.Precedent;
import org.jetfold.tables.events.SelectiveSource;
import org.jspecify.annotations.Nullable;

/**
 * A tree or ntuple of a ROOT file, read piece by piece. Only the branches that are asked for are
 * read.
 */
public final class RootTableSource implements SelectiveSource {
  private final TreeReader pieces;
  private final EventLayout layout;

  private RootTableSource(TreeReader pieces, EventLayout layout) {
    this.pieces = pieces;
    this.layout = layout;
  }

  /**
   * Opens a file.
   *
   * @param tree the name of a tree or ntuple, behind those of its folders; null for that of the
   *     precedent, or the only one that fits
   * @param precedent another file whose layout this one follows as far as it has its branches; null
   *     for none
   */
  public static RootTableSource open(
      Path file, @Nullable String tree, SourceOptions options, @Nullable Precedent precedent)
      throws IOException {
    String wanted = tree == null && precedent != null ? precedent.tree() : tree;
    TreeReader pieces = TreeReader.open(file.toString(), file, wanted, options);
    try {
      return new RootTableSource(pieces, pieces.find(options, precedent));
    } catch (IOException | RuntimeException e) {
      pieces.close();
      throw e;
    }
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public Precedent precedent() {
    return new Precedent(layout.schema(), layout, pieces.tree(), pieces.valuesAnEvent());
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    return pieces.next(layout, rows);
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }
}
