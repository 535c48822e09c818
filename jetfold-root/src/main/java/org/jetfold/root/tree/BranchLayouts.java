package org.jetfold.root.tree;

import java.util.List;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeResolver;
import org.jetfold.root.streamer.ElementType;
import org.jetfold.root.streamer.StreamerElement;
import org.jetfold.root.streamer.StreamerInfo;
import org.jetfold.root.streamer.StreamerInfos;
import org.jspecify.annotations.Nullable;

/** Decides how a branch is read. */
final class BranchLayouts {
  private final ShapeResolver resolver;

  BranchLayouts(ShapeResolver resolver) {
    this.resolver = resolver;
  }

  /** The layout of a branch. */
  BranchLayout of(Branch branch) {
    String problem = branch.problem();
    if (problem != null) {
      return new BranchLayout.Unreadable(problem);
    }
    return switch (branch.className()) {
      case "TBranch" -> leaves(branch);
      case "TBranchElement" -> element(branch);
      case "TBranchObject" ->
          new BranchLayout.Unreadable(
              "it is a TBranchObject, which holds whole objects of any class");
      default ->
          new BranchLayout.Unreadable(
              "branches of class %s are not understood".formatted(branch.className()));
    };
  }

  private static BranchLayout leaves(Branch branch) {
    List<Leaf> leaves = branch.leaves();
    if (leaves.size() == 1) {
      Leaf leaf = leaves.getFirst();
      return leaf.count() == null
          ? new BranchLayout.PerEntry(leaf.shape())
          : new BranchLayout.Variable(leaf.shape());
    }
    if (leaves.isEmpty()) {
      return new BranchLayout.Unreadable(
          branch.hasChildren() ? "it only holds other branches" : "it has no leaves");
    }
    for (Leaf leaf : leaves) {
      if (leaf.count() != null) {
        return new BranchLayout.Unreadable("it holds several leaves of varying length");
      }
    }
    return new BranchLayout.Leaves(leaves);
  }

  private BranchLayout element(Branch branch) {
    switch (branch.node()) {
      case Branch.CLONES, Branch.COLLECTION -> {
        return new BranchLayout.Unreadable(
            "it is a collection, whose members are branches of their own");
      }
      case Branch.BASE_CLASS, Branch.OBJECT -> {
        if (branch.hasChildren() || branch.baskets().isEmpty()) {
          return new BranchLayout.Unreadable("it only holds other branches");
        }
      }
      default -> {
        if (branch.hasChildren()) {
          return new BranchLayout.Unreadable("it only holds other branches");
        }
      }
    }
    return branch.memberIndex() < 0 ? whole(branch) : member(branch);
  }

  /** A branch of its own for a whole value: a collection, or an object that was not split. */
  private BranchLayout whole(Branch branch) {
    Shape shape = resolver.ofType(branch.type());
    if (shape instanceof Shape.Instance) {
      shape =
          resolver.ofClass(
              branch.type(), branch.streamed().int32("fClassVersion"), checksum(branch));
    }
    return switch (shape) {
      case Shape.Instance instance -> new BranchLayout.WholeObject(instance, branch.node() < 0);
      case Shape.Sequence sequence -> new BranchLayout.PerEntry(new Shape.Headed(sequence));
      case Shape.Text text -> new BranchLayout.PerEntry(text);
      case Shape.Opaque(String reason) -> new BranchLayout.Unreadable(reason);
      case Shape.Unknown(String reason) -> new BranchLayout.Unreadable(reason);
      default -> new BranchLayout.Unreadable("type %s is not understood".formatted(branch.type()));
    };
  }

  private BranchLayout member(Branch branch) {
    StreamerElement element = memberOf(branch);
    Shape shape;
    if (element != null) {
      shape = resolver.ofElement(element);
    } else {
      Shape basic = ShapeResolver.basic(branch.streamerType());
      if (basic == null) {
        return new BranchLayout.Unreadable(
            "the file does not describe its class %s".formatted(branch.type()));
      }
      shape = basic;
    }
    if (element != null && element.isBase()) {
      return shape instanceof Shape.Instance instance && branch.countBranch() == null
          ? new BranchLayout.WholeObject(instance, true)
          : new BranchLayout.Unreadable("it is a base class that was not split");
    }
    boolean many =
        branch.node() == Branch.CLONES_MEMBER || branch.node() == Branch.COLLECTION_MEMBER;
    if (many && shape instanceof Shape.Counted) {
      return new BranchLayout.Unreadable("it holds an array of its own length for each object");
    }
    return many ? new BranchLayout.Variable(shape) : new BranchLayout.PerEntry(shape);
  }

  private static int checksum(Branch branch) {
    return (int) branch.streamed().integer("fCheckSum");
  }

  /** The member that a branch holds, as its class describes it. */
  private @Nullable StreamerElement memberOf(Branch branch) {
    StreamerInfos infos = resolver.infos();
    StreamerInfo info = infos.version(branch.type(), branch.streamed().int32("fClassVersion"));
    if (info == null || (checksum(branch) != 0 && info.checksum() != checksum(branch))) {
      StreamerInfo exact = infos.checksum(branch.type(), checksum(branch));
      info = exact != null ? exact : info;
    }
    if (info == null) {
      return null;
    }
    int index = branch.memberIndex();
    if (index < info.elements().size() && matches(info.elements().get(index), branch)) {
      return info.elements().get(index);
    }
    // The class in memory had other members than the one in the file: the name and the streaming
    // type tell.
    String name = branch.name();
    int bracket = name.indexOf('[');
    name = bracket > 0 ? name.substring(0, bracket) : name;
    for (StreamerElement element : info.elements()) {
      if (matches(element, branch)
          && (name.equals(element.name()) || name.endsWith("." + element.name()))) {
        return element;
      }
    }
    return null;
  }

  private static boolean matches(StreamerElement element, Branch branch) {
    int asked = branch.streamerType();
    int type = element.type();
    boolean collections = isCollection(asked) && isCollection(type);
    return asked == type || asked < 0 || collections;
  }

  private static boolean isCollection(int type) {
    return type == ElementType.STL
        || type == ElementType.STREAMER
        || type == ElementType.STL_POINTER
        || type == ElementType.STL_STRING;
  }
}
