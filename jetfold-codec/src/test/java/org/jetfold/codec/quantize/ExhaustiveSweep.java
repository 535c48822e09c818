package org.jetfold.codec.quantize;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * Sends all 2^32 float32 bit patterns through a precision setting and back. Every pattern is
 * quantized, and its symbol must be ordered as the values are. So patterns with the same symbol
 * follow each other, and what is wrong with any of them shows at the first or the last one:
 *
 * <ul>
 *   <li>All of them come back as one value, and errors grow with the distance from it. The first
 *       and the last are checked by {@link BoundCheck}, which shares no code with the quantizers.
 *   <li>The restored value must be one of them; else it is quantized again, and must have their
 *       symbol.
 * </ul>
 *
 * <p>Arguments are settings, all of whose phases are swept, or a phase of a setting, as in {@code
 * abs:0.5:dither#17}; with none, all settings of docs/benchmarks/exhaustive-bounds.csv. {@code
 * docs/precision.md} has the command.
 */
public final class ExhaustiveSweep {
  /**
   * Patterns handled at a time; all of a block have the same sign and are in the order of their
   * magnitudes.
   */
  private static final int BLOCK = 1 << 13;

  private static final int BLOCKS_PER_TASK = 1 << 9;
  private static final long PATTERNS = 1L << 32;

  /**
   * Of the phases of dithered settings every seventeenth is taken: 16 with the first and the last.
   */
  private static final int PHASE_STEP = 17;

  private ExhaustiveSweep() {}

