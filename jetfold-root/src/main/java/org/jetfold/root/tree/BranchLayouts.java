package org.jetfold.root.tree;

import java.util.List;
import org.jetfold.root.RootFormatException;
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
    try {
      return switch (branch.className()) {
        case "TBranch" -> leaves(branch);
        case "TBranchElement" -> element(branch);
        case "TBranchObject" ->
            new BranchLayout.Unreadable("it is a TBranchObject, which holds objects of any class");
        default ->
            new BranchLayout.Unreadable(
                "branches of class %s are not supported".formatted(branch.className()));
      };
    } catch (RootFormatException e) {
      return new BranchLayout.Unreadable(e.reason());
    }
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

  private BranchLayout element(Branch branch) throws RootFormatException {
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
  private BranchLayout whole(Branch branch) throws RootFormatException {
    Shape shape = resolver.ofType(branch.type());
    if (shape instanceof Shape.Instance) {
      shape = resolver.ofClass(branch.type(), branch.classVersion(), branch.checksum());
    }
    return switch (shape) {
      // Only a class with a streamer of its own writes a header here.
      case Shape.Instance instance ->
          new BranchLayout.PerEntry(branch.node() < 0 ? instance : instance.bare());
      case Shape.Sequence sequence -> new BranchLayout.PerEntry(new Shape.Headed(sequence));
      case Shape.Text text -> new BranchLayout.PerEntry(text);
      case Shape.Reference reference -> new BranchLayout.PerEntry(reference);
      case Shape.Opaque(String reason) -> new BranchLayout.Unreadable(reason);
      case Shape.Unknown(String reason) -> new BranchLayout.Unreadable(reason);
      default -> new BranchLayout.Unreadable("type %s is not supported".formatted(branch.type()));
    };
  }

  private BranchLayout member(Branch branch) throws RootFormatException {
    StreamerElement element = memberOf(branch);
    Shape shape =
        element == null ? ShapeResolver.basic(branch.streamerType()) : resolver.ofElement(element);
    if (shape == null) {
      return new BranchLayout.Unreadable(
          "the file does not describe its class %s".formatted(branch.type()));
    }
    boolean many =
        branch.node() == Branch.CLONES_MEMBER || branch.node() == Branch.COLLECTION_MEMBER;
    if (element != null && element.isBase() && (many || branch.countBranch() != null)) {
      return new BranchLayout.Unreadable("it is a base class that was not split");
    }
    if (many && shape instanceof Shape.Counted) {
      return new BranchLayout.Unreadable("it holds an array of its own length for each object");
    }
    return many ? new BranchLayout.Variable(shape) : new BranchLayout.PerEntry(shape);
  }

  /** The member that a branch holds, as its class describes it. */
  private @Nullable StreamerElement memberOf(Branch branch) throws RootFormatException {
    StreamerInfo info = classOf(branch);
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

  private @Nullable StreamerInfo classOf(Branch branch) throws RootFormatException {
    StreamerInfos infos = resolver.infos();
    int checksum = branch.checksum();
    StreamerInfo exact = checksum == 0 ? null : infos.checksum(branch.type(), checksum);
    return exact != null ? exact : infos.version(branch.type(), branch.classVersion());
  }

  private static boolean matches(StreamerElement element, Branch branch)
      throws RootFormatException {
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
