package org.jetfold.cli.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.residual.EventWeights;
import org.jetfold.train.KnownUnit;
import org.jetfold.train.RowWeights;
import org.jetfold.train.autoencoder.AutoencoderSample;
import org.jetfold.train.autoencoder.AutoencoderSampleReader;
import org.jetfold.train.density.SampleReader;
import org.jspecify.annotations.Nullable;

/** Reads what a network is trained on, and says what was found out without being asked. */
public final class NetworkInputReader {
  private final Streams streams;
  private final ReadingOptions reading;
  private final WorkingOptions working;
  private final NetworkInputs inputs;

  /** A reader of the columns of a network. */
  public NetworkInputReader(
      Streams streams, ReadingOptions reading, WorkingOptions working, NetworkInputs inputs) {
    this.streams = streams;
    this.reading = reading;
    this.working = working;
    this.inputs = inputs;
  }

  /**
   * What was read.
   *
   * @param sample the jets
   * @param unit of their energies; null where none is known
   * @param name of the first table, for messages
   */
  public record Inputs(AutoencoderSample sample, @Nullable EnergyUnit unit, String name) {}

  /**
   * Reads tables to their ends.
   *
   * @param precisions to which values are rounded before
   * @param kept names of variables that are stored by themselves
   * @param variableWeights weights of variables in the loss, by name; 1 for others
   * @param weight the column of the events' weights; null for 1 each
   */
  public Inputs read(
      List<String> tables,
      PrecisionRules precisions,
      List<String> kept,
      Map<String, Double> variableWeights,
      @Nullable String weight) {
    AutoencoderSampleReader reader =
        new AutoencoderSampleReader(inputs.variables(), SampleReader.MAX_VALUES);
    reading.readToo(weight);
    for (String table : tables) {
      try (TableSource source = reading.open(table, working.threads(), streams)) {
        Schema schema = source.schema();
        reader.read(source, precisions.resolve(schema).columns(), weights(weight, table, schema));
      } catch (IOException | RuntimeException | Error e) {
        throw Failures.about(table, e);
      }
    }
    String name = tables.getFirst();
    try {
      KnownUnit known = reader.unit(inputs.unit());
      AutoencoderSample sample =
          reader.sample(known.unit(), inputs.scheme(), kept, variableWeights, inputs.azimuths());
      announce(name, known, sample);
      return new Inputs(sample, known.unit(), name);
    } catch (JetfoldException e) {
      throw Failures.about(name, e);
    }
  }

  /** The weights of a table's rows; null for 1 each. */
  static @Nullable RowWeights weights(@Nullable String weight, String table, Schema schema) {
    if (weight == null) {
      return null;
    }
    try {
      return new ColumnWeights(EventWeights.named(weight, schema, "the table"));
    } catch (StudyException e) {
      throw CommandFailure.usage("%s: --weight: %s".formatted(table, e.getMessage()), e);
    }
  }

  private record ColumnWeights(EventWeights weights) implements RowWeights {
    @Override
    public int column() {
      return weights.column();
    }

    @Override
    public double[] ofEvents(Table piece) {
      return weights.ofEntries(piece, 0);
    }
  }

  private void announce(String name, KnownUnit known, AutoencoderSample sample) {
    EnergyUnit unit = known.unit();
    if (unit != null) {
      working.say(
          streams, "%s: energies are in %s, %s".formatted(name, unit.symbol(), known.reason()));
    }
    if (!sample.azimuths().isEmpty()) {
      working.say(
          streams,
          "%s: azimuths, which come round: %s"
              .formatted(name, Quantities.names(sample.azimuths())));
    }
    List<String> doubtful = sample.doubtfulAzimuths();
    if (!doubtful.isEmpty()) {
      streams.warn(
          "%s: the values of %s do not fill a turn of −π to π or 0 to 2π, as azimuths in radians do: leave such columns out of --azimuths"
              .formatted(name, Quantities.names(doubtful)));
    }
  }
}
