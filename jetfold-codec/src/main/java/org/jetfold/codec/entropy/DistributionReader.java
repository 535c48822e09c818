package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.MalformedBytesException;

/**
 * Reads distributions one after the other from one run of the binary coder (docs/format.md section
 * 7.2). Not thread-safe.
 */
public final class DistributionReader {
  private final BinaryDecoder decoder;
  private final long fileOffset;

  /** So that a few bytes cannot describe distributions beyond all memory. */
  private int leavesLeft = Distribution.MAXIMUM_LEAVES_TOGETHER;

  /**
   * Starts a run.
   *
   * @param fileOffset where the bytes stand in their file, for messages
   */
  public DistributionReader(byte[] bytes, int from, int length, long fileOffset) {
    this.decoder = new BinaryDecoder(DistributionContexts.fresh(), bytes, from, length);
    this.fileOffset = fileOffset;
  }

  /**
   * The next distribution.
   *
   * @throws MalformedBytesException where it does not follow the format
   */
  public Distribution read() {
    int reference =
        number(DistributionContexts.REFERENCE, Integer.MAX_VALUE, "a distribution's reference");
    int total = number(DistributionContexts.TOTAL, Integer.MAX_VALUE, "a distribution's total");
    LeafList leaves = new LeafList();
    if (total == 0) {
      return leaves.toDistribution(reference, 0, false);
    }
    int grid = number(DistributionContexts.GRID, Grid.MAX, "a distribution's grid");
    boolean escape = decoder.bit(DistributionContexts.ESCAPE) == 1;
    int escapeWeight =
        escape
            ? number(DistributionContexts.WEIGHT, Integer.MAX_VALUE - 1, "an escape's weight") + 1
            : 0;
    int level = number(DistributionContexts.LEVEL, 64, "a distribution's level");
    long zigzag = decoder.number(DistributionContexts.PLACE);
    readTree(level, (zigzag >>> 1) ^ -(zigzag & 1), total, leaves);
    if (escape) {
      add(leaves, 0, 64, escapeWeight);
    }
    return leaves.toDistribution(reference, grid, escape);
  }

  /**
   * How the next stream is coded.
   *
   * @throws MalformedBytesException where it does not follow the format
   */
  public StreamCoding readStream() {
    if (decoder.bit(DistributionContexts.SEVERAL) == 0) {
      Distribution distribution = read();
      return new StreamCoding(null, distribution.grid(), List.of(distribution));
    }
    Contexts contexts = ContextFields.read(this);
    int grid = number(DistributionContexts.GRID, Grid.MAX, "a stream's grid");
    List<Distribution> distributions = new ArrayList<>();
    int leaves = 0;
    for (int k = 0; k < contexts.number(); k++) {
      Distribution distribution = read();
      if (distribution.reference() != Distribution.NO_REFERENCE || distribution.grid() != 0) {
        throw malformed("a context's distribution has a reference or a grid of its own");
      }
      distributions.add(distribution);
      leaves += distribution.leaves();
    }
    if (leaves > Distribution.MAXIMUM_LEAVES) {
      throw malformed(
          "the distributions of a stream have more than %d leaves"
              .formatted(Distribution.MAXIMUM_LEAVES));
    }
    return new StreamCoding(contexts, grid, distributions);
  }

  /** What {@link DistributionWriter#spikes} wrote. */
  public int spikes(int maximum) {
    return number(DistributionContexts.SPIKES, maximum, "a column's number of spikes");
  }

  /** What {@link DistributionWriter#decimals} wrote. */
  public int decimals(int maximum) {
    return number(DistributionContexts.DECIMALS, maximum, "a column's number of decimals");
  }

  /** What {@link DistributionWriter#dithered} wrote. */
  public boolean dithered() {
    return decoder.bit(DistributionContexts.DITHERED) == 1;
  }

  /** What {@link DistributionWriter#modelled} wrote. */
  public boolean modelled() {
    return decoder.bit(DistributionContexts.MODELLED) == 1;
  }

  /** What {@link DistributionWriter#raw} wrote, its other bits 0. */
  public long raw(int bits) {
    return decoder.flat(bits);
  }

  private void readTree(int level, long place, int total, LeafList leaves) {
    int shift = Math.max(level - 1, 0);
    long base = place << shift;
    long last = level == 64 ? Long.MAX_VALUE : base + (1L << level) - 1;
    if (base >> shift != place || last < base || (level == 64 && place != -1)) {
      throw malformed("a distribution's interval leaves the 64-bit integers");
    }
    readNode(level, base, total, 0, leaves);
  }

  private void readNode(int level, long base, int n, int last, LeafList leaves) {
    if (level == 0 || decoder.bit(DistributionContexts.leaf(n, level)) == 1) {
      add(leaves, base, level, n);
      return;
    }
    long upperBase = base + (1L << (level - 1));
    if (n > 1 && decoder.bit(DistributionContexts.both(n, level)) == 1) {
      long zigzag = decoder.number(DistributionContexts.SPLIT);
      long d = (zigzag >>> 1) ^ -(zigzag & 1);
      if (Math.abs(d) > Integer.MAX_VALUE || d == Long.MIN_VALUE) {
        throw malformed("a distribution's split is out of range");
      }
      int lower = DistributionContexts.lower(n, d);
      readNode(level - 1, base, lower, 0, leaves);
      readNode(level - 1, upperBase, n - lower, 0, leaves);
      return;
    }
    if (level > 1 && decoder.bit(DistributionContexts.single(last, level)) == 1) {
      add(leaves, base + decoder.flat(level), 0, n);
      return;
    }
    int side = decoder.bit(DistributionContexts.side(last, level));
    readNode(level - 1, side == 1 ? upperBase : base, n, 1 + side, leaves);
  }

  private void add(LeafList leaves, long first, int level, int weight) {
    if (leaves.size() == Distribution.MAXIMUM_LEAVES) {
      throw malformed(
          "a distribution has more than %d leaves".formatted(Distribution.MAXIMUM_LEAVES));
    }
    if (leavesLeft-- == 0) {
      throw malformed(
          "distributions have more than %d leaves together"
              .formatted(Distribution.MAXIMUM_LEAVES_TOGETHER));
    }
    leaves.add(first, level, weight);
  }

  int number(int set, int maximum, String what) {
    long value = decoder.number(set);
    if (value < 0 || value > maximum) {
      throw malformed(
          "%s is %s, more than the %d allowed"
              .formatted(what, Long.toUnsignedString(value), maximum));
    }
    return (int) value;
  }

  /** An unsigned number. */
  long number(int set) {
    return decoder.number(set);
  }

  /** What is to be thrown where the fields are not what they should be. */
  public MalformedBytesException malformed(String message) {
    return new MalformedBytesException(fileOffset, message);
  }
}
