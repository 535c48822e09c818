package org.jetfold.cli.study;

import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.bumphunt.DijetMass;
import org.jetfold.study.bumphunt.Observable;
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
      names = "--jets",
      paramLabel = "COLLECTION",
      description =
          "The collection of which the dijet mass is computed. Default: the one that is named after"
              + " jets.")
  @Nullable String jets;

  @Option(
      names = "--y-star",
      paramLabel = "Y",
      description = "Events count whose |y*| is below this. Default: 0.6.")
  double yStar = DijetMass.DEFAULT_MAX_Y_STAR;

  @Option(
      names = "--weight",
      paramLabel = "NAME",
      description =
          "The events' weight. Default: the event value with 'weight' in its name, if any; of"
              + " several, the whole weight (genWeight) before a correction (btagWeight_CSVV2).")
  @Nullable String weight;

  @Option(
      names = "--resample",
      description =
          "Draw events of weight 1 from weighted ones, instead of weighting the spectrum.")
  boolean resample;

  /** The observable of a table. */
  Observable of(Schema schema, @Nullable EnergyUnit unit) throws StudyException {
    if (column != null) {
      return Observable.column(schema, column);
    }
    DijetMass dijets;
    try {
      dijets = DijetMass.of(schema, jets, yStar);
    } catch (UnclearJetsException e) {
      throw new StudyException(e.getMessage() + ": name it with --jets");
    } catch (StudyException e) {
      throw schema.hasEvents()
          ? e
          : new StudyException(
              e.getMessage() + ": name the column that marks them with --event-column");
    }
    return unit == null ? dijets : dijets.inUnit(unit);
  }
}
