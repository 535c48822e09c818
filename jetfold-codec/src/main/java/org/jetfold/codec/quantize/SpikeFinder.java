package org.jetfold.codec.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;

/**
 * Looks at a column's values in a segment for what its setting is to spare: <em>spikes</em>, values
 * that repeat far more often than their neighbours (sentinels such as −999, ends of a range), and
 * columns of few distinct values, which dither would only blur.
 *
 * <p>A value with count c is a spike where c &gt; max(16, 0.001·N) and c &gt; 4·M + 6·√M + 16, M
 * the median count of the 16 nearest distinct values on either side; a column has few distinct
 * values where these are at most a quarter of all, and fewer than two share a symbol. Both look at
 * 2^16 values at most, evenly spaced. The result depends on the values alone. Immutable; safe for
 * use by many threads.
 */
public final class SpikeFinder {
  private static final int LOOKED_AT = 1 << 16;

  private static final int LEAST_COUNT = 16;
  private static final double LEAST_SHARE = 0.001;
  private static final int NEIGHBOURS = 16;

  private static final int HASH_BITS = 14;
  private static final int DISTINCT_BITS = 18;
  private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

  private static final double FEW_VALUES = 0.25;
  private static final double FEW_PER_SYMBOL = 2;

  private final Quantizer quantizer;
  private final boolean sparesBits;
  private final boolean sparesZeros;

  /** A finder for columns of a lossy setting. */
  public SpikeFinder(Precision precision, Quantizer quantizer) {
    this.quantizer = quantizer;
    sparesBits =
        precision.promise() instanceof Precision.Bits || precision instanceof Precision.Step;
    // Where dither cuts at zeros they have their symbols anyway; elsewhere rel and bits keep them.
    sparesZeros = precision instanceof Precision.Absolute;
  }

  /** What the values of a segment add to the setting. */
  public SegmentScale look(ColumnValues values) {
    long[] sample = finiteSample(values);
    List<Long> spikes = hasFrequent(sample) ? spikes(sorted(sample)) : List.of();
    if (!quantizer.isDithered() || isDiscrete(sample)) {
      return SegmentScale.undithered(spikes);
    }
    return limited(values, spikes);
  }

  /**
   * What the values of a segment add to a setting whose symbols a model has fixed: spikes, its own
   * perhaps among them, and the range.
   *
   * @param ofModel the spikes that have symbols, and whether phases shift the grid
   */
  public SegmentScale look(ColumnValues values, SegmentScale ofModel) {
    long[] sample = finiteSample(values);
    List<Long> spikes = hasFrequent(sample) ? spikes(sorted(sample)) : List.of();
    if (!ofModel.dithered()) {
      return SegmentScale.undithered(spikes);
    }
    TreeSet<Long> all = new TreeSet<>(ofModel.spikes());
    all.addAll(spikes);
    SegmentScale limited = limited(values, List.copyOf(all));
    // Without a value that is limited, any range will do.
    return new SegmentScale(spikes, true, limited.lowest(), limited.highest());
  }

  private long[] finiteSample(ColumnValues values) {
    int stride = Math.max(1, (values.size() + LOOKED_AT - 1) / LOOKED_AT);
    long[] sample = Ordinals.everyOf(values, stride);
    long infinity = quantizer.infinity();
    int found = 0;
    for (long ordinal : sample) {
      sample[found] = ordinal;
      found += Ordinals.magnitude(ordinal) < infinity ? 1 : 0;
    }
    return Arrays.copyOf(sample, found);
  }

  private static double leastCount(int values) {
    return Math.max(LEAST_COUNT, LEAST_SHARE * values);
  }

  /**
   * Whether some value may be frequent enough. A table of counts by hash tells for nearly every
   * column that none is, far faster than sorting.
   */
  private boolean hasFrequent(long[] sample) {
    int[] counts = new int[1 << HASH_BITS];
    int zeros = 0;
    int negativeZeros = 0;
    for (long ordinal : sample) {
      counts[hash(ordinal)]++;
      zeros += ordinal == 0 ? 1 : 0;
      negativeZeros += ordinal == -1 ? 1 : 0;
    }
    if (!sparesZeros) {
      counts[hash(0)] -= zeros;
      counts[hash(-1)] -= negativeZeros;
    }
    int most = 0;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    return most > leastCount(sample.length);
  }

