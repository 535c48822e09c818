package org.jetfold.study.dimension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.JetCollection;
import org.jetfold.codec.derived.JetNames;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;

/**
 * Some variables of the same rows.
 *
 * @param names one for each variable
 * @param columns the values of each variable
 */
public record VariableSet(List<String> names, double[][] columns) {
  /** Copies the list. */
  public VariableSet {
    names = List.copyOf(names);
  }

  /** The number of rows. */
  public int rows() {
    return columns.length == 0 ? 0 : columns[0].length;
  }

  /**
   * The same jets with the energy E in place of the mass m; nothing where they have no m, pt and
   * eta, or have E already.
   */
  public Optional<VariableSet> withEnergy() {
    JetNames jets = new JetNames(names);
    int mass = jets.find("m", "mass");
    int pt = jets.find("pt");
    int eta = jets.find("eta");
    if (mass < 0 || pt < 0 || eta < 0 || names.contains("E")) {
      return Optional.empty();
    }
    Table table =
        new Table(
            Schema.flat(names.stream().map(name -> new Column(name, ValueType.FLOAT64)).toList()),
            rows(),
            List.of(),
            Arrays.stream(columns).<ColumnValues>map(ColumnValues.Doubles::new).toList());
    JetCollection flat = JetCollection.all(table.schema()).getFirst();
    double[][] other = columns.clone();
    other[mass] = DerivedQuantities.ofJets("E", flat).values(table);
    List<String> otherNames = new ArrayList<>(names);
    otherNames.set(mass, "E");
    return Optional.of(new VariableSet(otherNames, other));
  }

  /**
   * Estimates the dimension, with each variable on the scale of its normal scores.
   *
   * @param seed where random numbers start
   * @param threads at least 1; the result does not depend on it
   * @param progress is told how much is done of {@link IntrinsicDimension#work}
   * @return from the largest sample to the smallest
   * @throws StudyException where there are too few rows
   */
  public List<IntrinsicDimension.AtScale> dimension(long seed, int threads, LongConsumer progress)
      throws StudyException {
    double[][] points = new double[rows()][columns.length];
    for (int column = 0; column < columns.length; column++) {
      double[] scores = NormalScores.of(columns[column]);
      for (int row = 0; row < scores.length; row++) {
        points[row][column] = scores[row];
      }
    }
    return IntrinsicDimension.of(points, points.length, seed, threads, progress);
  }
}
