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
 * <p>What a symbol comes back as must not depend on where in an array it stands, which runs alone
 * do not show. So of one block in {@value #BLOCKS_PER_WHOLE} every pattern is restored.
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
  static final int BLOCK = 1 << 13;

  private static final int BLOCKS_PER_TASK = 1 << 9;
  private static final int BLOCKS_PER_WHOLE = 1 << 6;
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
    Coding coding = Coding.of(quantizer, phase);
    List<Future<Result>> results = new ArrayList<>();
    for (long first = 0; first < PATTERNS; first += (long) BLOCK * BLOCKS_PER_TASK) {
      long from = first;
      results.add(threads.submit(() -> sweepPart(precision, coding, from, BLOCKS_PER_TASK)));
    }
    ErrorExtremes extremes = new ErrorExtremes();
    boolean monotone = isMonotoneAtZero(coding);
    boolean idempotent = true;
    for (Future<Result> result : results) {
      extremes.include(result.get().extremes);
      monotone &= result.get().monotone;
      idempotent &= result.get().idempotent;
    }
    long[] largestFinite = new long[1];
    coding.quantize(floats(Float.MAX_VALUE), 1, largestFinite);
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

  /** What is swept: floats to symbols and back, up to a block of them, in events of one phase. */
  interface Coding {
    void quantize(ColumnValues values, int count, long[] symbols);

    void restore(long[] symbols, int count, ColumnValues values);

    /** That of a quantizer, in a segment without spikes whose values are as large as any. */
    static Coding of(Quantizer quantizer, int phase) {
      SegmentQuantizer segment =
          quantizer.of(
              quantizer.isDithered()
                  ? new SegmentScale(
                      List.of(), true, -quantizer.infinity(), quantizer.infinity() - 1)
                  : SegmentScale.PLAIN);
      byte[] phases = new byte[BLOCK];
      Arrays.fill(phases, (byte) phase);
      return new Coding() {
        @Override
        public void quantize(ColumnValues values, int count, long[] symbols) {
          segment.quantize(values, 0, count, phases, 0, symbols);
        }

        @Override
        public void restore(long[] symbols, int count, ColumnValues values) {
          segment.restore(symbols, count, phases, 0, values, 0);
        }
      };
    }
  }

  /**
   * Sweeps some blocks.
   *
   * @param first pattern, as an unsigned number; those of a block have one sign
   */
  static Result sweepPart(Precision precision, Coding quantizer, long first, int blocks) {
    Runs runs = new Runs(BoundCheck.of(precision, ValueType.FLOAT32), quantizer);
    boolean monotone = true;
    int[] patterns = new int[BLOCK];
    float[] values = new float[BLOCK];
    long[] symbols = new long[BLOCK];
    for (int block = 0; block < blocks; block++) {
      int from = (int) (first + (long) BLOCK * block);
      for (int i = 0; i < BLOCK; i++) {
        patterns[i] = from + i;
      }
      new BitPatterns(BLOCK).copy(patterns, values, 0, BLOCK);
      quantizer.quantize(floats(values), BLOCK, symbols);
      monotone &= isMonotone(quantizer, from, symbols);
      runs.check(from, symbols);
      if (block % BLOCKS_PER_WHOLE == 0) {
        runs.checkEach(values, symbols);
      }
    }
    return new Result(runs.extremes, monotone, runs.idempotent);
  }

  /** Rising patterns are rising values where the sign is +, and falling ones where it is −. */
  private static boolean isMonotone(Coding quantizer, int firstPattern, long[] symbols) {
    long sign = firstPattern < 0 ? -1 : 1;
    // −0 has the symbol −1 even where negative values next to it have that of +0.
    int first = firstPattern == Integer.MIN_VALUE ? 1 : 0;
    long falls = 0;
    for (int i = first; i < symbols.length - 1; i++) {
      falls |= sign * (symbols[i + 1] - symbols[i]);
    }
    if (firstPattern != 0 && firstPattern != Integer.MIN_VALUE) {
      long[] before = new long[1];
      quantizer.quantize(floats(Float.intBitsToFloat(firstPattern - 1)), 1, before);
      falls |= sign * (symbols[0] - before[0]);
    }
    return falls >= 0;
  }

  /** Whether values on both sides of zero, which blocks do not see together, are in order. */
  static boolean isMonotoneAtZero(Coding quantizer) {
    long[] symbols = new long[4];
    quantizer.quantize(floats(-Float.MIN_VALUE, -0f, 0f, Float.MIN_VALUE), 4, symbols);
    return symbols[0] <= symbols[2] && symbols[1] < symbols[2] && symbols[2] <= symbols[3];
  }

  record Result(ErrorExtremes extremes, boolean monotone, boolean idempotent) {
    boolean isRight() {
      return extremes.violations() == 0 && monotone && idempotent;
    }
  }

  /** Restores and checks the runs of equal symbols in blocks of patterns. */
  private static final class Runs {
    private final BoundCheck check;
    private final Coding quantizer;
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

    Runs(BoundCheck check, Coding quantizer) {
      this.check = check;
      this.quantizer = quantizer;
    }

    void check(int firstPattern, long[] symbols) {
      int count = find(firstPattern, symbols);
      quantizer.restore(runSymbols, count, floats(restored));
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
        quantizer.quantize(floats(values), outside, again);
        idempotent &= Arrays.equals(again, 0, outside, expected, 0, outside);
      }
    }

    /** Restores and checks every pattern of a block: equal symbols come back as one value. */
    void checkEach(float[] originals, long[] symbols) {
      quantizer.restore(symbols, symbols.length, floats(restored));
      check.firstViolation(originals, 0, restored, 0, symbols.length, extremes);
      quantizer.quantize(floats(restored), symbols.length, again);
      idempotent &= Arrays.equals(again, symbols);
      bitPatterns.copy(restored, 0, restoredPatterns, 0, symbols.length);
      for (int i = 1; i < symbols.length; i++) {
        idempotent &=
            symbols[i] != symbols[i - 1] || restoredPatterns[i] == restoredPatterns[i - 1];
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
