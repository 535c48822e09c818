package org.jetfold.codec.derived;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an expression can compute, with the derivatives. In binary64; everything that is more than
 * one exactly rounded operation goes through {@link StrictMath}, so that results are the same on
 * every machine.
 */
enum Function {
  ADD(2, "+") {
    @Override
    double value(double a, double b) {
      return a + b;
    }

    @Override
    double byFirst(double a, double b) {
      return 1;
    }

    @Override
    double bySecond(double a, double b) {
      return 1;
    }
  },
  SUBTRACT(2, "-") {
    @Override
    double value(double a, double b) {
      return a - b;
    }

    @Override
    double byFirst(double a, double b) {
      return 1;
    }

    @Override
    double bySecond(double a, double b) {
      return -1;
    }
  },
  MULTIPLY(2, "*") {
    @Override
    double value(double a, double b) {
      return a * b;
    }

    @Override
    double byFirst(double a, double b) {
      return b;
    }

    @Override
    double bySecond(double a, double b) {
      return a;
    }
  },
  DIVIDE(2, "/") {
    @Override
    double value(double a, double b) {
      return a / b;
    }

    @Override
    double byFirst(double a, double b) {
      return 1 / b;
    }

    @Override
    double bySecond(double a, double b) {
      return -a / (b * b);
    }
  },
  NEGATE(1, "-") {
    @Override
    double value(double a, double b) {
      return -a;
    }

    @Override
    double byFirst(double a, double b) {
      return -1;
    }
  },
  POW(2, "pow") {
    @Override
    double value(double a, double b) {
      // A square is one rounding; StrictMath.pow may have two.
      return b == 2 ? a * a : StrictMath.pow(a, b);
    }

    @Override
    double byFirst(double a, double b) {
      return b == 2 ? 2 * a : b == 0 ? 0 : b * StrictMath.pow(a, b - 1);
    }

    @Override
    double bySecond(double a, double b) {
      return StrictMath.pow(a, b) * StrictMath.log(a);
    }
  },
  SQRT(1, "sqrt") {
    @Override
    double value(double a, double b) {
      return StrictMath.sqrt(a);
    }

    @Override
    double byFirst(double a, double b) {
      return 0.5 / StrictMath.sqrt(a);
    }
  },
  EXP(1, "exp") {
    @Override
    double value(double a, double b) {
      return StrictMath.exp(a);
    }

    @Override
    double byFirst(double a, double b) {
      return StrictMath.exp(a);
    }
  },
  LOG(1, "log") {
    @Override
    double value(double a, double b) {
      return StrictMath.log(a);
    }

    @Override
    double byFirst(double a, double b) {
      return 1 / a;
    }
  },
  LOG10(1, "log10") {
    @Override
    double value(double a, double b) {
      return StrictMath.log10(a);
    }

    @Override
    double byFirst(double a, double b) {
      return 1 / (a * LN_10);
    }
  },
  SIN(1, "sin") {
    @Override
    double value(double a, double b) {
      return StrictMath.sin(a);
    }

    @Override
    double byFirst(double a, double b) {
      return StrictMath.cos(a);
    }
  },
  COS(1, "cos") {
    @Override
    double value(double a, double b) {
      return StrictMath.cos(a);
    }

    @Override
    double byFirst(double a, double b) {
      return -StrictMath.sin(a);
    }
  },
  TAN(1, "tan") {
    @Override
    double value(double a, double b) {
      return StrictMath.tan(a);
    }

    @Override
    double byFirst(double a, double b) {
      double tangent = StrictMath.tan(a);
      return 1 + tangent * tangent;
    }
  },
  ASIN(1, "asin") {
    @Override
    double value(double a, double b) {
      return StrictMath.asin(a);
    }

    @Override
    double byFirst(double a, double b) {
      return 1 / StrictMath.sqrt((1 - a) * (1 + a));
    }
  },
  ACOS(1, "acos") {
    @Override
    double value(double a, double b) {
      return StrictMath.acos(a);
    }

    @Override
    double byFirst(double a, double b) {
      return -1 / StrictMath.sqrt((1 - a) * (1 + a));
    }
  },
  ATAN(1, "atan") {
    @Override
    double value(double a, double b) {
      return StrictMath.atan(a);
    }

    @Override
    double byFirst(double a, double b) {
      return 1 / (1 + a * a);
    }
  },
  ATAN2(2, "atan2") {
    @Override
    double value(double a, double b) {
      return StrictMath.atan2(a, b);
    }

    @Override
    double byFirst(double a, double b) {
      double length = StrictMath.hypot(a, b);
      return b / length / length;
    }

    @Override
    double bySecond(double a, double b) {
      double length = StrictMath.hypot(a, b);
      return -a / length / length;
    }
  },
  HYPOT(2, "hypot") {
    @Override
    double value(double a, double b) {
      return StrictMath.hypot(a, b);
    }

    @Override
    double byFirst(double a, double b) {
      return a / StrictMath.hypot(a, b);
    }

    @Override
    double bySecond(double a, double b) {
      return b / StrictMath.hypot(a, b);
    }
  },
  SINH(1, "sinh") {
    @Override
    double value(double a, double b) {
      return StrictMath.sinh(a);
    }

    @Override
    double byFirst(double a, double b) {
      return StrictMath.cosh(a);
    }
  },
  COSH(1, "cosh") {
    @Override
    double value(double a, double b) {
      return StrictMath.cosh(a);
    }

    @Override
    double byFirst(double a, double b) {
      return StrictMath.sinh(a);
    }
  },
  TANH(1, "tanh") {
    @Override
    double value(double a, double b) {
      return StrictMath.tanh(a);
    }

    @Override
    double byFirst(double a, double b) {
      double tangent = StrictMath.tanh(a);
      return (1 - tangent) * (1 + tangent);
    }
  },
  ASINH(1, "asinh") {
    @Override
    double value(double a, double b) {
      double size = Math.abs(a);
      double inverse =
          size > LARGE
              ? StrictMath.log(size) + LN_2
              : StrictMath.log1p(size + size * size / (1 + StrictMath.sqrt(1 + size * size)));
      return Math.copySign(inverse, a);
    }

    @Override
    double byFirst(double a, double b) {
      return 1 / StrictMath.hypot(1, a);
    }
  },
  ABS(1, "abs") {
    @Override
    double value(double a, double b) {
      return Math.abs(a);
    }

    @Override
    double byFirst(double a, double b) {
      return Math.signum(a);
    }
  },
  MIN(2, "min") {
    @Override
    double value(double a, double b) {
      return Math.min(a, b);
    }

    @Override
    double byFirst(double a, double b) {
      return a <= b ? 1 : 0;
    }

    @Override
    double bySecond(double a, double b) {
      return a <= b ? 0 : 1;
    }
  },
  MAX(2, "max") {
    @Override
    double value(double a, double b) {
      return Math.max(a, b);
    }

    @Override
    double byFirst(double a, double b) {
      return a >= b ? 1 : 0;
    }

    @Override
    double bySecond(double a, double b) {
      return a >= b ? 0 : 1;
    }
  };

  private static final double LN_10 = 2.302585092994046;
  private static final double LN_2 = 0.6931471805599453;

  /** Above it, 1 + a² is a². */
  private static final double LARGE = 0x1p28;

  private final int arguments;
  private final String text;

  Function(int arguments, String text) {
    this.arguments = arguments;
    this.text = text;
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
  abstract double value(double a, double b);

  /** The derivative by the first argument. */
  abstract double byFirst(double a, double b);

  /** The derivative by the second argument. */
  double bySecond(double a, double b) {
    throw new IllegalStateException(
        "%s has one argument".formatted(name().toLowerCase(Locale.ROOT)));
  }
}
