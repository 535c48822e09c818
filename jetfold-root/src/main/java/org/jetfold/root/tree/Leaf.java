package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.ValueType;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.shape.ShapeResolver;
import org.jetfold.root.streamer.PackedRange;
import org.jetfold.root.streamer.StreamedObject;
import org.jspecify.annotations.Nullable;

/**
 * A TLeaf: one variable of a branch.
 *
 * @param className TLeafF, TLeafI…
 * @param name its name
 * @param title its name with dimensions and, in some leaves, a range
 * @param length the number of elements in all fixed dimensions together
 * @param unsigned whether integers have no sign
 * @param count the leaf that holds the number of elements; null where it is fixed
 */
record Leaf(
    String className,
    String name,
    String title,
    int length,
    boolean unsigned,
    @Nullable StreamedObject count) {

  /** Takes one from what was streamed. */
  static Leaf of(StreamedObject leaf) throws RootFormatException {
    return new Leaf(
        leaf.className(),
        leaf.text("fName"),
        leaf.text("fTitle"),
        Math.max(1, leaf.int32("fLen")),
        leaf.integer("fIsUnsigned") != 0,
        leaf.object("fLeafCount"));
  }

  /** The C++ type. */
  String typeName() {
    return switch (className) {
      case "TLeafO" -> "bool";
      case "TLeafB" -> unsigned ? "unsigned char" : "char";
      case "TLeafS" -> unsigned ? "unsigned short" : "short";
      case "TLeafI" -> unsigned ? "unsigned int" : "int";
      case "TLeafL", "TLeafG" -> unsigned ? "unsigned long" : "long";
      case "TLeafF" -> "float";
      case "TLeafD" -> "double";
      case "TLeafF16" -> "Float16_t";
      case "TLeafD32" -> "Double32_t";
      case "TLeafC" -> "char*";
      default -> className;
    };
  }

  /** How an element lies in a basket, with its fixed dimensions. */
  Shape shape() {
    Shape element = element();
    if (!(element instanceof Shape.Numeric || element instanceof Shape.Packed) || length == 1) {
      return element;
    }
    return ShapeResolver.array(dimensions(), element);
  }

  private Shape element() {
    return switch (className) {
      case "TLeafO" -> new Shape.Numeric(ValueType.BOOL);
      case "TLeafB" -> new Shape.Numeric(unsigned ? ValueType.UINT8 : ValueType.INT8);
      case "TLeafS" -> new Shape.Numeric(unsigned ? ValueType.UINT16 : ValueType.INT16);
      case "TLeafI" -> new Shape.Numeric(unsigned ? ValueType.UINT32 : ValueType.INT32);
      case "TLeafL", "TLeafG" -> new Shape.Numeric(unsigned ? ValueType.UINT64 : ValueType.INT64);
      case "TLeafF" -> new Shape.Numeric(ValueType.FLOAT32);
      case "TLeafD" -> new Shape.Numeric(ValueType.FLOAT64);
      case "TLeafF16" -> new Shape.Packed(ValueType.FLOAT32, PackedRange.of(title));
      case "TLeafD32" -> new Shape.Packed(ValueType.FLOAT64, PackedRange.of(title));
      case "TLeafC" -> new Shape.Text(false);
      default -> new Shape.Unknown("leaves of class %s are not supported".formatted(className));
    };
  }

  /**
   * The fixed dimensions that the title names, if their product is the length; else one dimension.
   */
  private List<Integer> dimensions() {
    List<Integer> named = new ArrayList<>();
    long product = 1;
    int open = title.indexOf('[');
    while (open >= 0) {
      int close = title.indexOf(']', open);
      if (close < 0) {
        break;
      }
      String inside = title.substring(open + 1, close).strip();
      if (!inside.isEmpty()
          && inside.length() < 10
          && inside.chars().allMatch(c -> c >= '0' && c <= '9')) {
        int dimension = Integer.parseInt(inside);
        named.add(dimension);
        product = Math.min(product * Math.max(dimension, 1), Integer.MAX_VALUE);
      }
      open = title.indexOf('[', close);
    }
    return product == length && !named.contains(0) ? named : List.of(length);
  }
}
