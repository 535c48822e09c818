package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.SeedOption;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.dimension.IntrinsicDimension;
import org.jetfold.study.dimension.RowSample;
import org.jetfold.study.dimension.VariableSet;
import org.jetfold.study.report.DimensionReport;
import org.jetfold.study.residual.EventWeights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold study dimension}. */
@Command(
    name = "dimension",
    description =
        "Estimates the intrinsic dimension of a table's columns: how many independent numbers they"
            + " hold. The samples get smaller and smaller.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold study dimension jets.npz --columns m,pt,eta,phi",
      "  jetfold study dimension nano.root --collection Jet --sample 50000",
      "",
      "Each column is put on the scale of its normal scores. Where m, pt, eta and phi are looked",
      "at, so are E, pt, eta and phi. docs/dimension.md tells how to read the figures.",
    })
final class DimensionCommand implements Callable<Integer> {
  private static final int MIN_SAMPLE = 500;
  private static final int MAX_SAMPLE = 10_000_000;

  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "The table.")
  String input = "";

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "How many rows to look at, drawn at random. Default: 20000.")
  int size = 20_000;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description =
          "Draw rows with a chance proportional to the size of their event's (or row's) weight in"
              + " this column.")
  @Nullable String weight;

  @Mixin SeedOption random = new SeedOption();
  @Mixin StudyOptions study = new StudyOptions();

  DimensionCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    study.output.check(List.of(input), streams);
    study.reading.readToo(weight);
    if (size < MIN_SAMPLE || size > MAX_SAMPLE) {
      throw CommandFailure.usage(
          "--sample must be between %d and %d rows, was %d"
              .formatted(MIN_SAMPLE, MAX_SAMPLE, size));
    }
    VariableSet asked = sample();
    List<VariableSet> sets = new ArrayList<>(List.of(asked));
    asked.withEnergy().ifPresent(sets::add);
    List<DimensionReport.Studied> studied = new ArrayList<>();
    long work = IntrinsicDimension.work(asked.rows());
    try (Progress progress =
        Progress.start(streams, study.working, input, work * sets.size(), "row")) {
      for (VariableSet set : sets) {
        long before = work * studied.size();
        studied.add(
            new DimensionReport.Studied(
                set.names(),
                set.dimension(
                    random.seed, study.working.threads(), done -> progress.accept(before + done))));
      }
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    }
    study.output.write(DimensionReport.of(input, studied), streams);
    return ExitCode.OK;
  }

  private VariableSet sample() throws IOException {
    try (TableSource source = study.open(input, streams)) {
      int[] numbers = columns(source.schema());
      RowSample sample = new RowSample(numbers, size, random.seed);
      if (weight == null) {
        source.forEachPiece(sample::add);
      } else {
        addWeighted(source, sample, source.schema().groupOf(numbers[0]));
      }
      if (sample.passedOver() > 0) {
        streams.say(
            "warning: %s: %s with NaN or infinity are left out"
                .formatted(input, Quantities.count(sample.passedOver(), "row")));
      }
      List<Column> all = source.schema().columns();
      return new VariableSet(
          Arrays.stream(numbers).mapToObj(number -> all.get(number).name()).toList(),
          sample.columns());
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": --weight: " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
  }

  private void addWeighted(TableSource source, RowSample sample, int group)
      throws IOException, StudyException {
    EventWeights weights = EventWeights.named(weight, source.schema(), "the table");
    for (Table piece = source.next(TableSource.PIECE_ROWS);
        piece != null;
        piece = source.next(TableSource.PIECE_ROWS)) {
      sample.add(piece, weights.ofEntries(piece, group));
    }
  }

  /** The float columns of the group that has the most of them. */
  private int[] columns(Schema schema) {
    int[] best = {};
    for (int group = 0; group < schema.groups().size(); group++) {
      int wanted = group;
      int[] floats =
          IntStream.range(0, schema.columns().size())
              .filter(number -> schema.groupOf(number) == wanted)
              .filter(number -> schema.columns().get(number).mayLoseBits())
              .filter(number -> !schema.columns().get(number).name().equals(weight))
              .toArray();
      best = floats.length > best.length ? floats : best;
    }
    if (best.length == 0) {
      throw CommandFailure.usage(
          input + ": has no float columns, of which a dimension could be told");
    }
    return best;
  }
}
