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
  private final List<DenseLayer> memoryLayers;
  private final Kernel kernel;

  /** The networks of a model, run by {@code kernel}. */
  public JetNetworks(Autoencoder model, Kernel kernel) {
    description = model.description();
    kept = description.kept();
    encoder = model.encoder(kernel);
    decoder = model.decoder(kernel);
    memoryLayers = model.memoryLayers();
    this.kernel = kernel;
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

  /** The same as {@link #encode(float[][], InputRows, LatentRounding)} without rounding. */
  public float[][] encode(float[][] normalized, InputRows rows) {
    return encode(normalized, rows, LatentRounding.NONE);
  }

  /**
   * Computes the latents.
   *
   * @param normalized for each variable a value per jet; NaN counts as 0
   * @param rounding what will be done to the latents, so that those of later rows of an event know
   *     what the decoder will remember; looked at only where the model has a memory
   * @return for each latent a value per row, finite and not rounded
   */
  public float[][] encode(float[][] normalized, InputRows rows, LatentRounding rounding) {
    float[][] latents = new float[description.latents()][rows.count()];
    DenseNetwork.Activations activations = new DenseNetwork.Activations(encoder);
    RowWaves waves = waves(rows);
    GatedMemory memory = memory(waves);
    float[] given = new float[memory == null ? 0 : decoder.inputs() * Kernel.ROWS];
    for (int wave = 0; wave < waves.count(); wave++) {
      for (int from = waves.start(wave); from < waves.start(wave + 1); from += Kernel.ROWS) {
        int count = Math.min(Kernel.ROWS, waves.start(wave + 1) - from);
        Tile tile = new Tile(rows, waves, from, count);
        for (int jet = 0; jet < description.jets(); jet++) {
          for (int v = 0; v < normalized.length; v++) {
            int unit = jet * normalized.length + v;
            tile.fill(normalized[v], jet, activations.values(), unit);
          }
        }
        if (memory != null) {
          memory.read(from, count, activations.values(), description.inputs());
        }
        encoder.run(activations, count);
        for (int l = 0; l < latents.length; l++) {
          for (int r = 0; r < count; r++) {
            latents[l][waves.row(from + r)] = finite(activations.values()[l * Kernel.ROWS + r]);
          }
        }
        if (memory != null) {
          fillRounded(latents, rounding, tile, given);
          fillKept(normalized, tile, given);
          memory.read(from, count, given, description.given());
          memory.remember(from, count, given, description.given());
        }
      }
    }
    return latents;
  }

  private void fillRounded(float[][] latents, LatentRounding rounding, Tile tile, float[] given) {
    float[] rounded = new float[tile.count()];
    for (int l = 0; l < latents.length; l++) {
      for (int r = 0; r < rounded.length; r++) {
        rounded[r] = latents[l][tile.row(r)];
      }
      rounding.round(rounded, rounded.length);
      for (int r = 0; r < rounded.length; r++) {
        given[l * Kernel.ROWS + r] = finite(rounded[r]);
      }
    }
  }

  private void fillKept(float[] @Nullable [] normalizedKept, Tile tile, float[] given) {
    int unit = description.latents();
    for (int jet = 0; jet < description.jets(); jet++) {
      for (int v : kept) {
        float[] ofVariable = normalizedKept[v];
        if (ofVariable == null) {
          throw new IllegalArgumentException("variable %d is not given".formatted(v));
        }
        tile.fill(ofVariable, jet, given, unit++);
      }
    }
  }

  private RowWaves waves(InputRows rows) {
    return memoryLayers.isEmpty() ? RowWaves.none(rows.count()) : RowWaves.of(rows.events());
  }

  private @Nullable GatedMemory memory(RowWaves waves) {
    return memoryLayers.isEmpty() ? null : new GatedMemory(memoryLayers, kernel, waves);
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** Rows that go through a network side by side: {@code count} from position {@code from} on. */
  private record Tile(InputRows rows, RowWaves waves, int from, int count) {
    int row(int r) {
      return waves.row(from + r);
    }

    /** Sets a unit to the values that the rows' jets of a place have. */
    void fill(float[] normalized, int jet, float[] tile, int unit) {
      for (int r = 0; r < count; r++) {
        int row = row(r);
        boolean there = jet < rows.size(row);
        tile[unit * Kernel.ROWS + r] = there ? finite(normalized[rows.starts()[row] + jet]) : 0;
      }
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
    RowWaves waves = waves(rows);
    GatedMemory memory = memory(waves);
    for (int wave = 0; wave < waves.count(); wave++) {
      for (int from = waves.start(wave); from < waves.start(wave + 1); from += Kernel.ROWS) {
        int count = Math.min(Kernel.ROWS, waves.start(wave + 1) - from);
        Tile tile = new Tile(rows, waves, from, count);
        fillRounded(latents, LatentRounding.NONE, tile, activations.values());
        fillKept(normalizedKept, tile, activations.values());
        if (memory != null) {
          memory.read(from, count, activations.values(), description.given());
          memory.remember(from, count, activations.values(), description.given());
        }
        decoder.run(activations, count);
        for (int v = 0; v < variables; v++) {
          double[] target = values[v];
          if (target != null) {
            undo(v, activations.values(), tile, target);
          }
        }
      }
    }
    return values;
  }

  private void undo(int variable, float[] values, Tile tile, double[] target) {
    Normalization normalization = description.variables().get(variable).normalization();
    int reference = normalization.reference();
    Normalization ofReference =
        reference < 0 ? normalization : description.variables().get(reference).normalization();
    InputRows rows = tile.rows();
    for (int r = 0; r < tile.count(); r++) {
      int row = tile.row(r);
      for (int jet = 0; jet < rows.size(row); jet++) {
        int first = jet * description.variables().size();
        double other =
            reference < 0
                ? 0
                : finite(ofReference.undo(values[(first + reference) * Kernel.ROWS + r]));
        double value = normalization.undo(values[(first + variable) * Kernel.ROWS + r], other);
        target[rows.starts()[row] + jet] = finite(value);
      }
    }
  }
}
