package org.jetfold.cli.study;

import java.util.Arrays;
import java.util.Locale;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.bumphunt.DijetMass;
import org.jetfold.study.bumphunt.EventSampling;
import org.jetfold.study.bumphunt.Observable;
import org.jetfold.study.dijet.LeadingDijet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which value of which events a bump is looked for. */
final class ObservableOptions {
  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "Look at this value of the rows or events instead of the dijet mass.")
  @Nullable String column;

  @Option(
      names = "--y-star",
      paramLabel = "Y",
      description = "Events count whose |y*| is below this. Default: 0.6.")
  double yStar = LeadingDijet.DEFAULT_MAX_Y_STAR;

  @Option(
      names = "--weight",
      paramLabel = "NAME",
      description =
          "The events' weight. By default the event value that has 'weight' in its name, if any.")
  @Nullable String weight;

  @Option(
      names = "--resample",
      description = "Draw events of weight 1 from weighted ones, which are refused without this.")
  boolean resample;

  /** The observable of a table. */
  Observable of(Schema schema, @Nullable EnergyUnit unit) throws StudyException {
    if (column != null) {
      return Observable.column(schema, column);
    }
    DijetMass dijets = DijetMass.of(schema, yStar);
    return unit == null ? dijets : dijets.inUnit(unit.inGev());
  }

  /** The column of the events' weights; −1 where there is none. */
  int weightColumn(Schema schema) throws StudyException {
    for (int number = 0; number < schema.columns().size(); number++) {
      if (schema.groupOf(number) == 0) {
        String name = schema.columns().get(number).name();
        boolean found =
            weight == null
                ? schema.hasEvents() && name.toLowerCase(Locale.ROOT).contains("weight")
                : name.equals(weight);
        if (found) {
          return number;
        }
      }
    }
    if (weight != null) {
      throw new StudyException("--weight: no value of the events is called " + weight);
    }
    return -1;
  }

  /** Events that count one each: all, where the weights are equal, or drawn ones. */
  Table unweighted(Table table, String called, double[] weights, long seed) throws StudyException {
    if (Arrays.stream(weights).allMatch(value -> value == weights[0])) {
      return table;
    }
    if (!resample) {
      throw new StudyException(
          "the events have weights (%s), and Poisson statistics are for events that count one each: draw such events with --resample, or name a column of ones with --weight"
              .formatted(called));
    }
    return EventSampling.unitWeights(table, weights, seed);
  }
}
