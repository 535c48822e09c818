package org.jetfold.codec.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries a kernel on a tile before it is relied on. The Vector API is an incubator's: a release of
 * Java may have another one than that which this was compiled for, or none.
 */
final class KernelTrial {
  private static final int UNITS = 5;
  private static final int COMPONENTS = 2;
  private static final int CELLS = 40;

  private KernelTrial() {}

  /** A kernel; empty where it does not run here, or gives other bits than {@code known}. */
  static Optional<Kernel> tried(Supplier<Kernel> kernel, Kernel known) {
    try {
      Kernel made = kernel.get();
      return Arrays.equals(results(made), results(known)) ? Optional.of(made) : Optional.empty();
    } catch (LinkageError | UnsupportedOperationException ignored) {
      return Optional.empty();
    }
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 37 % 101 - 50) * 0.03f;
    }
    return values;
  }

  /** Everything that a kernel does, on small numbers. */
  private static int[] results(Kernel kernel) {
    int rows = Kernel.ROWS;
    float[] weights = values(UNITS * UNITS);
    float[] x = values(UNITS * rows);
    float[] y = new float[PackedWeights.units(UNITS) * rows];
    kernel.fill(weights, 0, UNITS, y, 0, rows);
    kernel.multiply(new PackedWeights(weights, 0, UNITS, UNITS), x, y, 0, rows);
    kernel.rectify(y, 0, 1, rows);
    kernel.leak(y, 1, 1, rows, 0.01f);
    kernel.tanh(y, 2, 1, rows);
    FewRowsWeights few = new FewRowsWeights(weights, UNITS, UNITS);
    float[] sums = new float[few.units()];
    kernel.multiplyFew(few, x, UNITS, sums, 1);
    float[] mixtures = Arrays.copyOf(values(3 * COMPONENTS * rows), Kernel.mixtureRoom(COMPONENTS));
    kernel.mixtures(mixtures, COMPONENTS, rows);
    float[] boundaries = new float[CELLS];
    boundaries[0] = -Kernel.BEYOND;
    for (int cell = 1; cell < CELLS; cell++) {
      boundaries[cell] = (cell - CELLS / 2) * 0.1f;
    }
    int scale = (1 << Kernel.PRECISION) - CELLS;
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    kernel.cumulative(
        mixtures,
        COMPONENTS,
        boundaries,
        Arrays.copyOfRange(boundaries, 1, rows + 1),
        scale,
        starts,
        ends,
        rows);
    CellSearch search = new CellSearch();
    for (int row = 0; row < CellSearch.ROOM; row++) {
      search.ask(row, row << 20, 0);
    }
    kernel.search(
        mixtures, COMPONENTS, 0, CellSearch.ROOM, boundaries, boundaries, CELLS, scale, search);
    return together(starts, ends, search.found, bits(y, UNITS * rows), bits(sums, UNITS));
  }

  private static int[] bits(float[] values, int count) {
    int[] bits = new int[count];
    for (int i = 0; i < count; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }

  private static int[] together(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }
}
