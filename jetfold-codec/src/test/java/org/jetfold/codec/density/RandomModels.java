package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;

/** Models with weights drawn by chance, and symbols for them: nothing is learned, all must work. */
public final class RandomModels {
  private RandomModels() {}

  /**
   * Symbols of several columns with events: a smooth one, a spiky one, one near the first, a
   * constant.
   */
  public static long[][] symbols(Random random, int columns, int rows) {
    long[][] symbols = new long[columns][rows];
    for (int column = 0; column < columns; column++) {
      int kind = column % 4;
      for (int row = 0; row < rows; row++) {
        symbols[column][row] =
            switch (kind) {
              case 0 -> (long) (random.nextGaussian() * 300);
              case 1 -> random.nextInt(4) == 0 ? -1 - random.nextInt(5) : 1 << 20;
              case 2 -> symbols[column - 2][row] + random.nextInt(3) - 1;
              default -> 0;
            };
      }
    }
    return symbols;
  }

  /** Offsets of events of 0 to 11 rows, {@code rows} together. */
  public static int[] offsets(Random random, int rows) {
    List<Integer> offsets = new ArrayList<>(List.of(0));
    while (offsets.getLast() < rows) {
      offsets.add(Math.min(rows, offsets.getLast() + random.nextInt(12)));
    }
    return offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A model fitted to some symbols, whose network's weights are normal with this deviation. */
  public static DensityModel model(
      Random random, long[][] symbols, boolean events, int hidden, int components, double size) {
    List<ModelDescription.Sample> samples = new ArrayList<>();
    for (int column = 0; column < symbols.length; column++) {
      samples.add(
          new ModelDescription.Sample(
              "c" + column, ValueType.FLOAT32, new Precision.Bits(7), symbols[column]));
    }
    ModelDescription description = ModelDescription.of("test", events, samples, hidden, components);
    int[] lengths = AutoregressiveWeights.lengths(description.shape());
    float[][] arrays = new float[lengths.length][];
    float[] steps = new float[lengths.length];
    for (int a = 0; a < lengths.length; a++) {
      steps[a] = (float) (size / 16);
      arrays[a] = new float[lengths[a]];
      for (int i = 0; i < lengths[a]; i++) {
        arrays[a][i] = (float) (random.nextGaussian() * size);
      }
    }
    return DensityModel.of(
        description, QuantizedWeights.of(AutoregressiveWeights.of(arrays), steps));
  }
}
