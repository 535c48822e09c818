package org.jetfold.codec.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jetfold.codec.entropy.Contexts.Source;
import org.jspecify.annotations.Nullable;

/**
 * The contexts that may be worth a closer look for a column: a quick look at all pairs of columns
 * finds those whose sizes say most about it, and those to which differences vary least. Immutable.
 */
final class ContextCandidates {
  /** Of more columns, only these many before and behind one are looked at. */
  private static final int NEIGHBOURS = 32;

  private static final int SOURCES = 3;
  private static final int REFERENCES = 2;

  private final List<SampledColumn> columns;
  private final boolean areInLists;

  /** The places of all rows in their lists, and of those behind the first, in increasing order. */
  private final long[] sortedPlaces;

  private final long[] sortedBehindFirst;
  private final int total;
  private final ContextSearch.Translation translation;

  ContextCandidates(
      List<SampledColumn> columns,
      int @Nullable [] places,
      int total,
      ContextSearch.Translation translation) {
    this.columns = columns;
    areInLists = places != null;
    sortedPlaces =
        Arrays.stream(places == null ? new int[0] : places).sorted().asLongStream().toArray();
    sortedBehindFirst = Arrays.stream(sortedPlaces).filter(place -> place > 0).toArray();
    this.total = total;
    this.translation = translation;
  }

  /** The candidates for one of the columns, which are counted from 0. */
  List<Contexts> of(int index) {
    List<SampledColumn> sources = sources(index);
    List<SampledColumn> references = references(index);
    SampledColumn best = sources.isEmpty() ? null : sources.getFirst();
    List<Contexts> candidates = new ArrayList<>();
    for (int contexts : numbersOfContexts()) {
      if (areInLists) {
        add(new Reference.None(), null, contexts, candidates);
        add(new Reference.RowBefore(), null, contexts, candidates);
        if (best != null) {
          add(new Reference.RowBefore(), best, contexts, candidates);
        }
      }
      for (SampledColumn source : sources) {
        add(new Reference.None(), source, contexts, candidates);
      }
      for (SampledColumn referred : references) {
        Reference told = new Reference.OtherColumn(referred.number());
        add(told, referred, contexts, candidates);
        if (best != null && best != referred) {
          add(told, best, contexts, candidates);
        }
      }
    }
    for (SampledColumn referred : references) {
      candidates.add(alone(new Reference.OtherColumn(referred.number())));
    }
    if (areInLists) {
      candidates.add(alone(new Reference.RowBefore()));
    }
    return candidates;
  }

  private static Contexts alone(Reference reference) {
    return new Contexts(reference, new Source.Nothing(), List.of());
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
      Reference reference, @Nullable SampledColumn source, int number, List<Contexts> candidates) {
    boolean behindFirst = reference instanceof Reference.RowBefore;
    int most = behindFirst ? number - 1 : number;
    long[] limits =
        source == null
            ? SampledColumn.limits(behindFirst ? sortedBehindFirst : sortedPlaces, most, 0)
            : source.limitsOfContexts(most, behindFirst);
    if (limits.length > 0) {
      candidates.add(
          new Contexts(
              reference,
              source == null ? new Source.Place() : new Source.OtherColumn(source.number()),
              Arrays.stream(limits).boxed().toList()));
    }
  }

  private List<Integer> others(int index) {
    boolean all = columns.size() <= 2 * NEIGHBOURS;
    int from = all ? 0 : Math.max(0, index - NEIGHBOURS);
    int to = all ? columns.size() : Math.min(columns.size(), index + NEIGHBOURS + 1);
    List<Integer> others = new ArrayList<>();
    for (int other = from; other < to; other++) {
      if (other != index) {
        others.add(other);
      }
    }
    return others;
  }

  /** The columns whose sizes say most about one, beginning with the best. */
  private List<SampledColumn> sources(int index) {
    record Scored(int column, double information) {}
    SampledColumn own = columns.get(index);
    return others(index).stream()
        .map(other -> new Scored(other, information(own, columns.get(other).classes())))
        .filter(scored -> scored.information() > 0)
        .sorted(Comparator.comparingDouble(Scored::information).reversed())
        .limit(SOURCES)
        .map(scored -> columns.get(scored.column()))
        .toList();
  }

  /**
   * How many bits all rows' classes tell about a column's bins (their mutual information), less
   * what chance alone would.
   */
  private static double information(SampledColumn own, byte[] classes) {
    byte[] bins = own.bins();
    int[] counts = new int[Contexts.MOST * SampledColumn.BINS];
    int[] ofOddRows = new int[counts.length];
    // Adding to the counter that was just written would have to wait for it.
    int row = 0;
    for (; row < bins.length - 1; row += 2) {
      counts[classes[row] * SampledColumn.BINS + bins[row]]++;
      ofOddRows[classes[row + 1] * SampledColumn.BINS + bins[row + 1]]++;
    }
    if (row < bins.length) {
      counts[classes[row] * SampledColumn.BINS + bins[row]]++;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += ofOddRows[i];
    }
    double information = bins.length * Log2.of(bins.length);
    int[] ofBins = new int[SampledColumn.BINS];
    int usedClasses = 0;
    for (int c = 0; c < Contexts.MOST; c++) {
      int ofClass = 0;
      for (int bin = 0; bin < ofBins.length; bin++) {
        int count = counts[c * SampledColumn.BINS + bin];
        ofClass += count;
        ofBins[bin] += count;
        information += nLogN(count);
      }
      information -= nLogN(ofClass);
      usedClasses += ofClass > 0 ? 1 : 0;
    }
    int usedBins = 0;
    for (int ofBin : ofBins) {
      information -= nLogN(ofBin);
      usedBins += ofBin > 0 ? 1 : 0;
    }
    return information - (usedClasses - 1) * (usedBins - 1) * 0.72;
  }

  private static double nLogN(int n) {
    return n == 0 ? 0 : n * Log2.of(n);
  }

  /** The columns to which differences vary least, beginning with the best. */
  private List<SampledColumn> references(int index) {
    record Scored(int column, int length) {}
    SampledColumn own = columns.get(index);
    int ownLength = spread(own.looked(), null);
    List<Scored> scored = new ArrayList<>();
    for (int other : others(index)) {
      SampledColumn column = columns.get(other);
      long[] told = translation.told(column.number(), own.number(), column.looked());
      int length = told == null ? Integer.MAX_VALUE : spread(own.looked(), told);
      if (length < ownLength) {
        scored.add(new Scored(other, length));
      }
    }
    return scored.stream()
        .sorted(Comparator.comparingInt(Scored::length))
        .limit(REFERENCES)
        .map(best -> columns.get(best.column()))
        .toList();
  }

  /** Summed lengths of differences, less their median. */
  private static int spread(long[] symbols, long @Nullable [] told) {
    long[] differences = new long[symbols.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = symbols[i] - (told == null ? 0 : told[i]);
    }
    long median = median(differences);
    int sum = 0;
    for (long difference : differences) {
      sum += 64 - Long.numberOfLeadingZeros(Math.abs(difference - median));
    }
    return sum;
  }

  /** The median of at least one number, which it puts in another order (Hoare's selection). */
  private static long median(long[] numbers) {
    int middle = numbers.length / 2;
    int low = 0;
    int high = numbers.length - 1;
    while (low < high) {
      long pivot = numbers[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (numbers[i] < pivot) {
          i++;
        }
        while (numbers[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long smaller = numbers[j];
          numbers[j--] = numbers[i];
          numbers[i++] = smaller;
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return numbers[middle];
      }
    }
    return numbers[middle];
  }
}
