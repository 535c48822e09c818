package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jetfold.codec.entropy.Contexts.Source;
import org.jspecify.annotations.Nullable;

/**
 * Finds contexts that make columns of a group smaller, from what they cost on a sample of its rows.
 * Safe for use by several threads.
 *
 * <p>A quick look at all pairs of columns finds the few that may be worth it: what the size of one
 * says about another is their mutual information, with symbols in a few dozen bins. What these few
 * cost is then found as it is for the whole stream, by fitting distributions.
 */
public final class ContextSearch {
  /** Pieces of consecutive rows that are looked at, spread evenly, and the rows of each. */
  public static final int PIECES = 8;

  /** The rows of a piece. */
  public static final int PIECE = 256;

  /** With fewer rows there is nothing to be gained. */
  private static final int FEWEST = 64;

  /** Of more columns, only these many before and behind one are looked at. */
  private static final int NEIGHBOURS = 32;

  private static final int SOURCES = 3;
  private static final int REFERENCES = 2;
  private static final int BINS = 32;
  private static final int LOOK = 256;

  /** About what a leaf costs, and a distribution beside its leaves. */
  private static final double BITS_OF_LEAF = 4;

  private static final double BITS_OF_DISTRIBUTION = 12;

  /** The part of what all costs that must be gained, and so many bits. */
  private static final double LEAST_GAIN = 0.004;

  private static final double LEAST_BITS = 64;

  /**
   * A column in the sampled rows.
   *
   * @param number of the column
   * @param symbols of the rows
   * @param before the symbols of the rows before these, 0 for the first of all
   */
  public record Sample(int number, long[] symbols, long[] before) {}

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
   */
  public record Option(int column, Contexts contexts, double bits, double without) {
    /** About how many bits are gained. */
    double gain() {
      return without - bits;
    }

    /** Whether so much is gained that the sample can be trusted. */
    public boolean isSure() {
      return gain() > 0.05 * without && without > 100_000;
    }
  }

  /** What is known of a column in the sample. */
  private record Column(Sample sample, byte[] bins, int numberOfBins, byte[] classes) {}

  private final List<Column> columns = new ArrayList<>();
  private final int @Nullable [] places;
  private final byte @Nullable [] classesOfPlaces;
  private final int total;
  private final int rows;
  private final Translation translation;

  /**
   * A search.
   *
   * @param samples of the columns, in their order
   * @param places of the sampled rows in their lists; null where rows are not in lists
   * @param total how many rows there are, of which the sample may be all
   */
  public ContextSearch(
      List<Sample> samples, int @Nullable [] places, int total, Translation translation) {
    this.places = places;
    this.total = total;
    this.translation = translation;
    rows = samples.isEmpty() ? 0 : samples.getFirst().symbols().length;
    classesOfPlaces =
        places == null ? null : classes(Arrays.stream(places).asLongStream().toArray());
    for (Sample sample : samples) {
      long[] sizes = sizes(sample.symbols());
      long[] edges = limits(sample.symbols(), BINS, Long.MIN_VALUE);
      columns.add(
          new Column(sample, above(sample.symbols(), edges), edges.length + 1, classes(sizes)));
    }
  }

  private static long[] sizes(long[] symbols) {
    return Arrays.stream(symbols).map(Contexts::size).toArray();
  }

  private static byte[] classes(long[] sizes) {
    return above(sizes, limits(sizes, Contexts.MOST, 0));
  }

  /** Limits that divide numbers into about equally many in each part, all above a least one. */
  private static long[] limits(long[] numbers, int parts, long least) {
    long[] sorted = numbers.clone();
    Arrays.sort(sorted);
    long[] limits = new long[parts - 1];
    int found = 0;
    long last = sorted.length == 0 ? least : Math.max(least, sorted[0]);
    for (int part = 1; part < parts && sorted.length > 0; part++) {
      long limit = sorted[(int) ((long) part * sorted.length / parts)];
      if (limit > last) {
        limits[found++] = limit;
        last = limit;
      }
    }
    return Arrays.copyOf(limits, found);
  }

