package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.streamer.StreamedObject;
import org.jspecify.annotations.Nullable;

/** Lists the branches of a tree, depth first, and gives each a path. */
final class BranchList {
  private static final int MAX_DEPTH = 64;

  private final List<Branch> branches = new ArrayList<>();

  /** A damaged reference can make a branch its own child. */
  private final Set<StreamedObject> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private BranchList() {}

  /**
   * The branch around some others.
   *
   * @param name its name, which those of the others may begin with
   * @param path its path; empty at the top
   * @param isQualified whether the path tells its class, which its name does not
   * @param hidden the paths of a derived class's members, which hide those of a base class
   */
  private record Parent(String name, String path, boolean isQualified, Set<String> hidden) {
    String path(String child) {
      if (path.isEmpty()) {
        return child;
      }
      if (child.startsWith(name + ".")) {
        return isQualified ? path + child.substring(name.length()) : child;
      }
      return path + "." + child;
    }

    /** The path of a member that another one hides: {@code object.Base::member}. */
    String path(String child, String className) {
      String simple = child.startsWith(name + ".") ? child.substring(name.length() + 1) : child;
      String key = className + "::" + simple;
      return path.isEmpty() ? key : path + "." + key;
    }
  }

  /** The branches of a tree, those of a branch behind it. */
  static List<Branch> of(List<@Nullable Object> top) throws RootFormatException {
    BranchList list = new BranchList();
    list.add(top, new Parent("", "", false, Set.of()), 0);
    return List.copyOf(list.branches);
  }

  private void add(List<@Nullable Object> list, Parent parent, int depth)
      throws RootFormatException {
    List<StreamedObject> children = new ArrayList<>();
    Map<String, Integer> last = new HashMap<>();
    Set<String> hidden = new HashSet<>(parent.hidden());
    for (Object object : list) {
      if (object instanceof StreamedObject child && depth < MAX_DEPTH && seen.add(child)) {
        if (!child.isDescribed()) {
          branches.add(new Branch(child, parent.path(child.className())));
          continue;
        }
        if (!isBase(child, parent)) {
          String path = parent.path(name(child));
          last.put(path, children.size());
          hidden.add(path);
        }
        children.add(child);
      }
    }
    for (int i = 0; i < children.size(); i++) {
      StreamedObject child = children.get(i);
      String name = name(child);
      String path = parent.path(name);
      if (isBase(child, parent)) {
        branches.add(new Branch(child, path));
        Parent whole = new Parent(parent.name(), parent.path(), parent.isQualified(), hidden);
        add(child.list("fBranches"), whole, depth + 1);
        continue;
      }
      String className = child.text("fClassName", "");
      boolean isHidden =
          !className.isEmpty()
              && !parent.path().isEmpty()
              && (parent.hidden().contains(path) || last.getOrDefault(path, i) > i);
      if (isHidden) {
        path = parent.path(name, className);
      }
      branches.add(new Branch(child, path));
      boolean isQualified = parent.isQualified() || isHidden;
      add(child.list("fBranches"), new Parent(name, path, isQualified, Set.of()), depth + 1);
    }
  }

  private static boolean isBase(StreamedObject branch, Parent parent) throws RootFormatException {
    return branch.int32("fType", 0) == Branch.BASE_CLASS && !parent.path().isEmpty();
  }

  /** A branch's name without the dimensions and the dot that it may end with. */
  private static String name(StreamedObject branch) throws RootFormatException {
    String name = branch.text("fName");
    int bracket = name.indexOf('[');
    String bare = bracket > 0 ? name.substring(0, bracket) : name;
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
