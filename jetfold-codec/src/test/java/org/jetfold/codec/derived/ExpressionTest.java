package org.jetfold.codec.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** What expressions are worth, their derivatives, and what is said of those that are none. */
final class ExpressionTest {
  private static double value(String text, Map<String, Double> values) {
    Expression expression = Expression.parse(text);
    return expression.value(expression.names().stream().mapToDouble(values::get).toArray());
  }

  @Test
  void operatorsBindAsInMathematics() {
    Map<String, Double> names = Map.of("a", 2.0, "b", 3.0, "c", 5.0);
    assertThat(value("a+b*c", names)).isEqualTo(17);
    assertThat(value("(a+b)*c", names)).isEqualTo(25);
    assertThat(value("a-b-c", names)).isEqualTo(-6);
    assertThat(value("c/a/b", names)).isEqualTo(5.0 / 2 / 3);
    assertThat(value("-a^2", names)).isEqualTo(-4);
    assertThat(value("a^b^a", names)).isEqualTo(512);
    assertThat(value("a^-1", names)).isEqualTo(0.5);
    assertThat(value("a × b ÷ c − 1", names)).isEqualTo(2.0 * 3 / 5 - 1);
    assertThat(value("1.5e-1 + .5", names)).isEqualTo(0.65);
    assertThat(value("2*pi", names)).isEqualTo(2 * Math.PI);
  }

  @Test
  void functionsAreThoseOfStrictMath() {
    RandomCase.each(
        200,
        any -> {
          double x = any.between(-1000, 1000) / 1001.0;
          double y = any.between(-1000, 1000) / 300.0;
          Map<String, Double> names = Map.of("x", x, "y", y);
          assertThat(value("exp(x)", names)).isEqualTo(StrictMath.exp(x));
          assertThat(value("log(abs(x))", names)).isEqualTo(StrictMath.log(Math.abs(x)));
          assertThat(value("asin(x)+acos(x)", names))
              .isEqualTo(StrictMath.asin(x) + StrictMath.acos(x));
          assertThat(value("atan2(x,y)", names)).isEqualTo(StrictMath.atan2(x, y));
          assertThat(value("sinh(x)*tanh(y)", names))
              .isEqualTo(StrictMath.sinh(x) * StrictMath.tanh(y));
          assertThat(value("asinh(sinh(y))", names)).isCloseTo(y, within(1e-14));
          assertThat(value("min(x,y)", names)).isEqualTo(Math.min(x, y));
          assertThat(value("max(x,y)", names)).isEqualTo(Math.max(x, y));
          assertThat(value("pow(abs(x),y)", names)).isEqualTo(StrictMath.pow(Math.abs(x), y));
        });
  }

  @Test
  void derivativesAreThoseOfDifferences() {
    String[] texts = {
      "a*b+c",
      "a/b-c",
      "-a^3",
      "a^b",
      "b^2*a",
      "sqrt(a*c)",
      "exp(a)*log(b)",
      "log10(a*b)",
      "sin(a)*cos(b)*tan(c/4)",
      "asin(a/10)+acos(b/10)+atan(c)",
      "atan2(a,b)",
      "hypot(a,b-c)",
      "sinh(a)+cosh(b)*tanh(c)",
      "asinh(a*b)",
      "abs(a-20)",
      "min(a,b*50)",
      "max(a,b*50)",
      "pow(c,a)"
    };
    RandomCase.each(
        300,
        any -> {
          Expression expression = Expression.parse(texts[any.between(0, texts.length - 1)]);
          double[] values = new double[expression.names().size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = 0.5 + any.between(0, 1000) / 500.0;
          }
          double[] derivatives = new double[values.length];
          expression.addDerivatives(values, 2, derivatives);
          for (int i = 0; i < values.length; i++) {
            double own = values[i];
            double step = 1e-5;
            values[i] = own + step;
            double above = expression.value(values);
            values[i] = own - step;
            double below = expression.value(values);
            values[i] = own;
            double expected = 2 * (above - below) / (2 * step);
            assertThat(derivatives[i])
                .as("%s by %s", expression, expression.names().get(i))
                .isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
          }
        });
  }

  @Test
  void namesMayBeQuoted() {
    assertThat(Expression.parse("`jet pt [GeV]` + Jet_pt*jets.pt + Jet_pt").names())
        .containsExactly("jet pt [GeV]", "Jet_pt", "jets.pt");
  }

  @Test
  void aMessageSaysWhereAndWhatWasExpected() {
    assertMessage("pt*", "character 4: expected a number, a name or (, found the end");
    assertMessage("", "character 1: expected a number, a name or (, found the end");
    assertMessage("pt eta", "character 4: expected an operator or the end, found e");
    assertMessage("(pt+1", "character 6: expected an operator or ), found the end");
    assertMessage("sqrt(pt,2)", "character 8: expected an operator or ), found ,");
    assertMessage("atan2(pt)", "character 9: expected ,, found )");
    assertMessage("pt*sqr(2)", "character 4: no function is called sqr: did you mean sqrt?");
    assertMessage("1e+", "character 1: expected a number");
    assertMessage("`pt", "character 4: expected ` after the name, found the end");
    assertMessage("pt # 2", "character 4: expected an operator or the end, found #");
    assertMessage("(".repeat(100_000), "nested more than 200 deep");
    assertMessage("-".repeat(100_000), "nested more than 200 deep");
    assertMessage("2^".repeat(100_000) + "2", "nested more than 200 deep");
  }

  private static void assertMessage(String text, String message) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOf(DerivedQuantityException.class)
        .hasMessageContaining(message);
  }
}