  private static int hash(long ordinal) {
    return (int) ((ordinal * HASH_FACTOR) >>> (Long.SIZE - HASH_BITS));
  }

  /** Whether a value, were it a spike, would come back otherwise than without. */
  private boolean isSpared(long ordinal) {
    return ordinal < -1 || ordinal > 0 || sparesZeros;
  }

  private static long[] sorted(long[] sample) {
    long[] sorted = sample.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private List<Long> spikes(long[] sorted) {
    long[] distinct = new long[sorted.length];
    int[] counts = new int[sorted.length];
    int number = 0;
    for (int i = 0; i < sorted.length; number++) {
      int end = i + 1;
      while (end < sorted.length && sorted[end] == sorted[i]) {
        end++;
      }
      distinct[number] = sorted[i];
      counts[number] = end - i;
      i = end;
    }
    List<Long> spikes = new ArrayList<>();
    double least = leastCount(sorted.length);
    for (int i = 0; i < number && spikes.size() < SegmentScale.MAX_SPIKES; i++) {
      if (counts[i] > least && standsOut(counts, i, number) && changes(distinct[i])) {
        spikes.add(distinct[i]);
      }
    }
    return spikes;
  }

  private static boolean standsOut(int[] counts, int spike, int number) {
    int from = Math.max(spike - NEIGHBOURS, 0);
    int to = Math.min(spike + NEIGHBOURS + 1, number);
    int[] neighbours = new int[to - from - 1];
    System.arraycopy(counts, from, neighbours, 0, spike - from);
    System.arraycopy(counts, spike + 1, neighbours, spike - from, to - spike - 1);
    Arrays.sort(neighbours);
    int half = neighbours.length / 2;
    double median =
        neighbours.length == 0
            ? 0
            : (neighbours[half] + neighbours[(neighbours.length - 1) / 2]) / 2.0;
    return counts[spike] > 4 * median + 6 * Math.sqrt(median) + LEAST_COUNT;
  }

  /**
   * Whether sparing a value is of use: it may come back as it is anyway, under float truncation and
   * steps whatever its neighbours become, and elsewhere if they do not become it.
   */
  private boolean changes(long ordinal) {
    return isSpared(ordinal)
        && !(comesBack(ordinal)
            && (sparesBits || (comesBack(ordinal - 1) && comesBack(ordinal + 1))));
  }

  private boolean comesBack(long ordinal) {
    return quantizer.restored(ordinal) == ordinal;
  }

  private boolean isDiscrete(long[] sample) {
    if (sample.length == 0) {
      return true;
    }
    double few = FEW_VALUES * sample.length;
    long[] seen = new long[1 << (DISTINCT_BITS - 6)];
    int atLeast = 0;
    for (long ordinal : sample) {
      int hash = (int) ((ordinal * HASH_FACTOR) >>> (Long.SIZE - DISTINCT_BITS));
      long bit = 1L << hash;
      atLeast += (seen[hash >>> 6] & bit) == 0 ? 1 : 0;
      seen[hash >>> 6] |= bit;
    }
    if (atLeast > few) {
      return false;
    }
    long[] sorted = sorted(sample);
    int distinct = 1;
    int symbols = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[i - 1]) {
        distinct++;
        symbols += quantizer.symbolOf(sorted[i]) != quantizer.symbolOf(sorted[i - 1]) ? 1 : 0;
      }
    }
    return distinct <= few && distinct < FEW_PER_SYMBOL * symbols;
  }

  private SegmentScale limited(ColumnValues values, List<Long> spikes) {
    long[] spared = spikes.stream().mapToLong(Long::longValue).toArray();
    long[] ordinals = new long[Workspace.CHUNK];
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (int start = 0; start < values.size(); start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, values.size() - start);
      Ordinals.copy(values, start, length, ordinals);
      for (int i = 0; i < length; i++) {
        long ordinal = ordinals[i];
        boolean counts =
            Ordinals.magnitude(ordinal) < quantizer.infinity()
                && (ordinal < -1 || ordinal > 0)
                && (ordinal < lowest || ordinal > highest)
                && Arrays.binarySearch(spared, ordinal) < 0;
        if (counts) {
          lowest = Math.min(lowest, ordinal);
          highest = Math.max(highest, ordinal);
        }
      }
    }
    return lowest > highest
        ? SegmentScale.undithered(spikes)
        : new SegmentScale(spikes, true, lowest, highest);
  }
}
