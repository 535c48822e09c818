package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Finds contexts that make columns of a group smaller, from what they cost on a sample of its rows.
 * Safe for use by several threads.
 *
 * <p>What each of many candidates costs is estimated from histograms. What the few best ones cost
 * is then found as it is for the whole stream, by fitting distributions.
 */
public final class ContextSearch {
  /** Pieces of consecutive rows that are looked at, spread evenly, and the rows of each. */
  public static final int PIECES = 8;

  /** The rows of a piece. */
  public static final int PIECE = 256;

  /** With fewer rows there is nothing to be gained. */
  private static final int FEWEST = 64;

  /** Distributions are fitted for so many candidates. */
  private static final int FITTED = 2;

  /** How much dearer than no contexts a candidate may seem that is fitted. */
  private static final double MARGIN = 1.01;

  /** How much dearer than symbols differences to the row before may seem that are fitted. */
  private static final double REFERENCE_MARGIN = 1.05;

  /** About what a leaf costs, and a distribution beside its leaves. */
  private static final double BITS_OF_LEAF = 4;

  private static final double BITS_OF_DISTRIBUTION = 12;

  /** About how many leaves a distribution has. */
  private static final double USUAL_LEAVES = 12;

  /** The part of what all costs that must be gained, and so many bits. */
  private static final double LEAST_GAIN = 0.004;

  private static final double LEAST_BITS = 64;

  /** Translates the symbols of columns. */
  public interface Translation {
    /**
     * The symbols of a column as those of another one are told relative to them; null where they
     * mean different values.
     *
     * @param symbols of column {@code other}
     */
    long @Nullable [] told(int other, int column, long[] symbols);
  }

  /**
   * Contexts that may be worth it.
   *
   * @param column the column's number
   * @param bits about what the stream takes
   * @param without about what it takes without contexts
   * @param fitted whether distributions were fitted to find that
   */
  public record Option(int column, Contexts contexts, double bits, double without, boolean fitted) {
    /** About how many bits are gained. */
    double gain() {
      return without - bits;
    }

    /** Whether so much is gained that the sample can be trusted. */
    public boolean isSure() {
      return fitted && gain() > 0.05 * without && without > 100_000;
    }
  }

  private final List<SampledColumn> columns;
  private final int @Nullable [] places;
  private final int total;
  private final int rows;
  private final Translation translation;
  private final ContextCandidates candidates;

  /**
   * A search.
   *
   * @param columns of the group, in their order, with the same sampled rows
   * @param places of the sampled rows in their lists; null where rows are not in lists
   * @param total how many rows there are, of which the sample may be all
   */
  public ContextSearch(
      List<SampledColumn> columns, int @Nullable [] places, int total, Translation translation) {
    this.columns = columns;
    this.places = places;
    this.total = total;
    this.translation = translation;
    rows = columns.isEmpty() ? 0 : columns.getFirst().symbols().length;
    candidates = new ContextCandidates(columns, places, total, translation);
  }

  /** How many columns there are. */
  public int columns() {
    return columns.size();
  }

  /** What may be worth it for one of the columns, which are counted from 0. */
  public List<Option> options(int index) {
    if (rows < FEWEST) {
      return List.of();
    }
    return new ColumnSearch(columns.get(index)).options(candidates.of(index));
  }

  /** What is coded of each row with a reference, and its order. */
  private record Differences(long[] all, int[] order) {
    static Differences of(long[] all) {
      return new Differences(all, RadixSort.order(all));
    }
  }

  private record Estimated(Contexts contexts, byte[] ofRows, double bits) {}

  /** The search for one column. For one thread. */
  private final class ColumnSearch implements Contexts.KnownRows {
    private final SampledColumn own;
    private final int grid;
    private final Map<Reference, Differences> differences = new HashMap<>();

    ColumnSearch(SampledColumn own) {
      this.own = own;
      grid = Grid.of(own.symbols());
    }

