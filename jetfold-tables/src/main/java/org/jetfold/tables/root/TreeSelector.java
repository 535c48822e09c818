package org.jetfold.tables.root;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.text.Quantities;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * Which tree of a file is meant: the one that is named; else the only one that has numbers; else
 * the only one that has everything asked for.
 */
final class TreeSelector {
  private TreeSelector() {}

  static RootTree of(String file, RootFile root, @Nullable String wanted, ColumnRequest request)
      throws IOException {
    if (root.trees().isEmpty()) {
      throw new UnreadableTableException(file + ": holds no tree and no ntuple");
    }
    if (wanted != null) {
      RootTree named =
          root.tree(wanted)
              .orElseThrow(() ->
                  new TableUsageException(
                      "%s: has no tree %s; it has %s"
                          .formatted(file, wanted, described(root.trees()))));
      requireReadable(file, named);
      return named;
    }
    if (root.trees().size() == 1) {
      requireReadable(file, root.trees().getFirst());
    }
    List<RootTree> readable =
        root.trees().stream()
            .filter(tree -> tree.columns().stream().anyMatch(RootColumn::isReadable))
            .toList();
    if (readable.isEmpty()) {
      throw new UnreadableTableException("%s: nothing in its trees can be read".formatted(file));
    }
    List<RootTree> fitting =
        readable.size() == 1 || request.isAll()
            ? readable
            : readable.stream()
                .filter(tree -> CollectionFinder.fitsAll(request, readableNames(tree)))
                .toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    if (fitting.isEmpty()) {
      throw new TableUsageException(
          "%s: no tree has all that is asked for: %s"
              .formatted(
                  file,
                  CollectionFinder.near(
                      request,
                      readable.stream().flatMap(tree -> readableNames(tree).stream()).toList())));
    }
    throw new TableUsageException(
        "%s: say which tree is meant, as in %s:%s; there are %s"
            .formatted(file, file, fitting.getFirst().name(), described(fitting)));
  }

  private static void requireReadable(String file, RootTree tree) {
    String problem = tree.problem().orElse(null);
    if (problem != null) {
      throw new UnreadableTableException(
          "%s: tree %s cannot be read: %s".formatted(file, tree.name(), problem));
    }
  }

  private static List<String> readableNames(RootTree tree) {
    return tree.columns().stream().filter(RootColumn::isReadable).map(RootColumn::name).toList();
  }

  private static String described(List<RootTree> trees) {
    return String.join(
        ", ",
        trees.stream()
            .map(tree ->
                "%s (%s)"
                    .formatted(tree.name(), Quantities.count(tree.entries(), "entry", "entries")))
            .toList());
  }
}
