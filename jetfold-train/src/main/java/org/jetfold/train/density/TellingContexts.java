package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses which contexts a model gets. What belongs to a row's own object or event is taken where
 * it varies. Of the many lists beside it only what tells something of some column: mutual
 * information of both, in a few bins, above what chance gives.
 */
final class TellingContexts {
  private static final int MAX_FROM_LISTS = 32;
  private static final int BINS = 8;
  private static final int MAX_ROWS = 16_384;

  /** Chance gives about so many times its mean with few columns. */
  private static final double ABOVE_CHANCE = 2;

  /** Fewer bits a row are not worth an input. */
  private static final double MIN_BITS = 0.005;

  private final int[] rows;

  /** For each column of the model, the bin of each of the rows. */
  private final List<int[]> bins = new ArrayList<>();

  /**
   * A choice for a model.
   *
   * @param symbols of each of its columns
   */
  TellingContexts(long[][] symbols) {
    int all = symbols.length == 0 ? 0 : symbols[0].length;
    rows = new int[Math.min(all, MAX_ROWS)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) ((long) i * all / rows.length);
    }
    for (long[] column : symbols) {
      bins.add(bins(Arrays.stream(rows).mapToLong(row -> column[row]).toArray()));
    }
  }

  private record Scored(KnownColumn column, double bits) {}

  /** Those that tell something. */
  RowContexts of(RowContexts all) {
    List<Scored> scored = new ArrayList<>();
    for (RowContexts.Level level : all.levels()) {
      for (KnownColumn column : level.columns()) {
        if (column.source().list() != null && ContextColumns.isTelling(column)) {
          scored.add(new Scored(column, bits(level.entries(), column)));
        }
      }
    }
    scored.removeIf(each -> each.bits() < MIN_BITS);
    scored.sort(Comparator.comparingDouble(each -> -each.bits()));
    Set<KnownColumn> chosen =
        scored.stream().limit(MAX_FROM_LISTS).map(Scored::column).collect(Collectors.toSet());
    return new RowContexts(
        all.levels().stream()
            .map(level ->
                new RowContexts.Level(
                    level.entries(),
                    level.columns().stream()
                        .filter(column ->
                            column.source().list() == null
                                ? ContextColumns.isTelling(column)
                                : chosen.contains(column))
                        .toList()))
            .toList());
  }

  /** The bits of a row that something tells, of all columns together. */
  private double bits(int[] entries, KnownColumn known) {
    int[] objects = Arrays.stream(rows).map(row -> entries[row]).toArray();
    long[] there =
        Arrays.stream(objects)
            .filter(object -> !known.isMissing(object))
            .mapToLong(object -> known.symbols()[object])
            .toArray();
    long[] limits = limits(there);
    int[] ofRows =
        Arrays.stream(objects)
            .map(object -> known.isMissing(object) ? BINS : bin(known.symbols()[object], limits))
            .toArray();
    long independent = Arrays.stream(objects).distinct().count();
    double bits = 0;
    for (int[] column : bins) {
      bits += information(column, ofRows, independent);
    }
    return bits;
  }

  /** What two columns tell of each other, less what they would by chance. */
  private static double information(int[] one, int[] other, long independent) {
    double[][] counts = new double[BINS][BINS + 1];
    double[] ofOne = new double[BINS];
    double[] ofOther = new double[BINS + 1];
    for (int i = 0; i < one.length; i++) {
      counts[one[i]][other[i]]++;
      ofOne[one[i]]++;
      ofOther[other[i]]++;
    }
    double sum = 0;
    for (int a = 0; a < BINS; a++) {
      for (int b = 0; b <= BINS; b++) {
        if (counts[a][b] > 0) {
          sum += counts[a][b] * Math.log(counts[a][b] * one.length / (ofOne[a] * ofOther[b]));
        }
      }
    }
    double degrees = (used(ofOne) - 1.0) * (used(ofOther) - 1.0);
    double chance = degrees / (2 * independent);
    double found = sum / one.length;
    return found > ABOVE_CHANCE * chance ? (found - chance) / Math.log(2) : 0;
  }

  private static long used(double[] counts) {
    return Arrays.stream(counts).filter(count -> count > 0).count();
  }

  private static int[] bins(long[] symbols) {
    long[] limits = limits(symbols);
    return Arrays.stream(symbols).mapToInt(symbol -> bin(symbol, limits)).toArray();
  }

  /** Quantiles, each once. */
  private static long[] limits(long[] symbols) {
    long[] sorted = symbols.clone();
    Arrays.sort(sorted);
    long[] limits = new long[sorted.length == 0 ? 0 : BINS - 1];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = sorted[(int) ((long) (i + 1) * sorted.length / BINS)];
    }
    return Arrays.stream(limits).distinct().toArray();
  }

  private static int bin(long symbol, long[] limits) {
    int bin = 0;
    while (bin < limits.length && symbol >= limits[bin]) {
      bin++;
    }
    return bin;
  }
}
