package org.jetfold.cli.train;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.EventNetwork;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.network.Kernels;

/** Measures what networks cost on this machine. Not thread-safe. */
final class CostMeter {
  /** The mean number of jets per event in the thesis's data. */
  private static final double JETS = 4.61;

  private static final int ROUNDS = 40;

  /** Rows of a round: fewer for large networks, so that all rounds take about as long. */
  private static final int MOST_ROWS = 3000;

  private static final int WEIGHTS_PER_ROUND = 10_000_000;
  private static final int INPUTS = 256;
  private static final int ADDITIONS = 20_000_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Keeps the compiler from removing the loops. */
  private double sink;

  private int rowsPerRound;

  /**
   * The cost of some rows together.
   *
   * @param rounds processor time of each round, in nanoseconds, rising
   * @param bytes allocated
   */
  record Cost(double[] rounds, long bytes) {
    private static final double ONE_SIGMA = 0.16;

    double best() {
      return rounds[0];
    }

    double median() {
      return quantile(0.5);
    }

    /** Half of the range that the middle 68 % of the rounds fill. */
    double spread() {
      return (quantile(1 - ONE_SIGMA) - quantile(ONE_SIGMA)) / 2;
    }

    private double quantile(double part) {
      return rounds[(int) Math.round(part * (rounds.length - 1))];
    }

    /** Interpolated between this, at 0, and the other, at 1. */
    private Cost interpolated(Cost other, double share) {
      double[] between = new double[rounds.length];
      Arrays.setAll(between, i -> rounds[i] + share * (other.rounds[i] - rounds[i]));
      return new Cost(between, Math.max(bytes, other.bytes));
    }

    private Cost dividedBy(int parts) {
      return new Cost(Arrays.stream(rounds).map(time -> time / parts).toArray(), bytes);
    }
  }

  /**
   * The cost of one direction.
   *
   * @param jet of a jet by itself
   * @param event of the jets of an event together
   */
  record Direction(Cost jet, Cost event) {
    long bytes() {
      return Math.max(jet.bytes, event.bytes);
    }
  }

  /** What a network costs. */
  record Costs(Direction encode, Direction decode) {}

  Costs of(Autoencoder model) {
    Jets jets = new Jets(model);
    rowsPerRound = Math.clamp(WEIGHTS_PER_ROUND / model.weights(), 1, MOST_ROWS);
    int together = model.description().jets();
    Costs costs = new Costs(direction(jets::encode, together), direction(jets::decode, together));
    if (!(Math.abs(sink) < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException("the networks gave numbers that are not finite");
    }
    return costs;
  }

  private interface Work {
    double on(int first, int rows);
  }

  /**
   * The costs of a jet and of an event.
   *
   * @param jets of an input of the network
   */
  private Direction direction(Work work, int jets) {
    double rows = Math.max(1, JETS / jets);
    int fewer = (int) rows;
    Cost event = measure(work, fewer).interpolated(measure(work, fewer + 1), rows - fewer);
    return new Direction(measure(work, 1).dividedBy(jets), event);
  }

  private Cost measure(Work work, int rows) {
    double[] rounds = new double[ROUNDS];
    long bytes = 0;
    int times = Math.max(1, rowsPerRound / rows);
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        sink += work.on(i * rows % INPUTS, rows);
      }
      rounds[round] = (threads.getCurrentThreadCpuTime() - start) / (double) times;
      // Those of the last round, when everything is compiled.
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    Arrays.sort(rounds);
    return new Cost(rounds, bytes / times);
  }

  /** Cycles per second, from dependent additions. */
  double clockRate() {
    double best = 0;
    for (int round = 0; round < 8; round++) {
      long start = threads.getCurrentThreadCpuTime();
      long sum = chain(round, start | 1);
      best = Math.max(best, ADDITIONS * 1e9 / (threads.getCurrentThreadCpuTime() - start));
      sink += sum & 1;
    }
    return best;
  }

  /** Each step is an addition and an exclusive or, one cycle each. */
  private static long chain(long first, long added) {
    long sum = first;
    for (int i = 0; i < ADDITIONS / 2; i++) {
      sum = (sum + added) ^ i;
    }
    return sum;
  }

  /** Rows of random jets, in arrays that are allocated beforehand. */
  private static final class Jets {
    private static final int MAX_ROWS = (int) JETS + 1;

    private final Normalization[] normalizations;

    /** For each input, the place in its row of what it is told relative to; its own for nothing. */
    private final int[] references;

    private final EventNetwork encoder;
    private final EventNetwork decoder;
    private final double[] values;
    private final float[] latents;
    private final float[] inputs;
    private final float[] stored;

    Jets(Autoencoder model) {
      AutoencoderDescription description = model.description();
      int width = description.inputs();
      encoder = model.eventEncoder(Kernels.best());
      decoder = model.eventDecoder(Kernels.best());
      normalizations = new Normalization[width];
      references = new int[width];
      int variables = description.variables().size();
      for (int i = 0; i < width; i++) {
        normalizations[i] = description.variables().get(i % variables).normalization();
        int reference = normalizations[i].reference();
        references[i] = reference < 0 ? i : i - i % variables + reference;
      }
      Random random = new Random(1);
      values = new double[(INPUTS + MAX_ROWS) * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = normalizations[i % width].undo(random.nextGaussian() * 0.5);
      }
      int latentWidth = description.decoderWidths()[0];
      latents = new float[(INPUTS + MAX_ROWS) * latentWidth];
      for (int i = 0; i < latents.length; i++) {
        latents[i] = (float) random.nextGaussian();
      }
      inputs = new float[MAX_ROWS * width];
      stored = new float[MAX_ROWS * latentWidth];
    }

    double encode(int first, int rows) {
      int width = normalizations.length;
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < width; i++) {
          int row = (first + r) * width;
          float y = (float) normalizations[i].apply(values[row + i], values[row + references[i]]);
          inputs[r * width + i] = Float.isFinite(y) ? y : 0;
        }
      }
      return encoder.run(inputs, rows)[(rows - 1) * encoder.stride()];
    }

    double decode(int first, int rows) {
      int width = stored.length / MAX_ROWS;
      System.arraycopy(latents, first * width, stored, 0, rows * width);
      float[] y = decoder.run(stored, rows);
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < normalizations.length; i++) {
          int row = r * decoder.stride();
          double other =
              references[i] == i ? 0 : normalizations[references[i]].undo(y[row + references[i]]);
          double x = normalizations[i].undo(y[row + i], other);
          sum += Double.isFinite(x) ? Math.signum(x) : 0;
        }
      }
      return sum;
    }
  }
}
