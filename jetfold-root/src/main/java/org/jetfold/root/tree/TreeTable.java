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
import org.jetfold.root.Level;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootKey;
import org.jetfold.root.RootTree;
import org.jetfold.root.ValueType;
import org.jetfold.root.file.Key;
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
  private record Place(RootColumn column, Branch branch, BranchLayout layout, String path) {}

  private final RootKey key;
  private final FileBytes file;
  private final ShapeResolver resolver;
  private final StreamedObject tree;
  private final List<Branch> branches;
  private final IdentityHashMap<StreamedObject, Branch> byObject = new IdentityHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, RootColumn> aliases = new HashMap<>();
  private final BasketCache cache = new BasketCache();

  private TreeTable(RootKey key, FileBytes file, StreamerInfos infos, StreamedObject tree) {
    this.key = key;
    this.file = file;
    this.resolver = new ShapeResolver(infos);
    this.tree = tree;
    branches = Branch.all(tree.list("fBranches"));
    BranchLayouts layouts = new BranchLayouts(resolver);
    for (Branch branch : branches) {
      byObject.put(branch.streamed(), branch);
      for (Object leaf : branch.streamed().list("fLeaves")) {
        if (leaf instanceof StreamedObject object) {
          byObject.put(object, branch);
        }
      }
    }
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
    for (ShapeColumns.Found found : layout.columns(resolver)) {
      String path = found.path().isEmpty() ? branch.path() : branch.path() + "." + found.path();
      String problem = found.problem();
      if (problem == null && branch.entries() < entries()) {
        problem = "it has %d entries, but the tree has %d".formatted(branch.entries(), entries());
      }
      String name = path;
      for (int i = 2; places.containsKey(name); i++) {
        name = path + "#" + i;
      }
      RootColumn column =
          new RootColumn(
              name,
              typeName(branch),
              problem == null ? found.type() : null,
              found.levels(),
              problem,
              branch.zippedBytes(),
              branch.totalBytes());
      places.put(name, new Place(column, branch, layout, found.path()));
      String bare = found.path().isEmpty() ? branch.name() : branch.name() + "." + found.path();
      aliases.putIfAbsent(bare, column);
    }
  }

  private static String typeName(Branch branch) {
    if (!branch.type().isEmpty()) {
      return branch.memberIndex() < 0 || branch.leaves().isEmpty()
          ? branch.type()
          : "member of " + branch.type();
    }
    return branch.leaves().isEmpty() ? branch.className() : branch.leaves().getFirst().typeName();
  }

  /**
   * Where a column comes from.
   *
   * @param branch the branch that holds it, counted depth first
   * @param path the column's path within the branch
   * @param layout how the branch is read
   */
  record Origin(int branch, String path, BranchLayout layout) {}

  /** Where a column comes from. */
  Origin origin(RootColumn column) {
    Place place = Objects.requireNonNull(places.get(column.name()));
    return new Origin(branches.indexOf(place.branch()), place.path(), place.layout());
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
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public long entries() {
    return Math.max(0, tree.integer("fEntries"));
  }

  @Override
  public List<RootColumn> columns() {
    return places.values().stream().map(Place::column).toList();
  }

  @Override
  public Optional<RootColumn> column(String name) {
    Place place = places.get(name);
    return Optional.ofNullable(place != null ? place.column() : aliases.get(name));
  }

  @Override
  public long[] boundaries() {
    return Clusters.boundaries(tree, branches, entries());
  }

  @Override
  public List<JaggedColumn> read(List<RootColumn> columns, long first, long last)
      throws IOException {
    if (first < 0 || last < first || last > entries() || last - first > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "entries %d to %d of tree %s, which has %d".formatted(first, last, name(), entries()));
    }
    Map<Branch, List<ColumnSink>> sinks = new LinkedHashMap<>();
    Map<Branch, BranchLayout> layouts = new HashMap<>();
    List<ColumnSink> inOrder = new ArrayList<>();
    for (RootColumn column : columns) {
      Place place = readable(column);
      ColumnSink sink = new ColumnSink(column, Objects.requireNonNull(column.type()), place.path());
      sinks.computeIfAbsent(place.branch(), branch -> new ArrayList<>()).add(sink);
      layouts.put(place.branch(), place.layout());
      inOrder.add(sink);
    }
    for (Map.Entry<Branch, List<ColumnSink>> part : sinks.entrySet()) {
      Branch branch = part.getKey();
      BranchReader.Counts counts = (from, to) -> counts(branch, from, to);
      BranchLayout layout = Objects.requireNonNull(layouts.get(branch));
      new BranchReader(file, cache, branch, resolver, layout, counts, part.getValue())
          .read(first, last);
    }
    List<JaggedColumn> read = new ArrayList<>();
    int entries = (int) (last - first);
    for (int i = 0; i < inOrder.size(); i++) {
      if (!inOrder.get(i).isComplete(entries)) {
        throw file.error(
            0,
            "objects of column %s lack that member in the version that the file holds"
                .formatted(columns.get(i).name()));
      }
      read.add(inOrder.get(i).finish(first, entries));
    }
    return read;
  }

  private Place readable(RootColumn column) {
    Place place = places.get(column.name());
    if (place == null || !place.column().equals(column)) {
      throw new IllegalArgumentException(
          "tree %s has no column %s".formatted(name(), column.name()));
    }
    if (!column.isReadable()) {
      throw new IllegalArgumentException(
          "column %s cannot be read: %s".formatted(column.name(), column.problem()));
    }
    return place;
  }

  /** The numbers of values of a branch's entries, from the branch that counts them. */
  private long[] counts(Branch branch, long first, long last) throws IOException {
    StreamedObject count = branch.countBranch();
    Leaf leaf = branch.leaves().isEmpty() ? null : branch.leaves().getFirst();
    if (count == null && leaf != null) {
      count = leaf.count();
    }
    Branch counting = count == null ? null : byObject.get(count);
    ValueType type = counting == null ? null : countType(counting);
    if (counting == null || type == null) {
      throw file.error(
          0,
          "branch %s has entries of varying length, but none counts them".formatted(branch.name()));
    }
    RootColumn column = new RootColumn(counting.path(), "", type, List.<Level>of(), null, 0, 0);
    ColumnSink sink = new ColumnSink(column, type, "");
    BranchReader.Counts none = (from, to) -> new long[0];
    new BranchReader(
            file,
            cache,
            counting,
            resolver,
            new BranchLayout.PerEntry(new Shape.Numeric(type)),
            none,
            List.of(sink))
        .read(first, last);
    return switch (sink.finish(first, (int) (last - first)).values()) {
      case ColumnValues.Integers(long[] values) -> values;
      default -> throw file.error(0, "branch %s counts in floats".formatted(counting.name()));
    };
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
