package org.jetfold.codec.autoencoder;

import java.util.List;
import org.jetfold.codec.network.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Takes jets through an autoencoder: values to latents, and latents to values (docs/format.md
 * sections 13.2 and 13.3). Immutable and safe to share.
 */
public final class JetNetworks {
  private final AutoencoderDescription description;
  private final List<Integer> kept;
  private final DenseNetwork encoder;
  private final DenseNetwork decoder;

  /** The networks of a model, run by {@code kernel}. */
  public JetNetworks(Autoencoder model, Kernel kernel) {
    description = model.description();
    kept = description.kept();
    encoder = model.encoder(kernel);
    decoder = model.decoder(kernel);
  }

  /**
   * Normalizes a variable's values, to float.
   *
   * @param values for each variable a value per jet; null for those that are neither the variable
   *     nor what it is told relative to
   * @return NaN where a value is outside the normalization's domain, or not finite
   */
  public float[] normalized(int variable, double[] @Nullable [] values) {
    Normalization normalization = description.variables().get(variable).normalization();
    double[] own = given(values, variable);
    int reference = normalization.reference();
    double[] others = reference < 0 ? own : given(values, reference);
    float[] normalized = new float[own.length];
    for (int i = 0; i < own.length; i++) {
      float y = (float) normalization.apply(own[i], others[i]);
      normalized[i] = Float.isFinite(y) ? y : Float.NaN;
    }
    return normalized;
  }

  private static double[] given(double[] @Nullable [] values, int variable) {
    double[] given = values[variable];
    if (given == null) {
      throw new IllegalArgumentException("variable %d is not given".formatted(variable));
    }
    return given;
  }

  /**
   * Computes the latents.
   *
   * @param normalized for each variable a value per jet; NaN counts as 0
   * @return for each latent a value per row, finite
   */
  public float[][] encode(float[][] normalized, InputRows rows) {
    float[][] latents = new float[description.latents()][rows.count()];
    DenseNetwork.Activations activations = new DenseNetwork.Activations(encoder);
    for (int from = 0; from < rows.count(); from += Kernel.ROWS) {
      int count = Math.min(Kernel.ROWS, rows.count() - from);
      for (int jet = 0; jet < description.jets(); jet++) {
        for (int v = 0; v < normalized.length; v++) {
          int unit = jet * normalized.length + v;
          fill(normalized[v], rows, from, count, jet, activations.values(), unit);
        }
      }
      encoder.run(activations, count);
      for (int l = 0; l < latents.length; l++) {
        for (int r = 0; r < count; r++) {
          latents[l][from + r] = finite(activations.values()[l * Kernel.ROWS + r]);
        }
      }
    }
    return latents;
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  private static void fill(
      float[] normalized, InputRows rows, int from, int count, int jet, float[] tile, int unit) {
    for (int r = 0; r < count; r++) {
      boolean there = jet < rows.size(from + r);
      tile[unit * Kernel.ROWS + r] = there ? finite(normalized[rows.starts()[from + r] + jet]) : 0;
    }
  }

  /**
   * Computes values from latents.
   *
   * @param latents for each latent a value per row
   * @param normalizedKept for each variable that the model keeps, a normalized value per jet;
   *     others are not looked at
   * @param wanted which variables to compute
   * @return for each variable to compute a value per jet, 0 in place of what is not finite; null
   *     for the others
   */
  public double[] @Nullable [] decode(
      float[][] latents, float[] @Nullable [] normalizedKept, boolean[] wanted, InputRows rows) {
    int variables = wanted.length;
    double[] @Nullable [] values = new double[variables][];
    for (int v = 0; v < variables; v++) {
      values[v] = wanted[v] ? new double[rows.jets()] : null;
    }
    DenseNetwork.Activations activations = new DenseNetwork.Activations(decoder);
    for (int from = 0; from < rows.count(); from += Kernel.ROWS) {
      int count = Math.min(Kernel.ROWS, rows.count() - from);
      for (int l = 0; l < latents.length; l++) {
        for (int r = 0; r < count; r++) {
          activations.values()[l * Kernel.ROWS + r] = finite(latents[l][from + r]);
        }
      }
      int unit = latents.length;
      for (int jet = 0; jet < description.jets(); jet++) {
        for (int v : kept) {
          float[] given = normalizedKept[v];
          if (given == null) {
            throw new IllegalArgumentException("variable %d is not given".formatted(v));
          }
          fill(given, rows, from, count, jet, activations.values(), unit++);
        }
      }
      decoder.run(activations, count);
      for (int v = 0; v < variables; v++) {
        double[] target = values[v];
        if (target != null) {
          undo(v, activations.values(), rows, from, count, target);
        }
      }
    }
    return values;
  }

  private void undo(
      int variable, float[] tile, InputRows rows, int from, int count, double[] target) {
    Normalization normalization = description.variables().get(variable).normalization();
    int reference = normalization.reference();
    Normalization ofReference =
        reference < 0 ? normalization : description.variables().get(reference).normalization();
    for (int r = 0; r < count; r++) {
      for (int jet = 0; jet < rows.size(from + r); jet++) {
        int first = jet * description.variables().size();
        double other =
            reference < 0
                ? 0
                : finite(ofReference.undo(tile[(first + reference) * Kernel.ROWS + r]));
        double value = normalization.undo(tile[(first + variable) * Kernel.ROWS + r], other);
        target[rows.starts()[from + r] + jet] = finite(value);
      }
    }
  }
}
