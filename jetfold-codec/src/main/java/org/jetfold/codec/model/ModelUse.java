package org.jetfold.codec.model;

import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a compression uses a learned model. Immutable.
 *
 * @param model the model
 * @param embedded whether the file is to hold the model; otherwise it only names it, and whoever
 *     decompresses must have it
 * @param latents of an autoencoder, what a latent, a FLOAT32, may lose
 * @param kept of an autoencoder, names of columns that it sees and that are stored without it
 * @param bounded of an autoencoder, whether what it gets wrong is stored, so that every value keeps
 *     its precision; otherwise the error of what it restores is only measured
 * @param unit the unit of energies in the table; null where the table tells
 * @param always of a density model, whether it codes its columns also in segments where static
 *     distributions would take fewer bytes
 */
public record ModelUse(
    LearnedModel model,
    boolean embedded,
    Precision latents,
    List<String> kept,
    boolean bounded,
    @Nullable EnergyUnit unit,
    boolean always) {
  /** Copies the list. */
  public ModelUse {
    kept = List.copyOf(kept);
  }

  /** A model that the file names. */
  public static ModelUse of(LearnedModel model) {
    return new ModelUse(model, false, model.latents(), List.of(), false, null, false);
  }

  /** A model that the file holds. */
  public static ModelUse embedded(LearnedModel model) {
    return of(model).withEmbedded(true);
  }

  /** As this, with the model in the file, or not. */
  public ModelUse withEmbedded(boolean inFile) {
    return new ModelUse(model, inFile, latents, kept, bounded, unit, always);
  }

  /** As this, with latents that may lose something. */
  public ModelUse withLatents(Precision precision) {
    return new ModelUse(model, embedded, precision, kept, bounded, unit, always);
  }

  /** As this, with columns that are stored without the model. */
  public ModelUse withKept(List<String> names) {
    return new ModelUse(model, embedded, latents, names, bounded, unit, always);
  }

  /** As this, with every value within its precision, or not. */
  public ModelUse withBounds(boolean bounds) {
    return new ModelUse(model, embedded, latents, kept, bounds, unit, always);
  }

  /** As this, but a density model codes its columns whatever that takes: to measure it. */
  public ModelUse withoutFallback() {
    return new ModelUse(model, embedded, latents, kept, bounded, unit, true);
  }

  /** Whether something is asked for that only an autoencoder has. */
  public boolean isForAutoencoder() {
    return latents.isLossy() || !kept.isEmpty() || bounded;
  }
}
