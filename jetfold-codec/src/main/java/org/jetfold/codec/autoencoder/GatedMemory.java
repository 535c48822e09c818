package org.jetfold.codec.autoencoder;

import java.util.List;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.PackedWeights;

/**
 * What a recurrent autoencoder remembers of the events whose rows go through it, made row by row by
 * gated recurrent units (docs/format.md section 13.5). Rows of one tile are of different events,
 * and have the same place in these. For one pass over some rows; not thread-safe.
 */
final class GatedMemory {
  private final int units;
  private final DenseLayer gates;
  private final DenseLayer candidate;
  private final PackedWeights packedGates;
  private final PackedWeights packedCandidate;
  private final Kernel kernel;
  private final RowWaves waves;

  /** Unit after unit of each event, one event after the other. */
  private final float[] states;

  private final float[] ofGates;
  private final float[] ofCandidate;
  private final float[] before;

  /** Without a memory of anything yet. */
  GatedMemory(List<DenseLayer> layers, Kernel kernel, RowWaves waves) {
    this.kernel = kernel;
    this.waves = waves;
    gates = layers.getFirst();
    candidate = layers.getLast();
    units = candidate.outputs();
    packedGates = packed(gates);
    packedCandidate = packed(candidate);
    states = new float[Math.multiplyExact(waves.events(), units)];
    ofGates = new float[PackedWeights.units(gates.outputs()) * Kernel.ROWS];
    ofCandidate = new float[PackedWeights.units(units) * Kernel.ROWS];
    before = new float[units * Kernel.ROWS];
  }

  private static PackedWeights packed(DenseLayer layer) {
    return new PackedWeights(layer.weights(), 0, layer.outputs(), layer.inputs());
  }

  /** Fills a tile, from unit {@code unit} on, with what is known of the events of some rows. */
  void read(int from, int count, float[] tile, int unit) {
    for (int r = 0; r < count; r++) {
      int state = waves.event(from + r) * units;
      for (int u = 0; u < units; u++) {
        tile[(unit + u) * Kernel.ROWS + r] = states[state + u];
      }
    }
  }

  /**
   * Remembers rows.
   *
   * @param tile what a file holds of them, and then what {@link #read} said; left as it was
   * @param unit where the latter begins
   */
  void remember(int from, int count, float[] tile, int unit) {
    kernel.fill(gates.biases(), 0, gates.outputs(), ofGates, 0, count);
    kernel.multiply(packedGates, tile, ofGates, 0, count);
    sigmoid(ofGates, gates.outputs(), count);
    int first = unit * Kernel.ROWS;
    System.arraycopy(tile, first, before, 0, before.length);
    for (int i = 0; i < before.length; i++) {
      tile[first + i] *= ofGates[i];
    }
    kernel.fill(candidate.biases(), 0, units, ofCandidate, 0, count);
    kernel.multiply(packedCandidate, tile, ofCandidate, 0, count);
    kernel.tanh(ofCandidate, 0, units, count);
    System.arraycopy(before, 0, tile, first, before.length);
    for (int r = 0; r < count; r++) {
      int state = waves.event(from + r) * units;
      for (int u = 0; u < units; u++) {
        int at = u * Kernel.ROWS + r;
        float kept = ofGates[before.length + at];
        states[state + u] = ofCandidate[at] + kept * (before[at] - ofCandidate[at]);
      }
    }
  }

  private void sigmoid(float[] tile, int outputs, int count) {
    for (int i = 0; i < outputs * Kernel.ROWS; i++) {
      tile[i] *= 0.5f;
    }
    kernel.tanh(tile, 0, outputs, count);
    for (int i = 0; i < outputs * Kernel.ROWS; i++) {
      tile[i] = tile[i] * 0.5f + 0.5f;
    }
  }
}
