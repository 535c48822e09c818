package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.CompressionOptions;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.bumphunt.DijetMass;
import org.jetfold.study.bumphunt.Observable;
import org.jspecify.annotations.Nullable;

/**
 * What a bump hunt needs of a table: the columns of the observable, and those of the model.
 *
 * @param observable in this table
 * @param precisions one for each of the columns
 */
record BumpHuntInput(Observable observable, Table table, List<Precision> precisions) {
  /** Reads tables as the options of a bump hunt say. */
  record Reader(
      StudyOptions study,
      ObservableOptions observables,
      CompressionOptions compression,
      @Nullable EnergyUnit unit,
      long seed,
      Streams streams) {

    /**
     * Reads a table.
     *
     * @param like the background, with which the table will be mixed; null for the background
     */
    BumpHuntInput read(String name, @Nullable BumpHuntInput like) throws IOException {
      try (TableSource source = study.open(name, streams)) {
        return read(name, source, like);
      } catch (StudyException e) {
        throw new CommandFailure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
      } catch (IOException | RuntimeException | Error e) {
        throw Failures.about(name, e);
      }
    }

    private BumpHuntInput read(String name, TableSource source, @Nullable BumpHuntInput like)
        throws IOException, StudyException {
      Schema schema = source.schema();
      Observable wanted =
          like == null ? observables.of(schema, unit) : like.observable().of(schema);
      List<Integer> columns = new ArrayList<>(wanted.columns());
      Compression plan = compression.plan(schema);
      plan.modelColumns().stream().filter(coded -> !columns.contains(coded)).forEach(columns::add);
      if (columns.stream()
          .anyMatch(one -> schema.groupOf(one) != schema.groupOf(columns.getFirst()))) {
        throw new StudyException("the model codes other columns than those of the jets");
      }
      List<Precision> precisions = plan.askedPrecisions();
      int weightColumn = observables.weightColumn(schema);
      List<Table> pieces = new ArrayList<>();
      List<double[]> weights = new ArrayList<>();
      for (Table piece = source.next(StudyOptions.ROWS);
          piece != null;
          piece = source.next(StudyOptions.ROWS)) {
        pieces.add(Observable.projected(piece, columns));
        if (weightColumn >= 0) {
          weights.add(
              Observable.column(schema, schema.columns().get(weightColumn).name()).values(piece));
        }
      }
      if (pieces.isEmpty()) {
        throw new CommandFailure(ExitCode.FAILED, name + ": holds a table without rows");
      }
      Table table = Table.joined(pieces);
      if (like != null && !table.schema().columns().equals(like.table().schema().columns())) {
        throw new StudyException(
            "the columns differ from those of the background in name or type, so they cannot be"
                + " mixed");
      }
      if (weightColumn >= 0) {
        table = unweighted(schema, weightColumn, weights, table);
      }
      Observable observable = wanted.of(table.schema());
      if (observable instanceof DijetMass dijets && !dijets.unitKnown()) {
        observable = dijets.inUnit(unitOf(name, dijets, table));
      }
      return new BumpHuntInput(
          observable,
          like == null ? table : renamed(table, like.table()),
          columns.stream().map(precisions::get).toList());
    }

    private Table unweighted(Schema schema, int column, List<double[]> weights, Table table)
        throws StudyException {
      Table drawn =
          observables.unweighted(
              table,
              schema.columns().get(column).name(),
              weights.stream().flatMapToDouble(Arrays::stream).toArray(),
              seed);
      if (drawn != table) {
        study.say(
            "%s of %s are left with weight 1"
                .formatted(
                    Quantities.count(drawn.rootEntries(), "event"),
                    Quantities.count(table.rootEntries(), "event")),
            streams);
      }
      return drawn;
    }

    private double unitOf(String name, DijetMass dijets, Table table) {
      double likely = dijets.likelyUnit(table);
      study.say(
          "%s: nothing says the unit of pT; by its size it is %s (--unit)"
              .formatted(name, likely == 1 ? "GeV" : "MeV"),
          streams);
      return likely;
    }
  }

  /** The table with the schema of another, from which it differs in its collection's name alone. */
  private static Table renamed(Table table, Table like) {
    List<ColumnValues> values = new ArrayList<>();
    for (int number = 0; number < table.schema().columns().size(); number++) {
      values.add(table.values(number));
    }
    return new Table(
        like.schema(),
        table.rootEntries(),
        table.schema().hasEvents() ? List.of(table.offsets(1)) : List.of(),
        values);
  }
}
