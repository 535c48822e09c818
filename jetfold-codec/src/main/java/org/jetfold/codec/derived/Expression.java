package org.jetfold.codec.derived;

import java.util.List;

/**
 * An expression over named numbers, such as {@code pt*cosh(eta)}: its value and its derivatives by
 * the names, in binary64. Immutable and safe to share.
 *
 * <p>There are + − * / ^, parentheses, the functions that docs/derived.md lists, decimal numbers
 * and pi. A name that is not made of letters, digits, underscores, dots and colons stands between
 * backquotes.
 */
public final class Expression {
  private final String text;
  private final Node root;
  private final List<String> names;

  Expression(String text, Node root, List<String> names) {
    this.text = text;
    this.root = root;
    this.names = List.copyOf(names);
  }

  /**
   * Parses an expression.
   *
   * @throws DerivedQuantityException where it is none; the message says where, and what was
   *     expected
   */
  public static Expression parse(String text) {
    return new ExpressionParser(text).parse();
  }

  /**
   * Parses a condition: comparisons of expressions with {@code < <= > >= == !=}, joined by {@code
   * and} and {@code or} ({@code &&} and {@code ||}), {@code and} before {@code or}.
   *
   * @throws DerivedQuantityException where it is none; the message says where, and what was
   *     expected
   */
  static Expression parseCondition(String text) {
    return new ExpressionParser(text).parseCondition();
  }

  /** The names that it has, each once, in the order in which they first occur. */
  public List<String> names() {
    return names;
  }

  /**
   * Its value.
   *
   * @param values one for each of {@link #names}
   */
  public double value(double[] values) {
    return root.value(values);
  }

  /**
   * Adds its derivatives by the names to an array.
   *
   * @param values one for each of {@link #names}
   * @param factor by which they are multiplied
   * @param derivatives one for each of the names
   */
  public void addDerivatives(double[] values, double factor, double[] derivatives) {
    root.addDerivatives(values, factor, derivatives);
  }

  /** What was parsed. */
  @Override
  public String toString() {
    return text;
  }

  /** The part that is no part of another. */
  Node root() {
    return root;
  }

  /** A part of an expression. */
  sealed interface Node {
    double value(double[] values);

    /** Whether it is true (1) or false (0), rather than a number. */
    default boolean isCondition() {
      return false;
    }

    /** The chain rule, from the outside inwards. */
    void addDerivatives(double[] values, double factor, double[] derivatives);
  }

  /** A number. */
  record Constant(double number) implements Node {
    @Override
    public double value(double[] values) {
      return number;
    }

    @Override
    public void addDerivatives(double[] values, double factor, double[] derivatives) {
      // Depends on nothing.
    }
  }

  /** A name, by its place among all names. */
  record Input(int place) implements Node {
    @Override
    public double value(double[] values) {
      return values[place];
    }

    @Override
    public void addDerivatives(double[] values, double factor, double[] derivatives) {
      derivatives[place] += factor;
    }
  }

  /** A function of one argument. */
  record Unary(Function function, Node argument) implements Node {
    @Override
    public double value(double[] values) {
      return function.value(argument.value(values), 0);
    }

    @Override
    public void addDerivatives(double[] values, double factor, double[] derivatives) {
      double own = function.byFirst(argument.value(values), 0);
      argument.addDerivatives(values, factor * own, derivatives);
    }
  }

  /** A function of two arguments. */
  record Binary(Function function, Node first, Node second) implements Node {
    @Override
    public double value(double[] values) {
      return function.value(first.value(values), second.value(values));
    }

    @Override
    public void addDerivatives(double[] values, double factor, double[] derivatives) {
      double a = first.value(values);
      double b = second.value(values);
      if (!(first instanceof Constant)) {
        first.addDerivatives(values, factor * function.byFirst(a, b), derivatives);
      }
      if (!(second instanceof Constant)) {
        second.addDerivatives(values, factor * function.bySecond(a, b), derivatives);
      }
    }
  }

  /** How two numbers are compared. NaN differs from every number, and no other comparison holds. */
  enum Relation {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    DIFFERENT("!=");

    private final String text;

    Relation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    boolean holds(double first, double second) {
      return switch (this) {
        case LESS -> first < second;
        case LESS_OR_EQUAL -> first <= second;
        case GREATER -> first > second;
        case GREATER_OR_EQUAL -> first >= second;
        case EQUAL -> first == second;
        case DIFFERENT -> first != second;
      };
    }
  }

  /** A condition: it is true or false, and has no derivatives. */
  sealed interface Condition extends Node {
    boolean holds(double[] values);

    @Override
    default boolean isCondition() {
      return true;
    }

    @Override
    default double value(double[] values) {
      return holds(values) ? 1 : 0;
    }

    @Override
    default void addDerivatives(double[] values, double factor, double[] derivatives) {
      // It is constant but for jumps.
    }
  }

  /** A comparison of two numbers. */
  record Comparison(Relation relation, Node first, Node second) implements Condition {
    @Override
    public boolean holds(double[] values) {
      return relation.holds(first.value(values), second.value(values));
    }
  }

  /** Whether both hold. */
  record Both(Condition first, Condition second) implements Condition {
    @Override
    public boolean holds(double[] values) {
      return first.holds(values) && second.holds(values);
    }
  }

  /** Whether one of them holds, or both. */
  record Either(Condition first, Condition second) implements Condition {
    @Override
    public boolean holds(double[] values) {
      return first.holds(values) || second.holds(values);
    }
  }
}
