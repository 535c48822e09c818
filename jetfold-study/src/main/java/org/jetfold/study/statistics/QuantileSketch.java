package org.jetfold.study.statistics;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Quantiles of weighted magnitudes in bounded memory, with a rank error that is guaranteed, not
 * probable: at most {@link #RANK_ERROR} of all weight, whatever the values and their order, and
 * after any merging. Few values are kept one by one, and their quantiles are exact.
 *
 * <p>After Greenwald and Khanna (SIGMOD 2001), in batches and with weights. An entry i is a value
 * vᵢ with the weight that is known to lie at it, the gap (weight known to lie below vᵢ and counted
 * by no entry before), and a slack: the weight R(&lt;vᵢ) below vᵢ is at least
 * Σ<sub>j&lt;i</sub>(gapⱼ+atⱼ) + gapᵢ, and at most slackᵢ more. Entries are joined only as long as
 * gap + slack ≤ 2·ε·W, so that some entry always answers within ε·W. Libraries' sketches (KLL, REQ)
 * reach 1e-4 at their largest size, and only with a probability.
 *
 * <p>Magnitudes are rounded to float32 (a relative 6e-8). Not thread-safe.
 */
public final class QuantileSketch implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The largest error of a quantile's rank, as a part of all weight. */
  public static final double RANK_ERROR = 1e-5;

  private static final int BATCH = 1 << 15;
  private static final int FEW = 1 << 12;

  private final transient long[] keys = new long[BATCH];
  private final transient double[] keyWeights = new double[BATCH];
  private int pending;
  private double zeros;

  private double total;
  private int size;
  private float[] value = new float[0];
  private double[] gap = new double[0];
  private double[] at = new double[0];
  private double[] slack = new double[0];

  /** What is written of a sketch: its entries, and none of the room for those to come. */
  private record Entries(double total, float[] value, double[] gap, double[] at, double[] slack)
      implements Serializable {
    private Object readResolve() {
      QuantileSketch sketch = new QuantileSketch();
      sketch.join(value.length, value, gap, at, slack);
      sketch.total = total;
      return sketch;
    }
  }

  private Object writeReplace() {
    flush();
    return new Entries(
        total,
        Arrays.copyOf(value, size),
        Arrays.copyOf(gap, size),
        Arrays.copyOf(at, size),
        Arrays.copyOf(slack, size));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a sketch is written as its entries");
  }

  /** Adds a magnitude; a weight of 0 changes nothing. */
  public void add(double magnitude, double weight) {
    if (!(magnitude >= 0) || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "magnitude %s with weight %s".formatted(magnitude, weight));
    }
    float rounded = (float) magnitude;
    if (rounded == 0) {
      zeros += weight;
    } else if (weight > 0) {
      keys[pending] = (long) Float.floatToIntBits(rounded) << Integer.SIZE | pending;
      keyWeights[pending++] = weight;
      if (pending == BATCH) {
        flush();
      }
    }
  }

  /** Adds what another sketch has seen; the other is not changed but for its inner order. */
  public void merge(QuantileSketch other) {
    flush();
    other.flush();
    join(other.size, other.value, other.gap, other.at, other.slack);
    total += other.total;
    shrink();
  }

  /**
   * The smallest magnitude up to which the weight is at least the given part of all.
   *
   * @param part from 0 to 1
   * @return NaN without weight
   */
  public double quantile(double part) {
    flush();
    if (size == 0) {
      return Double.NaN;
    }
    double wanted = part * total - worstSlack();
    double below = 0;
    for (int i = 0; i < size; i++) {
      below += gap[i] + at[i];
      if (below >= wanted) {
        return value[i];
      }
    }
    return value[size - 1];
  }

  /** The largest error that a rank can have here, as a part of all weight; often 0. */
  public double rankError() {
    flush();
    return total == 0 ? 0 : worstSlack() / total;
  }

  /** The number of entries that are kept. */
  int entries() {
    return size;
  }

  private double worstSlack() {
    double worst = 0;
    for (int i = 0; i < size; i++) {
      worst = Math.max(worst, gap[i] + slack[i]);
    }
    return worst / 2;
  }

  /** Sorts what is pending and joins it. */
  private void flush() {
    if (pending == 0 && zeros == 0) {
      return;
    }
    Arrays.sort(keys, 0, pending);
    float[] values = new float[pending + 1];
    double[] weights = new double[pending + 1];
    int distinct = 0;
    double added = zeros;
    if (zeros > 0) {
      weights[distinct++] = zeros;
    }
    for (int i = 0; i < pending; i++) {
      float next = Float.intBitsToFloat((int) (keys[i] >>> Integer.SIZE));
      double weight = keyWeights[(int) keys[i]];
      added += weight;
      if (distinct > 0 && values[distinct - 1] == next) {
        weights[distinct - 1] += weight;
      } else {
        values[distinct] = next;
        weights[distinct++] = weight;
      }
    }
    pending = 0;
    zeros = 0;
    double[] none = new double[distinct];
    join(distinct, values, none, weights, none);
    total += added;
    shrink();
  }

  /**
   * Merges sorted entries. What lies between two entries of one side is unknown to the entries of
   * the other side that fall between, and becomes their slack.
   */
  private void join(
      int others, float[] otherValue, double[] otherGap, double[] otherAt, double[] otherSlack) {
    int most = size + others;
    float[] values = new float[most];
    double[] gaps = new double[most];
    double[] ats = new double[most];
    double[] slacks = new double[most];
    int out = 0;
    int i = 0;
    int j = 0;
    while (i < size || j < others) {
      boolean mine = j == others || (i < size && value[i] <= otherValue[j]);
      boolean theirs = i == size || (j < others && otherValue[j] <= value[i]);
      values[out] = mine ? value[i] : otherValue[j];
      if (mine) {
        gaps[out] += gap[i];
        ats[out] += at[i];
        slacks[out] += slack[i];
      } else if (i < size) {
        slacks[out] += gap[i] + slack[i];
      }
      if (theirs) {
        gaps[out] += otherGap[j];
        ats[out] += otherAt[j];
        slacks[out] += otherSlack[j];
      } else if (j < others) {
        slacks[out] += otherGap[j] + otherSlack[j];
      }
      i += mine ? 1 : 0;
      j += theirs ? 1 : 0;
      out++;
    }
    size = out;
    value = values;
    gap = gaps;
    at = ats;
    slack = slacks;
  }

  /**
   * Leaves out entries whose weight fits into the gap of the next. The smallest value stays: below
   * it nothing is uncertain.
   */
  private void shrink() {
    if (size <= FEW) {
      return;
    }
    double most = 2 * RANK_ERROR * total;
    int out = 0;
    for (int i = 1; i < size; i++) {
      double before = gap[out] + at[out];
      if (out > 0 && before + gap[i] + slack[i] <= most) {
        set(out, i, before);
      } else {
        set(++out, i, 0);
      }
    }
    size = out + 1;
    value = Arrays.copyOf(value, size);
    gap = Arrays.copyOf(gap, size);
    at = Arrays.copyOf(at, size);
    slack = Arrays.copyOf(slack, size);
  }

  private void set(int to, int from, double before) {
    value[to] = value[from];
    gap[to] = gap[from] + before;
    at[to] = at[from];
    slack[to] = slack[from];
  }
}
