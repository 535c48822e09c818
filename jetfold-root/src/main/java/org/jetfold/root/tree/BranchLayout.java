package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.Level;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeColumns;
import org.jetfold.root.shape.ShapeColumns.Found;
import org.jetfold.root.shape.ShapeResolver;

/** How the entries of a branch lie in its baskets. */
sealed interface BranchLayout {
  /** One value, array, collection or object an entry. */
  record PerEntry(Shape shape) implements BranchLayout {}

  /**
   * Any number of values an entry: an array with a count leaf, or one member of all objects of a
   * collection.
   */
  record Variable(Shape shape) implements BranchLayout {}

  /** Several leaves an entry, one behind the other. */
  record Leaves(List<Leaf> leaves) implements BranchLayout {
    /** Copies the list. */
    public Leaves {
      leaves = List.copyOf(leaves);
    }
  }

  /** Nothing that can be read. */
  record Unreadable(String reason) implements BranchLayout {}

  /** The columns that such a branch holds. */
  default List<Found> columns(ShapeResolver resolver) {
    return switch (this) {
      case PerEntry(Shape shape) -> ShapeColumns.of(shape, resolver, List.of());
      case Variable(Shape shape) -> ShapeColumns.of(shape, resolver, List.of(Level.LIST));
      case Leaves(List<Leaf> leaves) -> {
        List<Found> found = new ArrayList<>();
        for (Leaf leaf : leaves) {
          for (Found part : ShapeColumns.of(leaf.shape(), resolver, List.of())) {
            found.add(new Found(leaf.name(), part.levels(), part.type(), part.problem()));
          }
        }
        yield found;
      }
      case Unreadable(String reason) -> List.of(new Found("", List.of(), null, reason));
    };
  }
}
