package org.jetfold.codec.derived;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * What an expression can compute, with the derivatives. In binary64; everything that is more than
 * one exactly rounded operation goes through {@link StrictMath}, so that results are the same on
 * every machine.
 */
enum Function {
  ADD("+", (a, b) -> a + b, (first, second) -> 1, (first, second) -> 1),
  SUBTRACT("-", (a, b) -> a - b, (first, second) -> 1, (first, second) -> -1),
  MULTIPLY("*", (a, b) -> a * b, (unused, b) -> b, (a, unused) -> a),
  DIVIDE("/", (a, b) -> a / b, (unused, b) -> 1 / b, (a, b) -> -a / (b * b)),
  NEGATE("-", a -> -a, unused -> -1),
  POW(
      "pow",
      Function::pow,
      Function::powByBase,
      (a, b) -> StrictMath.pow(a, b) * StrictMath.log(a)),
  SQRT("sqrt", StrictMath::sqrt, a -> 0.5 / StrictMath.sqrt(a)),
  EXP("exp", StrictMath::exp, StrictMath::exp),
  LOG("log", StrictMath::log, a -> 1 / a),
  LOG10("log10", StrictMath::log10, a -> 1 / (a * Function.LN_10)),
  SIN("sin", StrictMath::sin, StrictMath::cos),
  COS("cos", StrictMath::cos, a -> -StrictMath.sin(a)),
  TAN("tan", StrictMath::tan, a -> 1 + StrictMath.tan(a) * StrictMath.tan(a)),
  ASIN("asin", StrictMath::asin, a -> 1 / StrictMath.sqrt((1 - a) * (1 + a))),
  ACOS("acos", StrictMath::acos, a -> -1 / StrictMath.sqrt((1 - a) * (1 + a))),
  ATAN("atan", StrictMath::atan, a -> 1 / (1 + a * a)),
  ATAN2(
      "atan2",
      StrictMath::atan2,
      (a, b) -> b / StrictMath.hypot(a, b) / StrictMath.hypot(a, b),
      (a, b) -> -a / StrictMath.hypot(a, b) / StrictMath.hypot(a, b)),
  HYPOT(
      "hypot",
      StrictMath::hypot,
      (a, b) -> a / StrictMath.hypot(a, b),
      (a, b) -> b / StrictMath.hypot(a, b)),
  SINH("sinh", StrictMath::sinh, StrictMath::cosh),
  COSH("cosh", StrictMath::cosh, StrictMath::sinh),
  TANH("tanh", StrictMath::tanh, a -> (1 - StrictMath.tanh(a)) * (1 + StrictMath.tanh(a))),
  ASINH("asinh", Function::asinh, a -> 1 / StrictMath.hypot(1, a)),
  ABS("abs", Math::abs, Math::signum),
  MIN("min", Math::min, (a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 0 : 1),
  MAX("max", Math::max, (a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 0 : 1);

  private static final double LN_10 = 2.302585092994046;
  private static final double LN_2 = 0.6931471805599453;

  /** Above it, 1 + a² is a². */
  private static final double LARGE = 0x1p28;

  private final int arguments;
  private final String text;
  private final DoubleBinaryOperator value;
  private final DoubleBinaryOperator byFirst;
  private final DoubleBinaryOperator bySecond;

  Function(String text, DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    arguments = 1;
    this.text = text;
    this.value = (a, unused) -> value.applyAsDouble(a);
    byFirst = (a, unused) -> derivative.applyAsDouble(a);
    bySecond = (first, second) -> 0;
  }

  Function(
      String text,
      DoubleBinaryOperator value,
      DoubleBinaryOperator byFirst,
      DoubleBinaryOperator bySecond) {
    arguments = 2;
    this.text = text;
    this.value = value;
    this.byFirst = byFirst;
    this.bySecond = bySecond;
  }

  /** How many arguments it takes, 1 or 2. */
  int arguments() {
    return arguments;
  }

  /** How it is written. */
  String text() {
    return text;
  }

  /** Those that are called by a name. */
  static List<Function> named() {
    return Arrays.stream(values())
        .filter(function -> Character.isLetter(function.text.charAt(0)))
        .toList();
  }

  /** The value; functions of one argument do not look at the second. */
  double value(double a, double b) {
    return value.applyAsDouble(a, b);
  }

  /** The derivative by the first argument. */
  double byFirst(double a, double b) {
    return byFirst.applyAsDouble(a, b);
  }

  /** The derivative by the second argument. */
  double bySecond(double a, double b) {
    return bySecond.applyAsDouble(a, b);
  }

  private static double pow(double a, double b) {
    // A square is one rounding; StrictMath.pow may have two.
    return b == 2 ? a * a : StrictMath.pow(a, b);
  }

  private static double powByBase(double a, double b) {
    return b == 2 ? 2 * a : b == 0 ? 0 : b * StrictMath.pow(a, b - 1);
  }

  private static double asinh(double a) {
    double size = Math.abs(a);
    double inverse =
        size > LARGE
            ? StrictMath.log(size) + LN_2
            : StrictMath.log1p(size + size * size / (1 + StrictMath.sqrt(1 + size * size)));
    return Math.copySign(inverse, a);
  }
}
