package org.jetfold.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.jetfold.study.quantization.QuantizedLevels;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation of as many jets as one likes in a heap that stays as it is: jets are drawn, rounded
 * to 7 bits and compared as {@code evaluate} does, and never all in memory. Then they are drawn
 * again, and the residuals at and below each quantile are counted, which tells how wrong its rank
 * really is.
 *
 * <p>Prints a line a column, then time and heap.
 */
public final class ResidualStream {
  private static final Precision PRECISION = new Precision.Bits(7);
  private static final double[] PARTS = {0.5, 0.68, 0.95, 0.99, 0.999};
  private static final double JETS_AN_EVENT = 4.61;

  private ResidualStream() {}

  /** Takes the number of jets. */
  public static void main(String[] arguments) throws IOException, StudyException {
    long jets = Long.parseLong(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long start = System.nanoTime();
    Evaluation evaluation =
        new Evaluator(
                new DrawnJets(jets, false),
                new DrawnJets(jets, true),
                new Evaluator.Settings(null, "weight", null, null, List.of(), List.of(), List.of()))
            .run(_ -> {});
    double clock = (System.nanoTime() - start) * 1e-9;
    double processor = processorTime();
    out.println("column,values,mean,rms,p999,max,rankErrorBound,rankErrorFound");
    for (int column = 1; column < evaluation.columns().size(); column++) {
      Evaluation.EvaluatedColumn found = evaluation.columns().get(column);
      double[] quantiles = new double[PARTS.length];
      Arrays.setAll(quantiles, i -> found.natural().magnitudes().quantile(PARTS[i]));
      out.println(
          String.format(
              Locale.ROOT,
              "%s,%d,%.6e,%.6e,%.6e,%.6e,%.2e,%.2e",
              found.path(),
              found.residuals().values(),
              found.natural().moments().mean(),
              found.natural().moments().rms(),
              quantiles[PARTS.length - 1],
              found.natural().moments().largest(),
              found.natural().magnitudes().rankError(),
              rankError(jets, column, found.relative(), quantiles)));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "# %,d events in %.0f s, %.0f s of processor time, in a heap of %d MB",
            evaluation.rootEntries(),
            clock,
            processor,
            Runtime.getRuntime().maxMemory() >> 20));
  }

  /** The processor time of all threads, in seconds. */
  private static double processorTime() {
    return 1e-9
        * ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime();
  }

  /**
   * The largest difference between a quantile's part and the nearest rank that its value has, as a
   * part of all weight.
   */
  private static double rankError(long jets, int column, boolean relative, double[] quantiles)
      throws IOException {
    double[] below = new double[quantiles.length];
    double[] upTo = new double[quantiles.length];
    double all = 0;
    DrawnJets before = new DrawnJets(jets, false);
    DrawnJets after = new DrawnJets(jets, true);
    for (Table piece = before.next(DrawnJets.ROWS);
        piece != null;
        piece = before.next(DrawnJets.ROWS)) {
      float[] was = floats(piece, column);
      float[] is = floats(after.next(DrawnJets.ROWS), column);
      double[] weights = ((ColumnValues.Doubles) piece.values(0)).values();
      int[] offsets = piece.offsets(1);
      for (int event = 0; event < weights.length; event++) {
        for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
          double difference = (double) is[jet] - was[jet];
          // As the sketch has them: as float32.
          float size = (float) Math.abs(relative ? difference / was[jet] : difference);
          all += weights[event];
          for (int i = 0; i < quantiles.length; i++) {
            below[i] += size < quantiles[i] ? weights[event] : 0;
            upTo[i] += size <= quantiles[i] ? weights[event] : 0;
          }
        }
      }
    }
    double total = all;
    return IntStream.range(0, quantiles.length)
        .mapToDouble(
            i -> Math.max(0, Math.max(below[i] / total - PARTS[i], PARTS[i] - upTo[i] / total)))
        .max()
        .orElse(0);
  }

  private static float[] floats(@Nullable Table table, int column) {
    if (table == null) {
      throw new IllegalStateException("the rounded jets end before the others");
    }
    return ((ColumnValues.Floats) table.values(column)).values();
  }

  /** Weighted events with falling pT, as they are or rounded; the same ones each time. */
  private static final class DrawnJets implements TableSource {
    static final int ROWS = 1 << 15;
    private static final Schema SCHEMA =
        Schema.events(
            List.of(new Column("weight", ValueType.FLOAT64)),
            "jets",
            List.of(
                new Column("pt", ValueType.FLOAT32),
                new Column("eta", ValueType.FLOAT32),
                new Column("phi", ValueType.FLOAT32),
                new Column("m", ValueType.FLOAT32)));

    private final SplittableRandom random = new SplittableRandom(1);
    private final boolean rounded;
    private final QuantizedLevels levels = new QuantizedLevels(PRECISION, ValueType.FLOAT32);
    private long left;

    DrawnJets(long jets, boolean rounded) {
      this.left = jets;
      this.rounded = rounded;
    }

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public @Nullable Table next(int rows) {
      if (left == 0) {
        return null;
      }
      int[] offsets = new int[rows + 1];
      int events = 0;
      while (events < rows && left > 0) {
        int jets = (int) Math.min(left, 1 + random.nextInt((int) (2 * JETS_AN_EVENT)));
        offsets[events + 1] = offsets[events] + jets;
        left -= jets;
        events++;
      }
      offsets = Arrays.copyOf(offsets, events + 1);
      double[] weights = new double[events];
      Arrays.setAll(weights, i -> random.nextDouble());
      float[][] columns = new float[4][offsets[events]];
      for (int event = 0; event < events; event++) {
        double pt = 20_000 * Math.pow(1 - random.nextDouble(), -1 / 3.0);
        for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
          columns[0][jet] = (float) pt;
          columns[1][jet] = (float) (1.6 * random.nextGaussian());
          columns[2][jet] = (float) random.nextDouble(-Math.PI, Math.PI);
          columns[3][jet] = (float) (pt * random.nextDouble(0.05, 0.3));
          pt *= random.nextDouble(0.3, 1);
        }
      }
      List<ColumnValues> values = new ArrayList<>(List.of(new ColumnValues.Doubles(weights)));
      for (float[] column : columns) {
        ColumnValues.Floats floats = new ColumnValues.Floats(column);
        values.add(rounded ? levels.quantized(floats) : floats);
      }
      return new Table(SCHEMA, events, List.of(offsets), values);
    }

    @Override
    public void close() {
      // Holds nothing but memory.
    }
  }
}
