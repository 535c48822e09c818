package org.jetfold.codec.derived;

import java.util.List;
import org.jetfold.codec.derived.Expression.Both;
import org.jetfold.codec.derived.Expression.Comparison;
import org.jetfold.codec.derived.Expression.Condition;
import org.jetfold.codec.derived.Expression.Constant;
import org.jetfold.codec.derived.Expression.Either;
import org.jetfold.codec.derived.Expression.Input;
import org.jetfold.codec.derived.Expression.Node;
import org.jetfold.codec.derived.Expression.Relation;
import org.jetfold.codec.derived.Expression.Unary;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a table are meant, such as {@code pt > 50e3 and abs(eta) < 2.5}: those for which
 * the condition holds, or that have an object for which it does. Immutable and safe to share.
 */
public final class EventCondition {
  private final Condition condition;
  private final BoundExpression expression;

  private EventCondition(Condition condition, BoundExpression expression) {
    this.condition = condition;
    this.expression = expression;
  }

  /**
   * Checks that a text is a condition.
   *
   * @throws DerivedQuantityException where it is none; the message says where, and what was
   *     expected
   */
  public static void check(String text) {
    Expression.parseCondition(text);
  }

  /**
   * A condition on the columns of a table.
   *
   * @param text comparisons of expressions, joined by {@code and} and {@code or}
   * @throws DerivedQuantityException where it is none, its columns are unknown or do not go
   *     together
   */
  public static EventCondition of(String text, Schema schema) {
    Expression parsed = Expression.parseCondition(text);
    return new EventCondition(
        (Condition) parsed.root(), new ExpressionBinder(schema).bind("condition " + text, parsed));
  }

  /** The columns that it looks at, by their numbers in the table, in increasing order. */
  public List<Integer> columns() {
    return expression.columns().stream().distinct().sorted().toList();
  }

  /** The same condition on some columns of its table, among which are all that it looks at. */
  public EventCondition in(Projection projection) {
    return new EventCondition(
        condition,
        new BoundExpression(
            expression.expression(),
            projection.groups().indexOf(expression.group()),
            expression.columns().stream()
                .map(column -> projection.columns().indexOf(column))
                .toList()));
  }

  /** For each event of a table, or row of a flat one, whether it is meant. */
  public boolean[] chosen(Table table) {
    BoundExpression.Reader reader = expression.over(table);
    boolean[] chosen = new boolean[table.entries(expression.group())];
    for (int entry = 0; entry < chosen.length; entry++) {
      chosen[entry] = reader.value(entry) != 0;
    }
    for (int group = expression.group(); group != 0; group = table.schema().parent(group)) {
      chosen = ofParents(chosen, table.offsets(group));
    }
    return chosen;
  }

  private static boolean[] ofParents(boolean[] chosen, int[] offsets) {
    boolean[] parents = new boolean[offsets.length - 1];
    for (int parent = 0; parent < parents.length; parent++) {
      for (int entry = offsets[parent]; entry < offsets[parent + 1]; entry++) {
        parents[parent] |= chosen[entry];
      }
    }
    return parents;
  }

  /**
   * Where numbers lie.
   *
   * @param lowest the smallest, or less
   * @param highest the largest, or more
   */
  public record Limits(double lowest, double highest) {
    private static final Limits ANY =
        new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Between which limits the values of columns lie. */
  @FunctionalInterface
  public interface ColumnLimits {
    /** Those of the values that are not NaN; null where there is no such value. */
    @Nullable Limits of(int column);
  }

  /** Whether an event may be meant, if all values lie between limits. */
  public boolean isPossible(ColumnLimits limits) {
    return isPossible(condition, limits);
  }

  private boolean isPossible(Condition of, ColumnLimits limits) {
    return switch (of) {
      case Both(Condition first, Condition second) ->
          isPossible(first, limits) && isPossible(second, limits);
      case Either(Condition first, Condition second) ->
          isPossible(first, limits) || isPossible(second, limits);
      case Comparison(Relation relation, Node first, Node second) ->
          isPossible(relation, limits(first, limits), limits(second, limits));
    };
  }

  private static boolean isPossible(
      Relation relation, @Nullable Limits first, @Nullable Limits second) {
    if (first == null || second == null) {
      return relation == Relation.DIFFERENT;
    }
    return switch (relation) {
      case LESS, LESS_OR_EQUAL -> relation.holds(first.lowest(), second.highest());
      case GREATER, GREATER_OR_EQUAL -> relation.holds(first.highest(), second.lowest());
      case EQUAL -> first.lowest() <= second.highest() && first.highest() >= second.lowest();
      // One of them may be NaN, which no limits tell.
      case DIFFERENT -> true;
    };
  }

  private @Nullable Limits limits(Node of, ColumnLimits limits) {
    return switch (of) {
      case Constant(double number) ->
          Double.isNaN(number) ? Limits.ANY : new Limits(number, number);
      case Input(int place) -> limits.of(expression.columns().get(place));
      case Unary(Function function, Node argument) when function == Function.NEGATE -> {
        Limits inner = limits(argument, limits);
        yield inner == null ? null : new Limits(-inner.highest(), -inner.lowest());
      }
      default -> Limits.ANY;
    };
  }
}
