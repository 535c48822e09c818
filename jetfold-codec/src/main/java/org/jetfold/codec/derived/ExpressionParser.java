package org.jetfold.codec.derived;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.derived.Expression.Binary;
import org.jetfold.codec.derived.Expression.Both;
import org.jetfold.codec.derived.Expression.Comparison;
import org.jetfold.codec.derived.Expression.Condition;
import org.jetfold.codec.derived.Expression.Constant;
import org.jetfold.codec.derived.Expression.Either;
import org.jetfold.codec.derived.Expression.Input;
import org.jetfold.codec.derived.Expression.Node;
import org.jetfold.codec.derived.Expression.Relation;
import org.jetfold.codec.derived.Expression.Unary;
import org.jetfold.codec.precision.QualifiedColumn;

/**
 * Parses an expression or a condition by recursive descent, a method for each level of precedence:
 *
 * <pre>
 * either  = both { (or | ||) both }
 * both    = compared { (and | &amp;&amp;) compared }
 * compared = sum [ (&lt; | &lt;= | &gt; | &gt;= | == | !=) sum ]
 * sum     = product { (+ | −) product }
 * product = signed { (* | ×) signed | (/ | ÷) signed }
 * signed  = (+ | −) signed | power
 * power   = atom [ ^ signed ]
 * atom    = number | name | function ( sum { , sum } ) | ( sum ) | ( either )
 * </pre>
 *
 * <p>The first three levels and the last alternative are those of conditions; what they give where
 * there is no comparison is a number.
 */
final class ExpressionParser {
  private static final int MAX_DEPTH = 200;

  private final String text;
  private final List<String> names = new ArrayList<>();
  private int at;
  private int depth;
  private boolean conditions;

  ExpressionParser(String text) {
    this.text = text;
  }

  Expression parse() {
    Node root = sum();
    if (at < text.length()) {
      throw unexpected("an operator or the end");
    }
    return new Expression(text, root, names);
  }

  Expression parseCondition() {
    conditions = true;
    Condition root = condition(either());
    if (at < text.length()) {
      throw unexpected("and, or, or the end");
    }
    return new Expression(text, root, names);
  }

  private Node either() {
    Node either = both();
    while (takeWord("or") || take("||")) {
      either = new Either(condition(either), condition(both()));
    }
    return either;
  }

  private Node both() {
    Node both = compared();
    while (takeWord("and") || take("&&")) {
      both = new Both(condition(both), condition(compared()));
    }
    return both;
  }

  private Node compared() {
    Node first = sum();
    // Of two that begin alike, the longer one is looked for first.
    for (Relation relation :
        List.of(
            Relation.LESS_OR_EQUAL,
            Relation.GREATER_OR_EQUAL,
            Relation.EQUAL,
            Relation.DIFFERENT,
            Relation.LESS,
            Relation.GREATER)) {
      if (take(relation.text())) {
        return new Comparison(relation, asNumber(first), asNumber(sum()));
      }
    }
    return first;
  }

  /** What was just read, which must be a condition. */
  private Condition condition(Node read) {
    if (read instanceof Condition condition) {
      return condition;
    }
    throw unexpected("a comparison (<, <=, >, >=, == or !=)");
  }

  /** What was just read, which must be a number. */
  private Node asNumber(Node read) {
    if (read.isCondition()) {
      throw failure(at, "expected a number before this, found a comparison");
    }
    return read;
  }

  private Node sum() {
    enter();
    Node sum = product();
    while (true) {
      if (take('+')) {
        sum = new Binary(Function.ADD, asNumber(sum), asNumber(product()));
      } else if (take('-') || take('−')) {
        sum = new Binary(Function.SUBTRACT, asNumber(sum), asNumber(product()));
      } else {
        depth--;
        return sum;
      }
    }
  }

