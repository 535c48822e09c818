package org.jetfold.study.dimension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.study.StudyException;
import org.jetfold.study.dimension.IntrinsicDimension.AtScale;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Estimates on manifolds of known dimension. */
class IntrinsicDimensionTest {
  private static double[][] points(int count, Function<SplittableRandom, double[]> point) {
    SplittableRandom random = new SplittableRandom(11);
    double[][] points = new double[count][];
    Arrays.setAll(points, i -> point.apply(random));
    return points;
  }

  private static List<AtScale> estimates(double[][] points) throws StudyException {
    List<Long> told = new ArrayList<>();
    List<AtScale> scales = IntrinsicDimension.of(points, points.length, 1, 2, told::add);
    assertThat(told)
        .isSorted()
        .last()
        .isEqualTo(IntrinsicDimension.work(scales.getFirst().points()));
    return scales;
  }

  private static void expect(double dimension, double[][] points) throws StudyException {
    AtScale finest = estimates(points).getFirst();
    // Both are biased low where the dimension is high and points are few, by some percent.
    assertThat(finest.nearest().value())
        .isCloseTo(dimension, within(0.05 * dimension + 3 * finest.nearest().error()));
    assertThat(finest.spanningTree().value())
        .isCloseTo(dimension, within(0.08 * dimension + 3 * finest.spanningTree().error()));
    assertThat(finest.nearest().error()).isBetween(1e-3, 0.1 * dimension);
    assertThat(finest.spanningTree().error()).isBetween(1e-3, 0.2 * dimension);
  }

  /** Without a boundary nothing is biased: the errors cover what is missing. */
  @Tag("slow")
  @Test
  void errorsCoverClosedManifolds() throws StudyException {
    for (int dimension : new int[] {1, 2, 3}) {
      AtScale finest =
          estimates(points(2000, random -> direction(random, dimension + 1))).getFirst();
      assertThat(finest.nearest().value())
          .isCloseTo(dimension, within(2.5 * finest.nearest().error()));
      assertThat(finest.spanningTree().value())
          .isCloseTo(dimension, within(2.5 * finest.spanningTree().error()));
    }
  }

  /** The number of free directions, not the number of columns; d = 5 in a cube of ten columns. */
  @Test
  void hypercube() throws StudyException {
    AtScale finest =
        estimates(
                points(
                    4000,
                    random -> {
                      double[] free = random.doubles(5).toArray();
                      double[] point = Arrays.copyOf(free, 10);
                      for (int i = 5; i < 10; i++) {
                        point[i] = free[i - 5] * free[(i - 4) % 5];
                      }
                      return point;
                    }))
            .getFirst();
    // Most points of a cube are near its boundary: both are low, by less than one dimension.
    assertThat(finest.nearest().value()).isBetween(4.3, 5.2);
    assertThat(finest.spanningTree().value()).isBetween(4.0, 5.2);
  }

  /** Against the complete graph of all shortest ways, by Floyd and Warshall, and Prim's tree. */
  @Test
  void treesAreThoseOfTheCompleteGraph() {
    for (int seed = 0; seed < 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[][] points = new double[150][];
      Arrays.setAll(points, i -> gauss(random, 3));
      NeighbourGraph graph;
      try (Workers workers = new Workers(1)) {
        graph = NeighbourGraph.of(new NeighbourTree(points), points.length, workers);
      }
      boolean[] exists = new boolean[points.length];
      boolean[] chosen = new boolean[points.length];
      for (int i = 0; i < points.length; i++) {
        exists[i] = random.nextInt(10) > 0;
        chosen[i] = exists[i] && random.nextInt(3) == 0;
      }
      double[][] ways = shortestWays(graph, exists);
      assertThat(new GeodesicTree(graph).length(i -> exists[i], i -> chosen[i]))
          .isCloseTo(primsTree(ways, chosen), within(1e-4));
    }
  }

