package org.jetfold.cli.console;

import java.util.List;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.text.Quantities;

/** Normalizations as formulas for people. */
public final class NormalizationText {
  private NormalizationText() {}

  /**
   * How a variable is normalized.
   *
   * @param all variables of its network, of which it may be told relative to one
   */
  public static String of(AutoencoderVariable variable, List<AutoencoderVariable> all) {
    return switch (variable.normalization()) {
      case Normalization.Knots(double[] x, double[] _) ->
          "%d knots from its distribution".formatted(x.length);
      case Normalization.Azimuth(boolean positive, double width, int reference) ->
          "an azimuth%s%s / %s"
              .formatted(
                  positive ? " from 0 to 2π" : "",
                  reference < 0
                      ? ""
                      : " relative to " + Streams.printable(all.get(reference).name()),
                  Quantities.significant(width, 6));
      case Normalization.Formula(
              boolean logarithm,
              double factor,
              double offset,
              double centre,
              double width) -> {
        String x = factor == 1 ? "x" : Quantities.significant(factor, 6) + "·x";
        String u = x + signed(offset);
        String inner = logarithm ? "log10(" + u + ")" : u;
        yield "(" + inner + signed(-centre) + ") / " + Quantities.significant(width, 6);
      }
    };
  }

  private static String signed(double number) {
    return number == 0
        ? ""
        : (number > 0 ? " + " : " − ") + Quantities.significant(Math.abs(number), 6);
  }
}
