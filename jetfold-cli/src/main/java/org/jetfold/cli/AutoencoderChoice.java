package org.jetfold.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jetfold.codec.Compressor.AutoencoderUse;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.EnergyUnit;
import org.jetfold.codec.pipeline.AutoencoderBinding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.AutoencoderSampleReader;
import org.jspecify.annotations.Nullable;

/**
 * How a table is compressed with an autoencoder.
 *
 * @param latents what the latents may lose
 * @param keep names of columns that are stored beside the latents
 * @param bounded whether the precision settings bind the columns that the model restores
 * @param unit of energies in the table, as the user says; null where the table tells
 */
record AutoencoderChoice(
    Autoencoder model,
    boolean embedded,
    Precision latents,
    List<String> keep,
    boolean bounded,
    @Nullable EnergyUnit unit) {
  /** Reads {@code float32}, or a setting. */
  static Precision latents(@Nullable String text) {
    if (text == null || text.strip().equals("float32")) {
      return Precision.exact();
    }
    try {
      return Precision.parse(text);
    } catch (PrecisionException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--latents: %s (or float32)".formatted(e.getMessage()), e);
    }
  }

  /**
   * The settings of a table.
   *
   * @param choice each column's setting, as asked for
   * @param use the model's part
   */
  record Resolved(PrecisionChoice choice, AutoencoderUse use) {}

  /**
   * Fits the model to a table.
   *
   * @param choice the settings that were asked for: without {@code bounded}, of columns that the
   *     model restores, what is done to their values first
   */
  Resolved resolve(Schema schema, PrecisionChoice choice) {
    List<QualifiedColumn> all = QualifiedColumn.all(schema);
    Set<Integer> kept = new HashSet<>();
    for (String name : keep) {
      int before = kept.size();
      for (int column = 0; column < all.size(); column++) {
        if (all.get(column).names().contains(name)) {
          kept.add(column);
        }
      }
      if (kept.size() == before) {
        throw CommandFailure.usage(
            "--keep %s: no such column: %s".formatted(name, QualifiedColumn.near(name, all)));
      }
    }
    AutoencoderBinding binding = AutoencoderBinding.of(schema, model, kept);
    List<Precision> columns = new ArrayList<>(choice.columns());
    List<String> reasons = new ArrayList<>(choice.reasons());
    for (int column : binding.columns()) {
      if (!bounded && !binding.kept().contains(column)) {
        columns.set(column, Precision.measured());
        reasons.set(column, "the autoencoder's");
      }
    }
    return new Resolved(
        new PrecisionChoice(choice.names(), columns, reasons, choice.warnings()),
        new AutoencoderUse(model, embedded, latents, kept, choice.columns()));
  }

  /**
   * Checks that a table's energies are in the model's unit, by the median of the momenta in its
   * first piece.
   */
  void requireUnit(Schema schema, Table firstPiece) {
    EnergyUnit known = model.description().unit();
    EnergyUnit here = unit;
    if (known == null) {
      return;
    }
    AutoencoderBinding binding = AutoencoderBinding.of(schema, model, Set.of());
    List<AutoencoderVariable> variables = model.description().variables();
    for (int v = 0; v < variables.size() && here == null; v++) {
      boolean isMomentum =
          variables.get(v).energy()
              && variables.get(v).name().toLowerCase(Locale.ROOT).endsWith("pt")
              && schema.columns().get(binding.columns().get(v)).unit().isEmpty();
      if (isMomentum && firstPiece.values(binding.columns().get(v)).size() > 0) {
        here =
            AutoencoderSampleReader.medianUnit(
                doubles(firstPiece.values(binding.columns().get(v))));
      }
    }
    if (here != null && here != known) {
      throw CommandFailure.usage(
          "energies are in %s%s, but the model was trained on %s: convert them, or train a model for %s"
              .formatted(
                  here.symbol(),
                  unit == null ? " by their median (--units says otherwise)" : "",
                  known.symbol(),
                  here.symbol()));
    }
  }

  private static double[] doubles(ColumnValues values) {
    double[] doubles = new double[values.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] =
          switch (values) {
            case ColumnValues.Floats(float[] floats) -> floats[i];
            case ColumnValues.Doubles(double[] all) -> all[i];
            case ColumnValues.Integers(long[] integers) -> integers[i];
          };
    }
    return doubles;
  }
}
