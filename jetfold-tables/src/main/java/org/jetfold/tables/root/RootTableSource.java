package org.jetfold.tables.root;

import java.io.IOException;
import java.util.OptionalLong;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SelectiveSource;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableInput;
import org.jspecify.annotations.Nullable;

/**
 * A tree or ntuple of a ROOT file, read piece by piece. Only the branches that are asked for are
 * read.
 */
final class RootTableSource implements SelectiveSource {
  private final TreeReader reader;
  private final EventLayout layout;

  private RootTableSource(TreeReader reader, EventLayout layout) {
    this.reader = reader;
    this.layout = layout;
  }

  /**
   * Opens a file.
   *
   * @param input its tree is named behind its folders; where none is named, it is that of the first
   *     file, or the only one that has what is asked for
   * @param first another file whose layout this one follows as far as it has its branches; null for
   *     none
   */
  static RootTableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    TreeLayout known = first instanceof TreeLayout layout ? layout : null;
    String tree = input.tree() == null && known != null ? known.tree() : input.tree();
    TreeReader reader = TreeReader.open(input.name(), input.file(), tree, options);
    try {
      return new RootTableSource(reader, reader.find(options, known));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public OptionalLong rootEntries() {
    return OptionalLong.of(reader.events());
  }

  @Override
  public LayoutOfFirstFile layout() {
    return new TreeLayout(layout, reader.tree(), reader.valuesAnEvent());
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    return reader.next(layout, rows);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
