package org.jetfold.tables.root;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.tables.SourceOptions;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.SelectiveSource;
import org.jspecify.annotations.Nullable;

/**
 * A tree or ntuple of a ROOT file, or of several files one behind the other, read piece by piece.
 * Only the branches that are asked for are read.
 */
public final class RootTableSource implements SelectiveSource {
  private final List<Path> files;
  private final SourceOptions options;
  private final String tree;
  private final EventLayout layout;
  private TreePieces pieces;
  private int current;

  private RootTableSource(
      List<Path> files, TreePieces first, EventLayout layout, SourceOptions options) {
    this.files = List.copyOf(files);
    this.options = options;
    this.layout = layout;
    tree = first.tree();
    pieces = first;
  }

  /**
   * Opens files with the same branches.
   *
   * @param files at least one
   * @param tree the name of a tree or ntuple, behind those of its folders; null for the only one
   *     that fits
   */
  public static RootTableSource open(List<Path> files, @Nullable String tree, SourceOptions options)
      throws IOException {
    Path file = files.getFirst();
    TreePieces first = TreePieces.open(file.toString(), file, tree, options);
    try {
      return new RootTableSource(files, first, first.find(options), options);
    } catch (IOException | RuntimeException e) {
      first.close();
      throw e;
    }
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = pieces.next(layout, rows);
    while (piece == null && current + 1 < files.size()) {
      pieces.close();
      current++;
      Path file = files.get(current);
      pieces = TreePieces.open(file.toString(), file, tree, options);
      pieces.follow(layout);
      piece = pieces.next(layout, rows);
    }
    return piece;
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }
}
