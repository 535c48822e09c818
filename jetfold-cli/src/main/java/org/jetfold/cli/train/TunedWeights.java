package org.jetfold.cli.train;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.tuning.Sensitivities;
import org.jetfold.train.autoencoder.AutoencoderSample;

/**
 * Weights of the squared error that are those of a physics quantity: to first order, the loss is
 * then the mean squared relative error of that quantity, and not of the normalized variables.
 */
final class TunedWeights {
  /** The quantity that is meant where none is named. */
  static final String USUAL = "mjj";

  /** Normalizations are smooth over so much of a standard deviation. */
  private static final double STEP = 1e-3;

  private TunedWeights() {}

  /**
   * A weight for each variable: of those that the quantity depends on, the sensitivity to an error
   * of the normalized variable, in units of their mean; 1 for others.
   *
   * @throws org.jetfold.codec.derived.DerivedQuantityException where the jets have no such quantity
   */
  static double[] of(AutoencoderSample sample, String name) {
    List<Normalization> normalizations =
        sample.variables().stream().map(AutoencoderVariable::normalization).toList();
    Table jets = table(sample);
    double[] ones = new double[jets.rootEntries()];
    Arrays.fill(ones, 1);
    double[] weights =
        Sensitivities.named(
                jets.schema(),
                name,
                true,
                (column, value) -> slope(normalizations.get(column), value))
            .of(jets, ones);
    double mean = Arrays.stream(weights).filter(weight -> weight > 0).average().orElse(1);
    return Arrays.stream(weights).map(weight -> weight > 0 ? weight / mean : 1).toArray();
  }

  /** dx/dy of a normalized variable y. */
  private static double slope(Normalization normalization, double value) {
    double y = normalization.apply(value);
    return (normalization.undo(y + STEP) - normalization.undo(y - STEP)) / (2 * STEP);
  }

  private static Table table(AutoencoderSample sample) {
    List<Column> columns =
        sample.variables().stream()
            .map(variable -> new Column(variable.name(), ValueType.FLOAT64))
            .toList();
    List<ColumnValues> values =
        Arrays.stream(sample.values()).<ColumnValues>map(ColumnValues.Doubles::new).toList();
    return sample.hasEvents()
        ? new Table(
            Schema.events(List.of(), "jets", columns),
            sample.offsets().length - 1,
            List.of(sample.offsets()),
            values)
        : new Table(Schema.flat(columns), sample.jets(), List.of(), values);
  }
}
