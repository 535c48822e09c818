package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.Level;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeColumns;
import org.jetfold.root.shape.ShapeColumns.Found;
import org.jetfold.root.shape.Shapes;

/** How the entries of a branch lie in its baskets. */
sealed interface Plan {
  /** One value an entry. */
  record Each(Shape shape) implements Plan {}

  /**
   * Any number of values an entry: an array with a count leaf, or one member of all objects of a
   * collection.
   */
  record Listed(Shape shape) implements Plan {}

  /**
   * One object an entry.
   *
   * @param headed whether a header stands before it: where the class has a streamer of its own, or
   *     is a base class
   */
  record Whole(Shape.Instance shape, boolean headed) implements Plan {}

  /** Several leaves an entry, one behind the other. */
  record Leaves(List<Leaf> leaves) implements Plan {
    /** Copies the list. */
    public Leaves {
      leaves = List.copyOf(leaves);
    }
  }

  /** Nothing that can be read. */
  record Nothing(String reason) implements Plan {}

  /** The columns that such a branch holds. */
  default List<Found> columns(Shapes shapes) {
    return switch (this) {
      case Each(Shape shape) -> ShapeColumns.of(shape, shapes, List.of());
      case Listed(Shape shape) -> ShapeColumns.of(shape, shapes, List.of(Level.LIST));
      case Whole(Shape.Instance shape, boolean ignored) ->
          ShapeColumns.of(shape, shapes, List.of());
      case Leaves(List<Leaf> leaves) -> {
        List<Found> found = new ArrayList<>();
        for (Leaf leaf : leaves) {
          for (Found part : ShapeColumns.of(leaf.shape(), shapes, List.of())) {
            found.add(new Found(leaf.name(), part.levels(), part.type(), part.problem()));
          }
        }
        yield found;
      }
      case Nothing(String reason) -> List.of(new Found("", List.of(), null, reason));
    };
  }
}
