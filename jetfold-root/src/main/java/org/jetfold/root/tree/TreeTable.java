package org.jetfold.root.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jetfold.root.ColumnValues;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootEntryException;
import org.jetfold.root.RootKey;
import org.jetfold.root.RootTree;
import org.jetfold.root.ValueType;
import org.jetfold.root.file.Key;
import org.jetfold.root.shape.ColumnIndex;
import org.jetfold.root.shape.ColumnSink;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeColumns;
import org.jetfold.root.shape.ShapeResolver;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;
import org.jetfold.root.streamer.ObjectReader;
import org.jetfold.root.streamer.StreamedObject;
import org.jetfold.root.streamer.StreamerInfos;
import org.jspecify.annotations.Nullable;

/** A TTree. Immutable but for its cache of baskets, thread-safe. */
public final class TreeTable implements RootTree {
  /**
   * Where a column comes from.
   *
   * @param branch the branch that holds it
   * @param layout how the branch is read
   * @param path the column's path within the branch
   */
  record Origin(Branch branch, BranchLayout layout, String path) {}

  private final RootKey key;
  private final BranchReader.Context context;
  private final long entries;
  private final long[] boundaries;
  private final List<Branch> branches;
  private final IdentityHashMap<StreamedObject, Branch> byObject = new IdentityHashMap<>();
  private final ColumnIndex<Origin> index;
  private final Map<String, RootColumn> aliases = new HashMap<>();

  private TreeTable(RootKey key, FileBytes file, StreamerInfos infos, StreamedObject tree)
      throws IOException {
    this.key = key;
    index = new ColumnIndex<>(key.path());
    context =
        new BranchReader.Context(key.path(), file, new BasketCache(), new ShapeResolver(infos));
    entries = tree.integer("fEntries");
    if (entries < 0) {
      throw tree.error("a tree of %d entries".formatted(entries));
    }
    branches = BranchList.of(tree.list("fBranches"));
    boundaries = Clusters.boundaries(tree, branches, entries);
    for (Branch branch : branches) {
      byObject.put(branch.streamed(), branch);
      branch.leafObjects().forEach(leaf -> byObject.put(leaf, branch));
    }
    BranchLayouts layouts = new BranchLayouts(context.resolver());
    for (Branch branch : branches) {
      addColumns(branch, layouts.of(branch));
    }
  }

  /** Reads a tree's metadata. */
  public static TreeTable read(RootKey name, Key key, FileBytes file, StreamerInfos infos)
      throws IOException {
    ByteCursor in = key.object(file);
    ObjectReader reader =
        new ObjectReader(
            infos,
            Map.of("TBasket", EmbeddedBasket::read),
            type -> type.startsWith("TBranch") || type.startsWith("TLeaf"),
            in,
            key.keyBytes());
    return new TreeTable(name, file, infos, reader.object(key.className()));
  }

  private void addColumns(Branch branch, BranchLayout layout) {
    for (ShapeColumns.Found found : layout.columns(context.resolver())) {
      String problem = found.problem();
      if (problem == null && branch.entries() < entries) {
        problem = "it has %d entries, but the tree has %d".formatted(branch.entries(), entries);
      }
      RootColumn column =
          new RootColumn(
              index.free(ShapeColumns.below(branch.path(), found.path())),
              typeName(branch),
              problem == null ? found.type() : null,
              found.levels(),
              problem,
              branch.zippedBytes(),
              branch.totalBytes());
      index.add(column, new Origin(branch, layout, found.path()));
      aliases.putIfAbsent(ShapeColumns.below(branch.name(), found.path()), column);
    }
  }

  private static String typeName(Branch branch) {
    if (!branch.type().isEmpty()) {
      return branch.isMember() ? "member of " + branch.type() : branch.type();
    }
    return branch.leaves().isEmpty() ? branch.className() : branch.leaves().getFirst().typeName();
  }

  /** Where a column comes from. */
  Origin origin(RootColumn column) {
    return index.origin(column);
  }

  /** The branches, depth first. */
  List<Branch> branches() {
    return branches;
  }

  @Override
  public RootKey key() {
    return key;
  }

  @Override
  public Kind kind() {
    return Kind.TTREE;
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public List<RootColumn> columns() {
    return index.columns();
  }

  @Override
  public Optional<RootColumn> column(String name) {
    RootColumn column = index.column(name);
    return Optional.ofNullable(column != null ? column : aliases.get(name));
  }

  @Override
  public long[] boundaries() {
    return boundaries.clone();
  }

  @Override
  public List<JaggedColumn> read(List<RootColumn> columns, long first, long last)
      throws IOException {
    index.check(columns, first, last, entries);
    Map<Branch, List<ColumnSink>> sinks = new LinkedHashMap<>();
    Map<Branch, BranchLayout> layouts = new HashMap<>();
    List<ColumnSink> inOrder = new ArrayList<>();
    for (RootColumn column : columns) {
      Origin origin = index.origin(column);
      ColumnSink sink = new ColumnSink(context.file().name(), column, origin.path());
      sinks.computeIfAbsent(origin.branch(), branch -> new ArrayList<>()).add(sink);
      layouts.put(origin.branch(), origin.layout());
      inOrder.add(sink);
    }
    for (Map.Entry<Branch, List<ColumnSink>> part : sinks.entrySet()) {
      Branch branch = part.getKey();
      BranchReader.Counts counts = (from, to) -> counts(branch, from, to);
      BranchLayout layout = Objects.requireNonNull(layouts.get(branch));
      new BranchReader(context, branch, layout, counts, part.getValue()).read(first, last);
    }
    List<JaggedColumn> read = new ArrayList<>();
    int count = (int) (last - first);
    for (int i = 0; i < inOrder.size(); i++) {
      if (!inOrder.get(i).isComplete(count)) {
        throw new RootEntryException(
            "tree %s, column %s, entries %d to %d"
                .formatted(name(), columns.get(i).name(), first, last),
            context
                .file()
                .error(0, "objects of another version of its class, which lacks that member"));
      }
      read.add(inOrder.get(i).finish(first, count));
    }
    return read;
  }

  /**
   * The numbers of values of a branch's entries, from the branch that counts them; null where there
   * is none.
   */
  private long @Nullable [] counts(Branch branch, long first, long last) throws IOException {
    StreamedObject count = branch.countBranch();
    if (count == null && !branch.leaves().isEmpty()) {
      count = branch.leaves().getFirst().count();
    }
    Branch counting = count == null ? null : byObject.get(count);
    ValueType type = counting == null ? null : countType(counting);
    if (counting == null || type == null) {
      return null;
    }
    RootColumn column = new RootColumn(counting.path(), "", type, List.of(), null, 0, 0);
    ColumnSink sink = new ColumnSink(context.file().name(), column, "");
    BranchLayout layout = new BranchLayout.PerEntry(new Shape.Numeric(type));
    BranchReader.Counts none = (from, to) -> null;
    new BranchReader(context, counting, layout, none, List.of(sink)).read(first, last);
    return ((ColumnValues.Integers) sink.finish(first, (int) (last - first)).values()).values();
  }

  private static @Nullable ValueType countType(Branch counting) {
    if (counting.className().equals("TBranchElement")) {
      return ValueType.INT32; // the number of objects in a collection, or a member that counts
    }
    if (counting.leaves().size() == 1
        && counting.leaves().getFirst().shape() instanceof Shape.Numeric(ValueType type)
        && !type.isFloat()) {
      return type;
    }
    return null;
  }
}
