package org.jetfold.train.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * The error of what a network restores, as a loss counts it: weighted by input, and of azimuths the
 * short way round. Immutable.
 */
final class RestoredError {
  private final NDArray weights;

  /** What a turn makes of each input that is an azimuth, and its inverse; else 0. */
  private final NDArray turns;

  private final NDArray perTurn;

  /** Inputs × inputs: which errors make up that of a restored value; null where only its own. */
  private final @Nullable NDArray errors;

  /**
   * The error of rows of a network.
   *
   * @param lossWeights one for each input
   * @param manager owns the arrays
   */
  RestoredError(AutoencoderDescription description, float[] lossWeights, NDManager manager) {
    weights = manager.create(lossWeights, new Shape(1, lossWeights.length));
    float[] turn = turns(description);
    turns = manager.create(turn, weights.getShape());
    perTurn = manager.create(inverse(turn), weights.getShape());
    errors = errors(description, manager);
  }

  private static float[] turns(AutoencoderDescription description) {
    float[] turns = new float[description.inputs()];
    for (int i = 0; i < turns.length; i++) {
      int v = i % description.variables().size();
      if (description.variables().get(v).normalization() instanceof Normalization.Azimuth angle) {
        turns[i] = (float) angle.period();
      }
    }
    return turns;
  }

  private static float[] inverse(float[] values) {
    float[] inverse = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      inverse[i] = values[i] == 0 ? 0 : 1 / values[i];
    }
    return inverse;
  }

  /** What is told relative to another azimuth has the error of that one, too. */
  private static @Nullable NDArray errors(AutoencoderDescription description, NDManager manager) {
    int width = description.inputs();
    int variables = description.variables().size();
    float[] matrix = new float[width * width];
    boolean isDiagonal = true;
    for (int i = 0; i < width; i++) {
      matrix[i * width + i] = 1;
      Normalization normalization = description.variables().get(i % variables).normalization();
      if (normalization instanceof Normalization.Azimuth angle && angle.reference() >= 0) {
        int reference = i - i % variables + angle.reference();
        if (description.variables().get(angle.reference()).normalization()
            instanceof Normalization.Azimuth other) {
          matrix[reference * width + i] = (float) (other.width() / angle.width());
          isDiagonal = false;
        }
      }
    }
    return isDiagonal ? null : manager.create(matrix, new Shape(width, width));
  }

  /**
   * The sum of the weighted squared errors of some rows.
   *
   * @param restored rows × inputs, as {@code x}
   * @param mask 1 for each input that counts, else 0
   */
  NDArray squared(NDArray restored, NDArray x, NDArray mask) {
    NDArray error = restored.sub(x);
    return wrapped(errors == null ? error : error.matMul(errors))
        .square()
        .mul(mask)
        .mul(weights)
        .sum();
  }

  /** Errors of azimuths, the short way round. */
  private NDArray wrapped(NDArray error) {
    return error.sub(error.mul(perTurn).round().stopGradient().mul(turns));
  }
}
