package org.jetfold.study.bumphunt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.StudyException;
import org.jspecify.annotations.Nullable;

/**
 * What a bump hunt needs of a table, in memory: the columns of the observable, and those of a
 * model. Immutable.
 *
 * @param observable in this table
 * @param precisions one for each of the columns
 * @param weights one for each event; null where events count one each
 * @param eventsRead how many events the table has; more than are here where weighted events were
 *     drawn
 * @param weight the column of the events' weights; null where there is none
 * @param estimatedUnit the unit of pT, where nothing but its size told it; otherwise null
 */
public record BumpHuntInput(
    Observable observable,
    Table table,
    List<Precision> precisions,
    double @Nullable [] weights,
    int eventsRead,
    @Nullable EventWeight weight,
    @Nullable EnergyUnit estimatedUnit) {
  /** Copies the list. */
  public BumpHuntInput {
    precisions = List.copyOf(precisions);
  }

  /** The events in which a bump is looked for. */
  public WeightedTable events() {
    return new WeightedTable(table, weights);
  }

  /** Makes the observable of a table. */
  @FunctionalInterface
  public interface ObservableChoice {
    /** The observable of a table with this schema. */
    Observable of(Schema schema) throws StudyException;
  }

  /**
   * How tables are read.
   *
   * @param observable that of the background
   * @param plan what compression does to a table of this schema
   * @param weight the column of the events' weights; null for the one that looks like it, if any
   * @param resample whether events of weight 1 are drawn from weighted ones of the background, as
   *     they always are of a signal
   * @param seed where the random numbers of drawing start
   */
  public record Reader(
      ObservableChoice observable,
      Function<Schema, Compression> plan,
      @Nullable String weight,
      boolean resample,
      long seed) {
    /** Reads the table in which a bump is looked for. */
    public BumpHuntInput background(TableSource source) throws IOException, StudyException {
      return read(source, null);
    }

    /** Reads a table whose events are to be mixed into the background. */
    public BumpHuntInput signal(TableSource source, BumpHuntInput background)
        throws IOException, StudyException {
      return read(source, background);
    }

    private BumpHuntInput read(TableSource source, @Nullable BumpHuntInput like)
        throws IOException, StudyException {
      Schema schema = source.schema();
      Observable wanted = like == null ? observable.of(schema) : like.observable.of(schema);
      Compression compression = plan.apply(schema);
      List<Integer> columns = columns(schema, wanted, compression);
      EventWeight weighted =
          weight == null
              ? EventWeight.find(schema).orElse(null)
              : EventWeight.named(schema, weight);
      List<Table> pieces = new ArrayList<>();
      List<double[]> weights = new ArrayList<>();
      source.forEachPiece(piece -> {
        pieces.add(Observable.projected(piece, columns));
        if (weighted != null) {
          weights.add(Doubles.of(piece, weighted.column()));
        }
      });
      if (pieces.isEmpty()) {
        throw new StudyException("the table has no rows");
      }
      Table all = Table.joined(pieces);
      if (like != null && !all.schema().columns().equals(like.table.schema().columns())) {
        throw new StudyException(
            "the columns differ from those of the background in name or type, so they cannot be"
                + " mixed");
      }
      double[] different = weighted == null ? null : different(joined(weights));
      Table table = all;
      double[] kept = different;
      if (different != null) {
        requirePositive(different);
        if (resample || like != null) {
          table = EventSampling.unitWeights(all, different, seed);
          kept = null;
        }
      }
      Observable found = wanted.of(table.schema());
      EnergyUnit estimated = null;
      if (found instanceof DijetMass dijets && dijets.unit() == null) {
        estimated = dijets.estimatedUnit(table);
        found = dijets.inUnit(estimated);
      }
      List<Precision> precisions = compression.askedPrecisions();
      return new BumpHuntInput(
          found,
          like == null ? table : renamed(table, like.table),
          columns.stream().map(precisions::get).toList(),
          kept,
          all.rootEntries(),
          weighted,
          estimated);
    }

    private static List<Integer> columns(
        Schema schema, Observable observable, Compression compression) throws StudyException {
      List<Integer> columns = new ArrayList<>(observable.columns());
      IntStream.range(0, compression.modelUses().size())
          .mapToObj(compression::modelColumns)
          .flatMap(List::stream)
          .filter(coded -> !columns.contains(coded))
          .forEach(columns::add);
      if (columns.stream()
          .anyMatch(one -> schema.groupOf(one) != schema.groupOf(columns.getFirst()))) {
        throw new StudyException("the model codes other columns than those of the jets");
      }
      return columns;
    }

    private static double[] joined(List<double[]> parts) {
      return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** Events whose weights are all equal count one each. */
    private static double @Nullable [] different(double[] weights) {
      return Arrays.stream(weights).allMatch(value -> value == weights[0]) ? null : weights;
    }

    private static void requirePositive(double[] weights) throws StudyException {
      for (int event = 0; event < weights.length; event++) {
        if (!(weights[event] >= 0 && weights[event] < Double.POSITIVE_INFINITY)) {
          throw new StudyException(
              "event %d has the weight %s: bumps are looked for with weights from 0 on"
                  .formatted(event, weights[event]));
        }
      }
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
