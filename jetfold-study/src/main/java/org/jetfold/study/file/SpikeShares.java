package org.jetfold.study.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ColumnScale;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;

/**
 * How many of a column's values are spikes: values that a file keeps bit for bit because they
 * repeat far more often than their neighbours.
 *
 * @param shares for each column, for each of its spikes in increasing order, the part of its values
 */
public record SpikeShares(List<List<Double>> shares) {
  /** Of a large file, so many blocks are decoded. */
  private static final int MAX_BLOCKS = 32;

  /** Copies the lists. */
  public SpikeShares {
    shares = shares.stream().map(List::copyOf).toList();
  }

  /**
   * Counts them in the columns that have some; of a file with many blocks, in some that are evenly
   * spread over it.
   *
   * @return nothing where a model is missing that such a column needs, or a block is damaged
   * @throws IOException where the file cannot be read
   */
  public static Optional<SpikeShares> of(Decompressor file) throws IOException {
    List<ColumnScale> scales = file.scales();
    Set<Integer> columns = new TreeSet<>();
    for (int column = 0; column < scales.size(); column++) {
      if (!scales.get(column).spikes().isEmpty()) {
        columns.add(column);
      }
    }
    List<long[]> counts = scales.stream().map(scale -> new long[scale.spikes().size()]).toList();
    long[] values = new long[scales.size()];
    if (!columns.isEmpty()) {
      Projection projection = Projection.of(file.header().schema(), columns);
      int blocks = file.footer().blocks().size();
      int decoded = Math.min(blocks, MAX_BLOCKS);
      for (int i = 0; i < decoded; i++) {
        try {
          count(
              file.readBlock((int) ((long) i * blocks / decoded), projection),
              projection,
              scales,
              counts,
              values);
        } catch (MissingModelException | DamagedFileException ignored) {
          return Optional.empty();
        }
      }
    }
    List<List<Double>> shares = new ArrayList<>();
    for (int column = 0; column < scales.size(); column++) {
      double all = Math.max(1, values[column]);
      shares.add(Arrays.stream(counts.get(column)).mapToObj(count -> count / all).toList());
    }
    return Optional.of(new SpikeShares(shares));
  }

  private static void count(
      Table block,
      Projection projection,
      List<ColumnScale> scales,
      List<long[]> counts,
      long[] values) {
    for (int i = 0; i < projection.columns().size(); i++) {
      int column = projection.columns().get(i);
      double[] spikes =
          scales.get(column).spikes().stream().mapToDouble(Double::doubleValue).toArray();
      double[] found = Doubles.of(block, i);
      values[column] += found.length;
      for (double value : found) {
        int spike = Arrays.binarySearch(spikes, value);
        if (spike >= 0) {
          counts.get(column)[spike]++;
        }
      }
    }
  }
}
