package org.jetfold.codec.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Every kernel gives the bits of the definition, whatever the shape, in every row that counts. */
final class KernelTest {
  private static final float[] ODD = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -1e38f,
    3e38f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    126f,
    -126.5f
  };

  private static float[] floats(Random random, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] =
          random.nextInt(40) == 0
              ? ODD[random.nextInt(ODD.length)]
              : (float) (random.nextGaussian() * Math.pow(10, random.nextInt(4) - 2));
    }
    return floats;
  }

  /** All NaN are one: what becomes of their payload is the processor's business. */
  private static int bits(float value) {
    return Float.floatToIntBits(value);
  }

  @Test
  void productsAreFusedMultiplyAddsInTheInputsOrder() {
    RandomCase.each(
        300,
        any -> {
          int outputs = any.between(0, 40);
          int inputs = any.between(0, 40);
          int rows = any.between(1, Kernel.ROWS);
          int yFrom = any.between(0, 3);
          Random random = new Random(any.bits());
          int before = random.nextInt(5);
          float[] weights = floats(random, before + outputs * inputs);
          float[] biases = floats(random, outputs + 1);
          float[] x = floats(random, inputs * Kernel.ROWS);
          for (Kernel kernel : Kernels.all()) {
            float[] y = new float[(yFrom + PackedWeights.units(outputs)) * Kernel.ROWS];
            kernel.fill(biases, 1, outputs, y, yFrom, rows);
            kernel.multiply(new PackedWeights(weights, before, outputs, inputs), x, y, yFrom, rows);
            for (int unit = 0; unit < yFrom * Kernel.ROWS; unit++) {
              assertThat(y[unit]).isZero();
            }
            for (int o = 0; o < outputs; o++) {
              for (int r = 0; r < rows; r++) {
                float expected = biases[1 + o];
                for (int i = 0; i < inputs; i++) {
                  expected =
                      Math.fma(weights[before + o * inputs + i], x[i * Kernel.ROWS + r], expected);
                }
                assertThat(bits(y[(yFrom + o) * Kernel.ROWS + r]))
                    .as("%s, output %d, row %d", kernel.name(), o, r)
                    .isEqualTo(bits(expected));
              }
            }
          }
        });
  }

  @Test
  void fewRowsHaveTheBitsOfATile() {
    RandomCase.each(
        100,
        any -> {
          int outputs = any.between(1, 230);
          int inputs = any.between(0, 40);
          int rows = any.between(1, 11);
          int gap = any.between(0, 3);
          Random random = new Random(any.bits());
          float[] weights = floats(random, outputs * inputs);
          int xStride = inputs + gap;
          float[] x = floats(random, (rows - 1) * xStride + inputs);
          float[] biases = floats(random, rows * outputs);
          FewRowsWeights packed = new FewRowsWeights(weights, outputs, inputs);
          int units = packed.units();
          for (Kernel kernel : Kernels.all()) {
            float[] y = new float[rows * units];
            for (int r = 0; r < rows; r++) {
              System.arraycopy(biases, r * outputs, y, r * units, outputs);
            }
            kernel.multiplyFew(packed, x, xStride, y, rows);
            for (int r = 0; r < rows; r++) {
              for (int o = 0; o < outputs; o++) {
                float expected = biases[r * outputs + o];
                for (int i = 0; i < inputs; i++) {
                  expected = Math.fma(weights[o * inputs + i], x[r * xStride + i], expected);
                }
                assertThat(bits(y[r * units + o]))
                    .as("%s, row %d of %d, output %d", kernel.name(), r, rows, o)
                    .isEqualTo(bits(expected));
              }
            }
          }
        });
  }

  @Test
  void mixturesAndTheirDistributionsAreTheSameInEveryKernel() {
    RandomCase.each(
        200,
        any -> {
          int k = any.between(1, 9);
          int rows = any.between(1, Kernel.ROWS);
          Random random = new Random(any.bits());
          float[] raw = floats(random, 3 * k * Kernel.ROWS);
          float[] lower = floats(random, Kernel.ROWS);
          float[] upper = floats(random, Kernel.ROWS);
          float scale = (1 << Kernel.PRECISION) - 1000;
          int[][] starts = new int[Kernels.all().size()][Kernel.ROWS];
          int[][] ends = new int[starts.length][Kernel.ROWS];
          float[][] mixtures = new float[starts.length][];
          for (int n = 0; n < starts.length; n++) {
            Kernel kernel = Kernels.all().get(n);
            mixtures[n] = Arrays.copyOf(raw, Kernel.mixtureRoom(k));
            kernel.mixtures(mixtures[n], k, rows);
            kernel.cumulative(mixtures[n], k, lower, upper, scale, starts[n], ends[n], rows);
            for (int r = 0; r < rows; r++) {
              for (int unit = 0; unit < 3 * k; unit++) {
                assertThat(bits(mixtures[n][unit * Kernel.ROWS + r]))
                    .as("%s, unit %d, row %d", kernel.name(), unit, r)
                    .isEqualTo(bits(mixtures[0][unit * Kernel.ROWS + r]));
              }
              assertThat(starts[n][r]).isEqualTo(starts[0][r]).isBetween(0, (int) scale);
              assertThat(ends[n][r]).isEqualTo(ends[0][r]).isBetween(0, (int) scale);
            }
          }
        });
  }

  /** For whatever a network gives, one cell after the other, all of a column's. */
  @Test
  void countsOfAllCellsRise() {
    RandomCase.each(
        60,
        any -> {
          int k = any.between(1, 9);
          int cells = any.between(2, 3000);
          Random random = new Random(any.bits());
          float[] raw = new float[Kernel.mixtureRoom(k)];
          float[] ofUnits = floats(random, 3 * k);
          for (int unit = 0; unit < 3 * k; unit++) {
            Arrays.fill(raw, unit * Kernel.ROWS, (unit + 1) * Kernel.ROWS, ofUnits[unit]);
          }
          float[] boundaries = new float[cells];
          for (int cell = 1; cell < cells; cell++) {
            // Most of them close together, where a steep component may stand.
            boundaries[cell] =
                (float) (random.nextGaussian() * Math.pow(2, -random.nextInt(24)) * 4);
          }
          boundaries[0] = -Kernel.BEYOND;
          Arrays.sort(boundaries);
          float scale = (1 << Kernel.PRECISION) - cells;
          for (Kernel kernel : Kernels.all()) {
            float[] mixtures = raw.clone();
            kernel.mixtures(mixtures, k, Kernel.ROWS);
            int before = 0;
            int[] starts = new int[Kernel.ROWS];
            int[] ends = new int[Kernel.ROWS];
            for (int from = 0; from < cells - 1; from += Kernel.ROWS) {
              int rows = Math.min(Kernel.ROWS, cells - 1 - from);
              float[] lower = Arrays.copyOfRange(boundaries, from, from + Kernel.ROWS);
              float[] upper = Arrays.copyOfRange(boundaries, from + 1, from + 1 + Kernel.ROWS);
              kernel.cumulative(mixtures, k, lower, upper, scale, starts, ends, rows);
              for (int r = 0; r < rows; r++) {
                assertThat(starts[r]).as("%s, cell %d", kernel.name(), from + r).isEqualTo(before);
                assertThat(ends[r])
                    .as("%s, cell %d", kernel.name(), from + r)
                    .isBetween(starts[r], (int) scale);
                before = ends[r];
              }
            }
          }
        });
  }

  @Test
  void activationsAreTheSameInEveryKernel() {
    RandomCase.each(
        100,
        any -> {
          int rows = any.between(1, Kernel.ROWS);
          float[] values = floats(new Random(any.bits()), 3 * Kernel.ROWS);
          float[][] expected = activated(Kernels.all().getFirst(), values, rows);
          for (Kernel kernel : Kernels.all()) {
            float[][] activated = activated(kernel, values, rows);
            for (int a = 0; a < activated.length; a++) {
              for (int r = 0; r < rows; r++) {
                for (int unit = 1; unit < 3; unit++) {
                  int at = unit * Kernel.ROWS + r;
                  assertThat(bits(activated[a][at]))
                      .as(kernel.name())
                      .isEqualTo(bits(expected[a][at]));
                }
              }
              assertThat(Arrays.copyOf(activated[a], Kernel.ROWS))
                  .isEqualTo(Arrays.copyOf(values, Kernel.ROWS));
            }
          }
        });
  }

  @Test
  void aKernelThatDoesNotLinkIsNotUsed() {
    Kernel scalar = new ScalarKernel(Fma.HARDWARE);
    assertThat(KernelTrial.tried(() -> scalar, scalar)).containsSame(scalar);
    assertThat(
            KernelTrial.tried(
                () -> {
                  throw new NoClassDefFoundError("jdk/incubator/vector/Vector");
                },
                scalar))
        .isEmpty();
    assertThat(KernelTrial.tried(ChangedKernel::new, scalar)).isEmpty();
    for (Kernel kernel : Kernels.all()) {
      assertThat(KernelTrial.tried(() -> kernel, scalar)).containsSame(kernel);
    }
  }

  /** As one whose classes are there, but without a method that it calls. */
  private static final class ChangedKernel extends ScalarKernel {
    ChangedKernel() {
      super(Fma.HARDWARE);
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
      throw new NoSuchMethodError("jdk.incubator.vector.VectorMask.laneIsSet");
    }
  }

  private static float[][] activated(Kernel kernel, float[] values, int rows) {
    float[][] activated = {values.clone(), values.clone(), values.clone()};
    kernel.rectify(activated[0], 1, 2, rows);
    kernel.leak(activated[1], 1, 2, rows, 0.01f);
    kernel.tanh(activated[2], 1, 2, rows);
    return activated;
  }
}
