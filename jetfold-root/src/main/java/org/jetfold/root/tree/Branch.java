package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.root.streamer.StreamedObject;
import org.jspecify.annotations.Nullable;

/** A TBranch, as the tree's metadata describes it. Immutable once its tree is read, thread-safe. */
final class Branch {
  /** A TBranchElement's fType. */
  static final int BASE_CLASS = 1;

  static final int OBJECT = 2;
  static final int CLONES = 3;
  static final int COLLECTION = 4;
  static final int CLONES_MEMBER = 31;
  static final int COLLECTION_MEMBER = 41;

  private final StreamedObject streamed;
  private final String path;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<BasketPlace> baskets = new ArrayList<>();
  private final @Nullable String problem;

  /**
   * One basket's place.
   *
   * @param firstEntry its first entry
   * @param endEntry the entry behind its last
   * @param seek its offset in the file
   * @param bytes its size in the file
   * @param embedded the basket itself where it stands within the branch; null where it stands in
   *     the file
   */
  record BasketPlace(
      long firstEntry, long endEntry, long seek, int bytes, @Nullable Basket embedded) {}

  private Branch(StreamedObject streamed, String path) {
    this.streamed = streamed;
    this.path = path;
    for (Object object : streamed.list("fLeaves")) {
      if (object instanceof StreamedObject leaf) {
        leaves.add(Leaf.of(leaf));
      }
    }
    problem = findBaskets();
  }

  /** The branches of a tree, those of a branch behind it. */
  static List<Branch> all(List<@Nullable Object> list) {
    List<Branch> branches = new ArrayList<>();
    add(list, "", "", branches, 0, new HashMap<>());
    return branches;
  }

  private static void add(
      List<@Nullable Object> list,
      String parentName,
      String parentPath,
      List<Branch> branches,
      int depth,
      Map<StreamedObject, Boolean> seen) {
    for (Object object : list) {
      // A damaged reference can make a branch its own child.
      if (object instanceof StreamedObject streamed
          && depth < 64
          && seen.put(streamed, true) == null) {
        String name = bare(streamed.text("fName"));
        String path =
            parentPath.isEmpty() || name.startsWith(parentName + ".")
                ? name
                : parentPath + "." + name;
        boolean base = streamed.int32("fType") == BASE_CLASS && !parentPath.isEmpty();
        Branch branch = new Branch(streamed, path);
        branches.add(branch);
        add(
            streamed.list("fBranches"),
            base ? parentName : name,
            base ? parentPath : path,
            branches,
            depth + 1,
            seen);
      }
    }
  }

  /** A branch's name without the dimensions and the dot that it may end with. */
  private static String bare(String name) {
    int bracket = name.indexOf('[');
    String bare = bracket > 0 ? name.substring(0, bracket) : name;
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private @Nullable String findBaskets() {
    long[] entry = streamed.integers("fBasketEntry");
    long[] bytes = streamed.integers("fBasketBytes");
    long[] seek = streamed.integers("fBasketSeek");
    List<@Nullable Object> embedded = streamed.list("fBaskets");
    int count = Math.max(streamed.int32("fWriteBasket"), 0);
    int before = baskets.size();
    for (int i = 0; i <= count; i++) {
      boolean onDisk =
          i < count && i < seek.length && i < bytes.length && i < entry.length && seek[i] != 0;
      Basket basket = i < embedded.size() && embedded.get(i) instanceof Basket found ? found : null;
      if (!onDisk && (basket == null || basket.entries() == 0)) {
        if (i < count) {
          return "basket %d of %d is missing".formatted(i, count);
        }
        break;
      }
      long first =
          i < entry.length ? entry[i] : baskets.isEmpty() ? 0 : baskets.getLast().endEntry();
      long end;
      if (!onDisk && basket != null) {
        end = first + basket.entries();
      } else {
        end =
            i + 1 < entry.length && (i + 1 < count || entry[i + 1] != 0) ? entry[i + 1] : entries();
      }
      long expected = baskets.size() == before ? first : baskets.getLast().endEntry();
      if (first != expected || end < first || first < 0) {
        return "basket %d holds entries %d to %d, but begins at %d"
            .formatted(i, first, end, expected);
      }
      if (end > first) {
        baskets.add(
            onDisk
                ? new BasketPlace(first, end, seek[i], (int) bytes[i], null)
                : new BasketPlace(first, end, 0, 0, basket));
      }
    }
    return null;
  }

  /** The name as it stands in the file. */
  String name() {
    return streamed.text("fName");
  }

  /** The name behind that of the branch it belongs to, unless it begins with that already. */
  String path() {
    return path;
  }

  /** TBranch, TBranchElement… */
  String className() {
    return streamed.className();
  }

  /** What was streamed. */
  StreamedObject streamed() {
    return streamed;
  }

  /** The C++ class that a TBranchElement is of or belongs to; empty elsewhere. */
  String type() {
    return streamed.text("fClassName");
  }

  /** A TBranchElement's place in its tree of branches: see the constants. */
  int node() {
    return streamed.int32("fType");
  }

  /** The index of a TBranchElement's member in its class; −1 for a whole object. */
  int memberIndex() {
    return streamed.int32("fID");
  }

  /** How a TBranchElement's member is streamed. */
  int streamerType() {
    return streamed.int32("fStreamerType");
  }

  /** The leaves. */
  List<Leaf> leaves() {
    return leaves;
  }

  /** Whether other branches hold its parts. */
  boolean hasChildren() {
    return !streamed.list("fBranches").isEmpty();
  }

  /** Whether its baskets have entry offsets. */
  boolean hasOffsets() {
    return streamed.integer("fEntryOffsetLen") != 0;
  }

  /** The number of entries. */
  long entries() {
    return streamed.integer("fEntries");
  }

  /** The baskets in the order of entries, without empty ones. */
  List<BasketPlace> baskets() {
    return baskets;
  }

  /** The branch that holds the number of values of each entry; null where there is none. */
  @Nullable StreamedObject countBranch() {
    return streamed.object("fBranchCount");
  }

  /** Why its baskets cannot be read; null where they can. */
  @Nullable String problem() {
    if (!streamed.text("fFileName").isEmpty()) {
      return "its data is in another file, " + streamed.text("fFileName");
    }
    return problem;
  }

  /** What it takes in the file, in bytes. */
  long zippedBytes() {
    return Math.max(0, streamed.integer("fZipBytes"));
  }

  /** What it takes when unpacked, in bytes. */
  long totalBytes() {
    return Math.max(0, streamed.integer("fTotBytes"));
  }
}
