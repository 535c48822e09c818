package org.jetfold.cli.option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.Compressor.AutoencoderUse;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.pipeline.AutoencoderBinding;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a table is compressed with an autoencoder.
 *
 * @param latents what the latents may lose
 * @param keep names of columns that are stored beside the latents
 * @param bounded whether the precision settings bind the columns that the model restores
 * @param unit of energies in the table, as the user says; null where the table says it
 */
public record AutoencoderChoice(
    Autoencoder model,
    boolean embedded,
    Precision latents,
    List<String> keep,
    boolean bounded,
    @Nullable EnergyUnit unit) {
  /** Reads {@code float32}, or a setting. */
  public static Precision latents(@Nullable String text) {
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
  public record Resolved(PrecisionChoice choice, AutoencoderUse use) {}

  /**
   * Fits the model to a table.
   *
   * @param choice the settings that were asked for: without {@code bounded}, of columns that the
   *     model restores, what is done to their values before the network sees them
   */
  public Resolved resolve(Schema schema, PrecisionChoice choice) {
    List<QualifiedColumn> all = QualifiedColumn.all(schema);
    Set<Integer> kept = new HashSet<>();
    for (String name : keep) {
      List<Integer> named =
          IntStream.range(0, all.size())
              .filter(column -> all.get(column).names().contains(name))
              .boxed()
              .toList();
      if (named.isEmpty()) {
        throw noSuchColumn(name, all);
      }
      kept.addAll(named);
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

  /** As in training, columns to keep are named: a glob could keep all of them by accident. */
  private static CommandFailure noSuchColumn(String name, List<QualifiedColumn> all) {
    return CommandFailure.usage(
        name.isBlank() || !NamePattern.parse(name).plain()
            ? "--keep '%s': is not a column's name: name each column, as in --keep pt,m"
                .formatted(name)
            : "--keep %s: no such column: %s".formatted(name, QualifiedColumn.near(name, all)));
  }
}