  /**
   * Sweeps the settings given, or all, and prints a line of CSV for each. Exit 1 where anything is
   * wrong.
   */
  public static void main(String[] settings) throws InterruptedException, ExecutionException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(
        "setting,phase,patterns,violations,largest_absolute_error,largest_relative_error,monotone,idempotent,ranks_of_finite_values,seconds");
    boolean right = true;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (String setting : settings.length > 0 ? List.of(settings) : defaultSettings()) {
        int phaseMark = setting.indexOf('#');
        Precision precision =
            Precision.parse(phaseMark < 0 ? setting : setting.substring(0, phaseMark));
        Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
        for (int phase : phases(quantizer, setting.substring(phaseMark + 1), phaseMark >= 0)) {
          right &= sweep(precision, quantizer, phase, threads, out);
        }
      }
    }
    System.exit(right ? 0 : 1);
  }

  private static int[] phases(Quantizer quantizer, String only, boolean isOne) {
    if (isOne) {
      return new int[] {Integer.parseInt(only)};
    }
    int count = quantizer.isDithered() ? DitheredScale.PHASES : 1;
    return IntStream.iterate(0, phase -> phase < count, phase -> phase + PHASE_STEP).toArray();
  }

  private static List<String> defaultSettings() {
    return Stream.concat(
            IntStream.rangeClosed(1, 23).mapToObj(bits -> "bits:" + bits),
            Stream.of(
                "exact",
                "rel:0.1",
                "rel:0.004",
                "rel:0.00390625",
                "rel:0.001",
                "rel:1e-6",
                "rel:1e-9",
                "abs:1e-30",
                "abs:0.001",
                "abs:0.5",
                "abs:10",
                "abs:1e30",
                "rel:0.01:dither",
                "rel:0.001:dither",
                "abs:0.001:dither",
                "abs:0.5:dither"))
        .toList();
  }

  private static boolean sweep(
      Precision precision, Quantizer quantizer, int phase, ExecutorService threads, PrintStream out)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    SegmentQuantizer segment =
        quantizer.of(
            quantizer.isDithered()
                ? new SegmentScale(List.of(), true, -quantizer.infinity(), quantizer.infinity() - 1)
                : SegmentScale.PLAIN);
    byte[] phases = new byte[BLOCK];
    Arrays.fill(phases, (byte) phase);
    List<Future<Result>> results = new ArrayList<>();
    for (long first = 0; first < PATTERNS; first += (long) BLOCK * BLOCKS_PER_TASK) {
      long from = first;
      results.add(threads.submit(() -> sweepPart(precision, segment, phases, from)));
    }
    ErrorExtremes extremes = new ErrorExtremes();
    boolean monotone = true;
    boolean idempotent = true;
    for (Future<Result> result : results) {
      extremes.include(result.get().extremes);
      monotone &= result.get().monotone;
      idempotent &= result.get().idempotent;
    }
    long[] largestFinite = new long[1];
    segment.quantize(floats(Float.MAX_VALUE), 0, 1, phases, 0, largestFinite);
    out.printf(
        Locale.ROOT,
        "%s,%d,%d,%d,%s,%s,%s,%s,%d,%.0f%n",
        precision,
        phase,
        PATTERNS,
        extremes.violations(),
        extremes.largestAbsolute(),
        extremes.largestRelative(),
        monotone ? "yes" : "no",
        idempotent ? "yes" : "no",
        largestFinite[0] + 1,
        (System.nanoTime() - start) / 1e9);
    return extremes.violations() == 0 && monotone && idempotent;
  }

  private static ColumnValues floats(float... values) {
    return new ColumnValues.Floats(values);
  }

  private static Result sweepPart(
      Precision precision, SegmentQuantizer quantizer, byte[] phases, long first) {
    Runs runs = new Runs(BoundCheck.of(precision, ValueType.FLOAT32), quantizer, phases);
    boolean monotone = true;
    int[] patterns = new int[BLOCK];
    float[] values = new float[BLOCK];
    long[] symbols = new long[BLOCK];
    for (long from = first; from < first + (long) BLOCK * BLOCKS_PER_TASK; from += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        patterns[i] = (int) from + i;
      }
      new BitPatterns(BLOCK).copy(patterns, values, 0, BLOCK);
      quantizer.quantize(floats(values), 0, BLOCK, phases, 0, symbols);
      monotone &= isMonotone(quantizer, phases, (int) from, symbols);
      runs.check((int) from, symbols);
    }
    return new Result(runs.extremes, monotone, runs.idempotent);
  }

  /** Rising patterns are rising values where the sign is +, and falling ones where it is −. */
  private static boolean isMonotone(
      SegmentQuantizer quantizer, byte[] phases, int firstPattern, long[] symbols) {
    long sign = firstPattern < 0 ? -1 : 1;
    // −0 has the symbol −1 even where negative values next to it have that of +0.
    int first = firstPattern == Integer.MIN_VALUE ? 1 : 0;
    long falls = 0;
    for (int i = first; i < symbols.length - 1; i++) {
      falls |= sign * (symbols[i + 1] - symbols[i]);
    }
    if (firstPattern != 0 && firstPattern != Integer.MIN_VALUE) {
      long[] before = new long[1];
      quantizer.quantize(floats(Float.intBitsToFloat(firstPattern - 1)), 0, 1, phases, 0, before);
      falls |= sign * (symbols[0] - before[0]);
    }
    return falls >= 0;
  }

  private record Result(ErrorExtremes extremes, boolean monotone, boolean idempotent) {}

  /** Restores and checks the runs of equal symbols in blocks of patterns. */
  private static final class Runs {
    private final BoundCheck check;
    private final SegmentQuantizer quantizer;
    private final byte[] phases;
    private final ErrorExtremes extremes = new ErrorExtremes();
    private boolean idempotent = true;

    private final BitPatterns bitPatterns = new BitPatterns(BLOCK);
    private final int[] firstPatterns = new int[BLOCK];
    private final int[] lastPatterns = new int[BLOCK];
    private final long[] runSymbols = new long[BLOCK];
    private final float[] values = new float[BLOCK];
    private final float[] restored = new float[BLOCK];
    private final int[] restoredPatterns = new int[BLOCK];
    private final int[] outsidePatterns = new int[BLOCK];
    private final long[] expected = new long[BLOCK];
    private final long[] again = new long[BLOCK];

    Runs(BoundCheck check, SegmentQuantizer quantizer, byte[] phases) {
      this.check = check;
      this.quantizer = quantizer;
      this.phases = phases;
    }

    void check(int firstPattern, long[] symbols) {
      int count = find(firstPattern, symbols);
      quantizer.restore(runSymbols, count, phases, 0, floats(restored), 0);
      bitPatterns.copy(firstPatterns, values, 0, count);
      check.firstViolation(values, 0, restored, 0, count, extremes);
      if (count < symbols.length) {
        bitPatterns.copy(lastPatterns, values, 0, count);
        check.firstViolation(values, 0, restored, 0, count, extremes);
      }
      bitPatterns.copy(restored, 0, restoredPatterns, 0, count);
      int outside = 0;
      for (int i = 0; i < count; i++) {
        // As unsigned numbers: NaN and both signs are patterns like any other.
        int distance = restoredPatterns[i] - firstPatterns[i];
        outsidePatterns[outside] = restoredPatterns[i];
        expected[outside] = runSymbols[i];
        outside +=
            Integer.compareUnsigned(distance, lastPatterns[i] - firstPatterns[i]) > 0 ? 1 : 0;
      }
      if (outside > 0) {
        bitPatterns.copy(outsidePatterns, values, 0, outside);
        quantizer.quantize(floats(values), 0, outside, phases, 0, again);
        idempotent &= Arrays.equals(again, 0, outside, expected, 0, outside);
      }
    }

    private int find(int firstPattern, long[] symbols) {
      int count = 0;
      firstPatterns[0] = firstPattern;
      for (int i = 0; i < symbols.length - 1; i++) {
        runSymbols[count] = symbols[i];
        lastPatterns[count] = firstPattern + i;
        if (symbols[i + 1] != symbols[i]) {
          count++;
          firstPatterns[count] = firstPattern + i + 1;
        }
      }
      runSymbols[count] = symbols[symbols.length - 1];
      lastPatterns[count] = firstPattern + symbols.length - 1;
      return count + 1;
    }
  }
}
