package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.streamer.StreamedObject;
import org.jspecify.annotations.Nullable;

/** A TBranch, as the tree's metadata describes it. Immutable, thread-safe. */
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
  private final Content content;

  /**
   * What the file says of a branch, as far as it can be understood.
   *
   * @param problem why its values cannot be read; null where they can
   */
  private record Content(
      String name,
      String type,
      int node,
      boolean hasChildren,
      boolean hasOffsets,
      long entries,
      long zippedBytes,
      long totalBytes,
      boolean isMember,
      List<StreamedObject> leafObjects,
      List<Leaf> leaves,
      List<BasketPlace> baskets,
      @Nullable String problem) {
    static Content of(StreamedObject branch) throws RootFormatException {
      long entries = branch.integer("fEntries");
      String file = branch.text("fFileName");
      List<StreamedObject> objects = new ArrayList<>();
      List<Leaf> leaves = new ArrayList<>();
      for (Object object : branch.list("fLeaves")) {
        if (object instanceof StreamedObject leaf) {
          objects.add(leaf);
          leaves.add(Leaf.of(leaf));
        }
      }
      return new Content(
          branch.text("fName"),
          branch.text("fClassName", ""),
          branch.int32("fType", 0),
          !branch.list("fBranches").isEmpty(),
          branch.integer("fEntryOffsetLen") != 0,
          entries,
          Math.max(0, branch.integer("fZipBytes")),
          Math.max(0, branch.integer("fTotBytes")),
          !leaves.isEmpty() && branch.int32("fID", -1) >= 0,
          List.copyOf(objects),
          List.copyOf(leaves),
          file.isEmpty() ? BasketPlace.all(branch, entries) : List.of(),
          file.isEmpty() ? null : "its data is in another file, " + file);
    }

    /** A branch of which nothing is known but why. */
    static Content unknown(String name, String problem) {
      return new Content(
          name, "", 0, false, false, 0, 0, 0, false, List.of(), List.of(), List.of(), problem);
    }
  }

  /**
   * A branch. One that cannot be understood says so, and does not keep others from being read.
   *
   * @param path the name behind that of the branch it belongs to
   */
  Branch(StreamedObject streamed, String path) {
    this.streamed = streamed;
    this.path = path;
    Content found;
    try {
      found = Content.of(streamed);
    } catch (RootFormatException e) {
      found = Content.unknown(path, e.reason());
    }
    content = found;
  }

  /** The name as it stands in the file. */
  String name() {
    return content.name();
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
    return content.type();
  }

  /** A TBranchElement's place in its tree of branches: see the constants. */
  int node() {
    return content.node();
  }

  /** Whether a TBranchElement holds a member of its class, and not a whole object. */
  boolean isMember() {
    return content.isMember();
  }

  /** The index of a TBranchElement's member in its class; −1 for a whole object. */
  int memberIndex() throws RootFormatException {
    return streamed.int32("fID");
  }

  /** How a TBranchElement's member is streamed. */
  int streamerType() throws RootFormatException {
    return streamed.int32("fStreamerType");
  }

  /** The version of a TBranchElement's class. */
  int classVersion() throws RootFormatException {
    return streamed.int32("fClassVersion");
  }

  /** The checksum of a TBranchElement's class; 0 where the file does not tell it. */
  int checksum() throws RootFormatException {
    return streamed.int32("fCheckSum", 0);
  }

  /** The branch that holds the number of values of each entry; null where there is none. */
  @Nullable StreamedObject countBranch() throws RootFormatException {
    return streamed.has("fBranchCount") ? streamed.object("fBranchCount") : null;
  }

  /** What was streamed of its leaves. */
  List<StreamedObject> leafObjects() {
    return content.leafObjects();
  }

  /** The leaves. */
  List<Leaf> leaves() {
    return content.leaves();
  }

  /** Whether other branches hold its parts. */
  boolean hasChildren() {
    return content.hasChildren();
  }

  /** Whether its baskets have entry offsets. */
  boolean hasOffsets() {
    return content.hasOffsets();
  }

  /** The number of entries. */
  long entries() {
    return content.entries();
  }

  /** The baskets in the order of entries, without empty ones. */
  List<BasketPlace> baskets() {
    return content.baskets();
  }

  /** Why its values cannot be read; null where they can. */
  @Nullable String problem() {
    return content.problem();
  }

  /** What it takes in the file, in bytes. */
  long zippedBytes() {
    return content.zippedBytes();
  }

  /** What it takes when unpacked, in bytes. */
  long totalBytes() {
    return content.totalBytes();
  }
}
