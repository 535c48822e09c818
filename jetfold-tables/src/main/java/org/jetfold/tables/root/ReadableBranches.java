package org.jetfold.tables.root;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.text.Quantities;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.RootTree;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;

/**
 * Finds the branches of a tree that can be read: by the file's description of them, and by their
 * first entries, which may hold something else. Others that are asked for are left out with a
 * warning, unless they are named one by one, or damaged.
 */
final class ReadableBranches {
  /** How many entries tell whether a branch holds what the file says. */
  private static final long FIRST_ENTRIES = 100;

  private final String file;
  private final RootTree tree;
  private final SourceOptions options;
  private final List<ColumnRequest> requests = new ArrayList<>();
  private final List<RootColumn> readable = new ArrayList<>();

  /** What was asked for and is left out, by the reason. */
  private final Map<String, List<String>> leftOut = new LinkedHashMap<>();

  private ReadableBranches(String file, RootTree tree, SourceOptions options) {
    this.file = file;
    this.tree = tree;
    this.options = options;
    ColumnRequest request = options.request();
    request.collections().forEach(c -> requests.add(new ColumnRequest(List.of(c), List.of())));
    request.columns().forEach(c -> requests.add(new ColumnRequest(List.of(), List.of(c))));
  }

  /**
   * All that can be read, asked for or not.
   *
   * @param reader reads the tree's columns
   * @throws RootException if a branch that is asked for is damaged at its beginning
   * @throws UnreadableTableException if a branch that is named cannot be read, or none can
   */
  static List<RootColumn> of(
      String file, RootTree tree, ParallelColumns reader, SourceOptions options)
      throws IOException {
    ReadableBranches branches = new ReadableBranches(file, tree, options);
    branches.find(reader);
    branches.requireNamed();
    branches.leftOut.forEach((reason, names) -> options.warn(branches.warning(reason, names)));
    if (branches.readable.isEmpty()) {
      throw new UnreadableTableException(
          "%s: no branch of tree %s can be read".formatted(file, tree.name()));
    }
    return branches.readable;
  }

  private void find(ParallelColumns reader) throws IOException {
    List<RootColumn> asked = new ArrayList<>();
    for (RootColumn column : tree.columns()) {
      boolean isAsked = isAsked(column.name());
      if (column.isReadable()) {
        readable.add(column);
        if (isAsked) {
          asked.add(column);
        }
      } else if (isAsked) {
        leaveOut(column, String.valueOf(column.problem()));
      }
    }
    for (var failure : failures(asked, reader).entrySet()) {
      if (failure.getValue() instanceof RootFormatException && !options.skipUnreadable()) {
        throw failure.getValue();
      }
      readable.remove(failure.getKey());
      leaveOut(failure.getKey(), failure.getValue().reason());
    }
  }

  private Map<RootColumn, RootException> failures(List<RootColumn> asked, ParallelColumns reader)
      throws IOException {
    if (options.skipUnreadable()) {
      return tree.check(asked, 0, tree.entries());
    }
    long entries = Math.min(tree.entries(), FIRST_ENTRIES);
    try {
      reader.read(asked, 0, entries);
      return Map.of();
    } catch (RootException ignored) {
      return tree.check(asked, 0, entries);
    }
  }

  private void leaveOut(RootColumn column, String reason) {
    leftOut.computeIfAbsent(reason, key -> new ArrayList<>()).add(column.name());
  }

  private boolean isAsked(String name) {
    return options.request().isAll()
        || requests.stream().anyMatch(one -> CollectionFinder.fitsAll(one, List.of(name)));
  }

  /** What is named, by itself or by a pattern that fits nothing else, must be there. */
  private void requireNamed() {
    List<String> names = readable.stream().map(RootColumn::name).toList();
    for (ColumnRequest one : requests) {
      if (!CollectionFinder.fitsAll(one, names)) {
        for (var part : leftOut.entrySet()) {
          for (String name : part.getValue()) {
            if (CollectionFinder.fitsAll(one, List.of(name))) {
              throw new UnreadableTableException(
                  "%s: tree %s, branch %s cannot be read: %s"
                      .formatted(file, tree.name(), name, part.getKey()));
            }
          }
        }
      }
    }
  }

  private String warning(String reason, List<String> names) {
    return names.size() == 1 || options.skipUnreadable()
        ? "%s: left out: %s: %s".formatted(file, String.join(", ", names), reason)
        : "%s: %d branches left out (%s): %s"
            .formatted(file, names.size(), Quantities.names(names), reason);
  }
}
