package org.jetfold.tables.hepdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/** The statistical errors of the values of a table of HEPData. */
final class HepDataErrors {
  private HepDataErrors() {}

  /**
   * One error for each value.
   *
   * @return null where none is stated, or where of several none is labelled as statistical
   * @throws UnreadableTableException where only some values have one
   */
  static double @Nullable [] of(List<YamlNode> values) {
    List<Double> errors = new ArrayList<>();
    for (YamlNode value : values) {
      YamlNode statistical = statistical(value.listOrNone("errors"));
      if (statistical != null) {
        errors.add(size(statistical, value));
      }
    }
    if (errors.isEmpty()) {
      return null;
    }
    if (errors.size() < values.size()) {
      throw new UnreadableTableException(
          "has statistical errors of %d of %d values only: all must have one, or none"
              .formatted(errors.size(), values.size()));
    }
    return errors.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static @Nullable YamlNode statistical(List<YamlNode> errors) {
    for (YamlNode error : errors) {
      if (error.textOrEmpty("label").toLowerCase(Locale.ROOT).startsWith("stat")) {
        return error;
      }
    }
    return errors.size() == 1 && errors.getFirst().textOrEmpty("label").isEmpty()
        ? errors.getFirst()
        : null;
  }

  private static double size(YamlNode error, YamlNode value) {
    if (error.has("symerror")) {
      return Math.abs(error.numberOrPercent("symerror", value));
    }
    YamlNode sides = error.map("asymerror");
    return (Math.abs(sides.numberOrPercent("plus", value))
            + Math.abs(sides.numberOrPercent("minus", value)))
        / 2;
  }
}