  private static double[][] shortestWays(NeighbourGraph graph, boolean[] exists) {
    int points = graph.points();
    double[][] ways = new double[points][points];
    for (double[] row : ways) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    for (int from = 0; from < points; from++) {
      for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1); edge++) {
        if (exists[from] && exists[graph.end(edge)]) {
          ways[from][graph.end(edge)] = graph.length(edge);
        }
      }
    }
    for (int over = 0; over < points; over++) {
      for (int from = 0; from < points; from++) {
        for (int to = 0; to < points; to++) {
          ways[from][to] = Math.min(ways[from][to], ways[from][over] + ways[over][to]);
        }
      }
    }
    return ways;
  }

  private static double primsTree(double[][] ways, boolean[] chosen) {
    double[] nearest = new double[ways.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    boolean[] done = new boolean[ways.length];
    double length = 0;
    for (int round = 0; round < ways.length; round++) {
      int next = -1;
      for (int i = 0; i < ways.length; i++) {
        next = chosen[i] && !done[i] && (next < 0 || nearest[i] < nearest[next]) ? i : next;
      }
      if (next < 0) {
        break;
      }
      done[next] = true;
      length += Double.isFinite(nearest[next]) ? nearest[next] : 0;
      for (int i = 0; i < ways.length; i++) {
        nearest[i] = Math.min(nearest[i], ways[next][i]);
      }
    }
    return length;
  }

  private static double[] direction(SplittableRandom random, int dimensions) {
    double[] direction = gauss(random, dimensions);
    double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
    return Arrays.stream(direction).map(x -> x / norm).toArray();
  }

  private static double[] gauss(SplittableRandom random, int dimensions) {
    double[] values = new double[dimensions];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  @Tag("slow")
  @Test
  void spheres() throws StudyException {
    for (int dimension : new int[] {1, 2, 4}) {
      expect(dimension, points(4000, random -> direction(random, dimension + 1)));
    }
  }

  @Tag("slow")
  @Test
  void swissRoll() throws StudyException {
    expect(
        2,
        points(
            4000,
            random -> {
              double angle = 1.5 * Math.PI * (1 + 2 * random.nextDouble());
              return new double[] {
                angle * Math.cos(angle), 21 * random.nextDouble(), angle * Math.sin(angle)
              };
            }));
  }

  @Tag("slow")
  @Test
  void subspaces() throws StudyException {
    double[][] directions = points(3, random -> gauss(random, 8));
    expect(
        3,
        points(
            4000,
            random -> {
              double[] point = new double[8];
              for (double[] direction : directions) {
                double along = random.nextDouble();
                Arrays.setAll(point, i -> point[i] + along * direction[i]);
              }
              return point;
            }));
  }

  /** Noise is seen from near by, not from afar: the fewer points, the fewer dimensions. */
  @Tag("slow")
  @Test
  void thicknessShowsWithMorePoints() throws StudyException {
    List<AtScale> scales =
        estimates(
            points(
                8000,
                random ->
                    new double[] {
                      random.nextDouble(), random.nextDouble(), 0.005 * random.nextGaussian()
                    }));
    assertThat(scales).hasSize(3);
    assertThat(scales.getFirst().nearest().value()).isGreaterThan(2.4);
    assertThat(scales.getLast().nearest().value()).isLessThan(2.3);
  }

  @Test
  void normalScoresTakeScalesAway() {
    double[] values = {3, -1, 10, 3, 1e9};
    double[] scores = NormalScores.of(values);
    assertThat(scores[0]).isEqualTo(scores[3]);
    assertThat(scores[1]).isLessThan(scores[0]);
    assertThat(scores[4]).isCloseTo(-scores[1], within(1e-12));
    assertThat(NormalScores.of(Arrays.stream(values).map(Math::cbrt).toArray())).isEqualTo(scores);
  }

  @Test
  void saysWhereThereIsTooLittle() {
    assertThatThrownBy(() -> estimates(points(100, random -> gauss(random, 2))))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("too few");
    assertThatThrownBy(() -> estimates(points(1000, random -> new double[] {1, 2})))
        .hasMessageContaining("only 1 of the points differ");
  }

  @Test
  void theTreeFindsTheNearest() {
    RandomCase.each(
        60,
        any -> {
          int count = any.between(2, 300);
          int dimensions = any.between(1, 6);
          SplittableRandom random = new SplittableRandom(any.bits());
          double[][] points = new double[count][];
          // Coordinates that often agree, so that there are equal ones on both sides of a median.
          Arrays.setAll(
              points, i -> random.ints(dimensions, 0, 12).mapToDouble(x -> 0.25 * x).toArray());
          NeighbourTree tree = new NeighbourTree(points);
          double[] nearest = new double[4];
          for (int point = 0; point < count; point++) {
            double[] center = points[point];
            double[] all =
                Arrays.stream(points)
                    .mapToDouble(other -> distance(center, other))
                    .filter(distance -> distance > 0)
                    .sorted()
                    .limit(4)
                    .toArray();
            int[] numbers = new int[4];
            tree.nearest(point, nearest, numbers);
            assertThat(Arrays.copyOf(nearest, all.length)).isEqualTo(all);
            for (int i = 0; i < all.length; i++) {
              assertThat(distance(center, points[numbers[i]])).isEqualTo(all[i]);
            }
            for (int i = all.length; i < 4; i++) {
              assertThat(nearest[i]).isInfinite();
              assertThat(numbers[i]).isEqualTo(-1);
            }
          }
        });
  }

  private static double distance(double[] a, double[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(square);
  }
}