  private static byte[] above(long[] numbers, long[] limits) {
    byte[] above = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      int found = Arrays.binarySearch(limits, numbers[i]);
      above[i] = (byte) (found < 0 ? -found - 1 : found + 1);
    }
    return above;
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
    Column own = columns.get(index);
    List<Contexts> candidates = candidates(index);
    int grid = Grid.of(own.sample().symbols());
    double without = withoutContexts(own, grid);
    List<Option> options = new ArrayList<>();
    for (Contexts contexts : candidates) {
      double bits = bits(own, contexts, grid);
      if (bits < without - LEAST_BITS && bits < without * (1 - LEAST_GAIN)) {
        options.add(new Option(own.sample().number(), contexts, bits, without));
      }
    }
    return options;
  }

  private double withoutContexts(Column own, int grid) {
    long[] symbols = own.sample().symbols();
    long[] kept = new long[rows];
    long[] differences = new long[rows];
    for (int i = 0; i < rows; i++) {
      kept[i] = symbols[i] >> grid;
      differences[i] = kept[i] - (own.sample().before()[i] >> grid);
    }
    return Math.min(bits(List.of(kept)), bits(List.of(differences)));
  }

  /** About what a stream takes in contexts. */
  private double bits(Column own, Contexts contexts, int grid) {
    long[] symbols = own.sample().symbols();
    byte[] ofRows = new byte[rows];
    contexts.fill(new SampledRows(own), ofRows);
    long[] differences = new long[rows];
    for (int i = 0; i < rows; i++) {
      differences[i] = symbols[i] >> grid;
    }
    switch (contexts.reference()) {
      case Reference.None() -> {}
      case Reference.RowBefore() -> {
        for (int i = 0; i < rows; i++) {
          differences[i] -= ofRows[i] == 0 ? 0 : own.sample().before()[i] >> grid;
        }
      }
      case Reference.OtherColumn(int column) -> {
        long[] told = new SampledRows(own).told(column);
        for (int i = 0; i < rows; i++) {
          differences[i] -= told[i] >> grid;
        }
      }
    }
    ContextParts parts = new ContextParts(ofRows, 0, rows, contexts.number());
    List<long[]> all = Arrays.asList(parts.split(differences, 0));
    return bits(all) + FittedContexts.bitsOf(contexts);
  }

  /**
   * What distributions fitted to the sample cost, for all rows: about half of what is told of a
   * distribution is gained again by fitting the sample too well.
   */
  private double bits(List<long[]> parts) {
    double bits = 0;
    double ofDistributions = 0;
    for (long[] part : parts) {
      if (part.length > 0) {
        DistributionTree tree = DistributionTree.best(SymbolCounts.of(part));
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

  private List<Contexts> candidates(int index) {
    Column own = columns.get(index);
    List<Integer> sources = sources(index);
    List<Integer> references = references(index);
    List<Contexts> candidates = new ArrayList<>();
    for (int contexts : numbersOfContexts()) {
      if (classesOfPlaces != null) {
        add(new Reference.None(), null, contexts, candidates);
        add(new Reference.RowBefore(), null, contexts, candidates);
        if (!sources.isEmpty()) {
          add(new Reference.RowBefore(), columns.get(sources.getFirst()), contexts, candidates);
        }
      }
      for (int source : sources) {
        add(new Reference.None(), columns.get(source), contexts, candidates);
      }
      for (int reference : references) {
        Column referred = columns.get(reference);
        Reference told = new Reference.OtherColumn(referred.sample().number());
        add(told, referred, contexts, candidates);
        if (!sources.isEmpty() && sources.getFirst() != reference) {
          add(told, columns.get(sources.getFirst()), contexts, candidates);
        }
      }
    }
    for (int reference : references) {
      candidates.add(
          new Contexts(
              new Reference.OtherColumn(columns.get(reference).sample().number()),
              new Source.Nothing(),
              List.of()));
    }
    if (own.sample().symbols().length > 0 && classesOfPlaces != null) {
      candidates.add(new Contexts(new Reference.RowBefore(), new Source.Nothing(), List.of()));
    }
    return candidates;
  }

  /** With few rows, fewer contexts may cost less. */
  private int[] numbersOfContexts() {
    if (total > 16_384) {
      return new int[] {Contexts.MOST};
    }
    return total > 4_096 ? new int[] {Contexts.MOST, 4} : new int[] {4, 2};
  }

  /** With the places as their source where that is null. */
  private void add(
      Reference reference, @Nullable Column source, int number, List<Contexts> candidates) {
    boolean besideFirst = reference instanceof Reference.RowBefore;
    long[] sizes = new long[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      if (!besideFirst || places == null || places[i] > 0) {
        sizes[count++] =
            source == null
                ? places == null ? 0 : places[i]
                : Contexts.size(source.sample().symbols()[i]);
      }
    }
    long[] limits = limits(Arrays.copyOf(sizes, count), besideFirst ? number - 1 : number, 0);
    if (limits.length > 0) {
      candidates.add(
          new Contexts(
              reference,
              source == null
                  ? new Source.Place()
                  : new Source.OtherColumn(source.sample().number()),
              Arrays.stream(limits).boxed().toList()));
    }
  }

  private int firstNeighbour(int index) {
    return columns.size() <= 2 * NEIGHBOURS ? 0 : Math.max(0, index - NEIGHBOURS);
  }

  private int lastNeighbour(int index) {
    return columns.size() <= 2 * NEIGHBOURS
        ? columns.size() - 1
        : Math.min(columns.size() - 1, index + NEIGHBOURS);
  }

  /** The columns whose sizes say most about one, beginning with the best. */
  private List<Integer> sources(int index) {
    Column own = columns.get(index);
    record Scored(int column, double information) {}
    List<Scored> scored = new ArrayList<>();
    for (int other = firstNeighbour(index); other <= lastNeighbour(index); other++) {
      if (other != index) {
        double information = information(own, columns.get(other).classes());
        if (information > 0) {
          scored.add(new Scored(other, information));
        }
      }
    }
    scored.sort(Comparator.comparingDouble(Scored::information).reversed());
    return scored.stream().limit(SOURCES).map(Scored::column).toList();
  }

  /** How many bits all rows' classes tell about a column's bins, less what chance alone would. */
  private double information(Column own, byte[] classes) {
    int bins = own.numberOfBins();
    int[] counts = new int[Contexts.MOST * bins];
    for (int i = 0; i < rows; i++) {
      counts[classes[i] * bins + own.bins()[i]]++;
    }
    double information = rows * Log2.of(rows);
    int[] ofBins = new int[bins];
    int usedClasses = 0;
    for (int c = 0; c < Contexts.MOST; c++) {
      int ofClass = 0;
      for (int bin = 0; bin < bins; bin++) {
        int count = counts[c * bins + bin];
        ofClass += count;
        ofBins[bin] += count;
        information += nLogN(count);
      }
      information -= nLogN(ofClass);
      usedClasses += ofClass > 0 ? 1 : 0;
    }
    for (int bin = 0; bin < bins; bin++) {
      information -= nLogN(ofBins[bin]);
    }
    return information - (usedClasses - 1) * (bins - 1) * 0.72;
  }

  private static double nLogN(int n) {
    return n == 0 ? 0 : n * Log2.of(n);
  }

  /** The columns to which differences vary least, beginning with the best. */
  private List<Integer> references(int index) {
    Column own = columns.get(index);
    int step = Math.max(1, rows / LOOK);
    record Scored(int column, int length) {}
    long[] differences = new long[rows / step];
    int ownLength = spread(own.sample().symbols(), null, step, differences);
    List<Scored> scored = new ArrayList<>();
    for (int other = firstNeighbour(index); other <= lastNeighbour(index); other++) {
      long[] told =
          other == index
              ? null
              : translation.told(
                  columns.get(other).sample().number(),
                  own.sample().number(),
                  columns.get(other).sample().symbols());
      if (told != null) {
        int length = spread(own.sample().symbols(), told, step, differences);
        if (length < ownLength) {
          scored.add(new Scored(other, length));
        }
      }
    }
    scored.sort(Comparator.comparingInt(Scored::length));
    return scored.stream().limit(REFERENCES).map(Scored::column).toList();
  }

  /** Summed lengths of differences, less their median. */
  private static int spread(long[] symbols, long @Nullable [] told, int step, long[] differences) {
    for (int i = 0; i < differences.length; i++) {
      differences[i] = symbols[i * step] - (told == null ? 0 : told[i * step]);
    }
    Arrays.sort(differences);
    long median = differences[differences.length / 2];
    int sum = 0;
    for (long difference : differences) {
      sum += 64 - Long.numberOfLeadingZeros(Math.abs(difference - median));
    }
    return sum;
  }

  /** The sampled rows before a column is decoded. */
  private final class SampledRows implements Contexts.KnownRows {
    private final Column own;

    SampledRows(Column own) {
      this.own = own;
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
      for (Column column : columns) {
        if (column.sample().number() == other) {
          return column.sample().symbols();
        }
      }
      throw new IllegalArgumentException("no sample of column " + other);
    }

    @Override
    public long[] told(int other) {
      long[] told = translation.told(other, own.sample().number(), symbols(other));
      if (told == null) {
        throw new IllegalArgumentException("column " + other + " has other symbols");
      }
      return told;
    }
  }
}