  private Node product() {
    Node product = signed();
    while (true) {
      if (take('*') || take('×')) {
        product = new Binary(Function.MULTIPLY, asNumber(product), asNumber(signed()));
      } else if (take('/') || take('÷')) {
        product = new Binary(Function.DIVIDE, asNumber(product), asNumber(signed()));
      } else {
        return product;
      }
    }
  }

  private Node signed() {
    enter();
    Node signed;
    if (take('-') || take('−')) {
      signed = new Unary(Function.NEGATE, asNumber(signed()));
    } else if (take('+')) {
      signed = signed();
    } else {
      signed = power();
    }
    depth--;
    return signed;
  }

  private Node power() {
    Node base = atom();
    return take('^') ? new Binary(Function.POW, asNumber(base), asNumber(signed())) : base;
  }

  private Node atom() {
    skipSpace();
    if (at == text.length()) {
      throw unexpected("a number, a name or (");
    }
    char next = text.charAt(at);
    if (take('(')) {
      Node inner = conditions ? inParentheses() : sum();
      expect(')');
      return inner;
    }
    if (Character.isDigit(next) || next == '.') {
      return number();
    }
    if (next == '`') {
      return quoted();
    }
    if (Character.isLetter(next) || next == '_') {
      return named();
    }
    throw unexpected("a number, a name or (");
  }

  private Node inParentheses() {
    enter();
    Node inner = either();
    depth--;
    return inner;
  }

  private Node number() {
    int start = at;
    skipDigits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      skipDigits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      skipDigits();
    }
    try {
      return new Constant(Double.parseDouble(text.substring(start, at)));
    } catch (NumberFormatException e) {
      at = start;
      throw unexpected("a number such as 0.5 or 1e-3");
    }
  }

  private void skipDigits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  private Node quoted() {
    int end = text.indexOf('`', at + 1);
    if (end < 0) {
      at = text.length();
      throw unexpected("` after the name");
    }
    String name = text.substring(at + 1, end);
    at = end + 1;
    return input(name);
  }

  private Node named() {
    int start = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    skipSpace();
    if (at < text.length() && text.charAt(at) == '(') {
      return call(name, start);
    }
    return name.equals("pi") ? new Constant(Math.PI) : input(name);
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':';
  }

  private Node input(String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
    return new Input(names.indexOf(name));
  }

  private Node call(String name, int start) {
    List<Function> all = Function.named();
    Function function =
        all.stream()
            .filter(candidate -> candidate.text().equals(name))
            .findFirst()
            .orElseThrow(() ->
                failure(
                    start,
                    "no function is called %s: %s"
                        .formatted(
                            name,
                            QualifiedColumn.nearName(
                                name, all.stream().map(Function::text).toList()))));
    expect('(');
    Node first = asNumber(sum());
    Node result;
    if (function.arguments() == 1) {
      result = new Unary(function, first);
    } else {
      expect(',');
      result = new Binary(function, first, asNumber(sum()));
    }
    expect(')');
    return result;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw failure(at, "it is nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  private boolean take(char wanted) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  private boolean take(String wanted) {
    skipSpace();
    boolean found = text.startsWith(wanted, at);
    if (found) {
      at += wanted.length();
    }
    return found;
  }

  /** Takes a word that no letter of a name follows. */
  private boolean takeWord(String wanted) {
    skipSpace();
    int end = at + wanted.length();
    boolean found =
        text.startsWith(wanted, at) && (end == text.length() || !isOfName(text.charAt(end)));
    if (found) {
      at = end;
    }
    return found;
  }

  private void expect(char wanted) {
    if (!take(wanted)) {
      throw unexpected(wanted == ')' ? "an operator or )" : String.valueOf(wanted));
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private DerivedQuantityException unexpected(String expected) {
    String found = at < text.length() ? Character.toString(text.codePointAt(at)) : "the end";
    return failure(at, "expected %s, found %s".formatted(expected, found));
  }

  private DerivedQuantityException failure(int place, String what) {
    return new DerivedQuantityException(
        "%s %s, character %d: %s"
            .formatted(conditions ? "condition" : "expression", text, place + 1, what));
  }
}
