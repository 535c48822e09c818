package org.jetfold.codec.network;

import java.util.Arrays;

/**
 * Plain loops, which the compiler turns into SIMD where it can. Needs nothing but the Java
 * language.
 */
class ScalarKernel extends Kernel {
  private final Fma fma;

  ScalarKernel(Fma fma) {
    this.fma = fma;
  }

  @Override
  public String name() {
    return fma == Fma.HARDWARE ? "scalar" : "scalar without hardware FMA";
  }

  @Override
  public void multiply(PackedWeights weights, float[] x, float[] y, int yFrom, int rows) {
    for (int o = 0; o < weights.outputs(); o++) {
      int out = (yFrom + o) * ROWS;
      for (int i = 0; i < weights.inputs(); i++) {
        float weight = weights.weight(o, i);
        int in = i * ROWS;
        for (int r = 0; r < rows; r++) {
          y[out + r] = fma.of(weight, x[in + r], y[out + r]);
        }
      }
    }
  }

  @Override
  public void multiplyFew(FewRowsWeights weights, float[] x, int xStride, float[] y, int rows) {
    float[] values = weights.values();
    int units = weights.units();
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < units; o++) {
        int at = weights.at(o);
        float sum = y[r * units + o];
        for (int i = 0; i < weights.inputs(); i++) {
          sum = fma.of(values[at + i * FewRowsWeights.PANEL], x[r * xStride + i], sum);
        }
        y[r * units + o] = sum;
      }
    }
  }

  @Override
  public void fill(float[] biases, int from, int units, float[] y, int yFrom, int rows) {
    for (int u = 0; u < units; u++) {
      int at = (yFrom + u) * ROWS;
      Arrays.fill(y, at, at + rows, biases[from + u]);
    }
  }

  @Override
  public void rectify(float[] y, int yFrom, int units, int rows) {
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r++) {
        y[r] = y[r] > 0 ? y[r] : 0;
      }
    }
  }

  @Override
  public void leak(float[] y, int yFrom, int units, int rows, float slope) {
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r++) {
        y[r] = y[r] > 0 ? y[r] : y[r] * slope;
      }
    }
  }

  @Override
  public void tanh(float[] y, int yFrom, int units, int rows) {
    for (int u = yFrom; u < yFrom + units; u++) {
      for (int r = u * ROWS; r < u * ROWS + rows; r++) {
        y[r] = HyperbolicTangent.of(y[r], fma);
      }
    }
  }

  @Override
  public void mixtures(float[] outputs, int k, int rows) {
    for (int r = 0; r < rows; r++) {
      float largest = -MAX_LOG_WEIGHT;
      for (int i = 0; i < k; i++) {
        float clamped = clamp(outputs[i * ROWS + r], -MAX_LOG_WEIGHT, MAX_LOG_WEIGHT);
        outputs[i * ROWS + r] = clamped;
        largest = Math.max(largest, clamped);
      }
      float sum = 0;
      for (int i = 0; i < k; i++) {
        float weight = Exponential.power((outputs[i * ROWS + r] - largest) * LOG2_E, fma);
        outputs[i * ROWS + r] = weight;
        sum += weight;
      }
      for (int i = 0; i < k; i++) {
        outputs[i * ROWS + r] /= sum;
        int centre = (k + i) * ROWS + r;
        outputs[centre] = clamp(outputs[centre], -MAX_CENTRE, MAX_CENTRE);
        int scale = (2 * k + i) * ROWS + r;
        float log = clamp(outputs[scale], LOWEST_LOG_SCALE, HIGHEST_LOG_SCALE);
        outputs[scale] = -LOG2_E * Exponential.power(-LOG2_E * log, fma);
      }
    }
  }

  /** NaN becomes the lower end. */
  private static float clamp(float value, float lowest, float highest) {
    return value > lowest ? Math.min(value, highest) : lowest;
  }

  @Override
  public void cumulative(
      float[] outputs,
      int k,
      float[] lower,
      float[] upper,
      float scale,
      int[] starts,
      int[] ends,
      int rows) {
    for (int r = 0; r < rows; r++) {
      starts[r] = cumulative(outputs, k, r, lower[r], scale);
      ends[r] = cumulative(outputs, k, r, upper[r], scale);
    }
  }

  private int cumulative(float[] outputs, int k, int r, float boundary, float scale) {
    float sum = 0;
    for (int i = 0; i < k; i++) {
      float y = (boundary - outputs[(k + i) * ROWS + r]) * outputs[(2 * k + i) * ROWS + r];
      float sigmoid = 1 / (1 + Exponential.power(y, fma));
      sum = fma.of(outputs[i * ROWS + r], sigmoid, sum);
    }
    return (int) (Math.min(sum, 1f) * scale);
  }

  @Override
  public void search(
      float[] outputs,
      int k,
      int row,
      int count,
      float[] first,
      float[] last,
      int cells,
      float scale,
      CellSearch search) {
    for (int n = 0; n < count; n++) {
      int low = 0;
      int high = cells;
      search.starts[n] = 0;
      search.ends[n] = 1 << PRECISION;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        float boundary = first[middle] + (last[middle] - first[middle]) * search.shifts[n];
        int start = middle + cumulative(outputs, k, row + n, boundary, scale);
        if (start <= search.slots[n]) {
          low = middle;
          search.starts[n] = start;
        } else {
          high = middle;
          search.ends[n] = start;
        }
      }
      search.found[n] = low;
    }
  }
}