    List<Option> options(List<Contexts> all) {
      Differences kept = differences(new Reference.None());
      Differences previous = Differences.of(toPrevious());
      byte[] one = new byte[rows];
      double ofSymbols = QuantileHistogram.bits(kept.all(), kept.order(), one, 1);
      double ofPrevious = QuantileHistogram.bits(previous.all(), previous.order(), one, 1);
      double least = scaled(Math.min(ofSymbols, ofPrevious), 1);
      List<Estimated> best =
          all.stream()
              .map(this::estimated)
              .filter(estimated -> estimated.bits() < least * MARGIN)
              .sorted(Comparator.comparingDouble(Estimated::bits))
              .toList();
      if (best.isEmpty()) {
        return List.of();
      }
      double without = fitted(List.of(kept.all()));
      if (ofPrevious < ofSymbols * REFERENCE_MARGIN) {
        without = Math.min(without, fitted(List.of(previous.all())));
      }
      List<Option> options = new ArrayList<>();
      double ratio = Double.POSITIVE_INFINITY;
      for (int i = 0; i < best.size(); i++) {
        Estimated estimated = best.get(i);
        double bits = i < FITTED ? fitted(estimated) : estimated.bits() * ratio;
        ratio = i < FITTED ? Math.min(ratio, bits / estimated.bits()) : ratio;
        if (bits < without - LEAST_BITS && bits < without * (1 - LEAST_GAIN)) {
          options.add(new Option(own.number(), estimated.contexts(), bits, without, i < FITTED));
        }
      }
      return options;
    }

    private long[] toPrevious() {
      long[] found = new long[rows];
      for (int i = 0; i < rows; i++) {
        found[i] = (own.symbols()[i] >> grid) - (own.before()[i] >> grid);
      }
      return found;
    }

    private Estimated estimated(Contexts contexts) {
      byte[] ofRows = new byte[rows];
      contexts.fill(this, ofRows);
      Differences told = differences(contexts.reference());
      double bits = QuantileHistogram.bits(told.all(), told.order(), ofRows, contexts.number());
      return new Estimated(contexts, ofRows, scaled(bits, contexts.number()));
    }

    /** What distributions in the sample cost for all rows. */
    private double scaled(double bits, int distributions) {
      double ofDistributions = distributions * (BITS_OF_LEAF * USUAL_LEAVES + BITS_OF_DISTRIBUTION);
      return bits * total / rows + ofDistributions;
    }

    private double fitted(Estimated estimated) {
      Contexts contexts = estimated.contexts();
      long[] all = differences(contexts.reference()).all();
      long[][] parts = ContextParts.split(all, estimated.ofRows(), contexts.number());
      return fitted(Arrays.asList(parts)) + FittedContexts.bitsOf(contexts);
    }

    /**
     * What distributions fitted to the sample cost, for all rows: about half of what is told of a
     * distribution is gained again by fitting the sample too well.
     */
    private double fitted(List<long[]> parts) {
      double bits = 0;
      double ofDistributions = 0;
      for (long[] part : parts) {
        if (part.length > 0) {
          DistributionTree tree =
              DistributionTree.best(
                  CountedCells.single(SymbolCounts.of(part)), Distribution.MAXIMUM_LEAVES);
          LeafList leaves = new LeafList();
          tree.emit(null, leaves);
          bits += tree.bits();
          ofDistributions += BITS_OF_LEAF * leaves.size() + BITS_OF_DISTRIBUTION;
        }
      }
      if (total <= rows) {
        return bits;
      }
      return (bits - ofDistributions / 2) * total / rows + 1.5 * ofDistributions;
    }

    private Differences differences(Reference reference) {
      return differences.computeIfAbsent(reference, told -> Differences.of(differencesTo(told)));
    }

    private long[] differencesTo(Reference reference) {
      long[] found = new long[rows];
      for (int i = 0; i < rows; i++) {
        found[i] = own.symbols()[i] >> grid;
      }
      switch (reference) {
        case Reference.None() -> {}
        case Reference.RowBefore() -> {
          int[] known = places();
          for (int i = 0; i < rows; i++) {
            found[i] -= known[i] == 0 ? 0 : own.before()[i] >> grid;
          }
        }
        case Reference.OtherColumn(int column) -> {
          long[] told = told(column);
          for (int i = 0; i < rows; i++) {
            found[i] -= told[i] >> grid;
          }
        }
      }
      return found;
    }

    @Override
    public int count() {
      return rows;
    }

    @Override
    public int[] places() {
      return places == null ? new int[rows] : places;
    }

    @Override
    public long[] symbols(int other) {
      for (SampledColumn column : columns) {
        if (column.number() == other) {
          return column.symbols();
        }
      }
      throw new IllegalArgumentException("no sample of column " + other);
    }

    @Override
    public long[] told(int other) {
      long[] told = translation.told(other, own.number(), symbols(other));
      if (told == null) {
        throw new IllegalArgumentException("column " + other + " has other symbols");
      }
      return told;
    }
  }
}
