package org.jetfold.study.dimension;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random choices of points. */
final class Samples {
  private Samples() {}

  /** Some of the points, none twice. */
  static double[][] draw(double[][] points, int size, SplittableRandom random) {
    int[] numbers = new int[points.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    double[][] drawn = new double[size][];
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i, numbers.length);
      drawn[i] = points[numbers[other]];
      numbers[other] = numbers[i];
    }
    return drawn;
  }

  /** The points without repetitions, in their order. */
  static double[][] distinct(double[][] points) {
    Map<List<Double>, double[]> found = new LinkedHashMap<>();
    for (double[] point : points) {
      found.putIfAbsent(Arrays.stream(point).boxed().toList(), point);
    }
    return found.values().toArray(double[][]::new);
  }
}
