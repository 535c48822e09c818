package org.jetfold.cli.compress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.TrainingRecord;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;

/**
 * The bits that a density model takes for its columns, beside those that it took at its training:
 * data that drift away from those of the training take more. Also where a file holds a column
 * without the model, which takes fewer then, these are the model's.
 *
 * @param model what the model is called
 * @param columns of the model, in its order
 * @param rows that the bits are the mean of
 */
record ModelDrift(String model, List<ColumnDrift> columns, long rows) {
  /** In smaller tables, what a block costs beside its values would look like drift. */
  private static final long MIN_ROWS = 1000;

  /** The excess from which a column is warned of: as a share of its bits, and in bits per value. */
  private static final double MIN_SHARE = 0.1;

  private static final double MIN_BITS = 0.2;

  ModelDrift {
    columns = List.copyOf(columns);
  }

  /** The bits per value of a column. */
  record ColumnDrift(String name, double now, double trained) {
    boolean isLarge() {
      return now - trained >= Math.max(MIN_BITS, MIN_SHARE * trained);
    }
  }

  /** The bits in a file, for each model that tells those of its training. */
  static List<ModelDrift> of(Compression plan, Compressor.Summary summary, TableShape shape) {
    return IntStream.range(0, plan.modelUses().size())
        .mapToObj(model -> of(plan, model, summary, shape))
        .flatMap(Optional::stream)
        .toList();
  }

  /** What a plan's model is called: one of several by its collection. */
  static String name(Compression plan, int model) {
    List<Integer> columns = plan.modelColumns(model);
    if (plan.modelUses().size() == 1 || columns.isEmpty()) {
      return "the model";
    }
    String collection = plan.schema().path(plan.schema().groupOf(columns.getFirst()));
    return "the model of " + (collection.isEmpty() ? "event values" : collection);
  }

  private static Optional<ModelDrift> of(
      Compression plan, int number, Compressor.Summary summary, TableShape shape) {
    if (!(plan.modelUses().get(number).model() instanceof DensityModel model
        && model.training().isPresent())) {
      return Optional.empty();
    }
    TrainingRecord training = model.training().get();
    List<String> names = model.description().columns().stream().map(ModelColumn::name).toList();
    List<ColumnDrift> columns = new ArrayList<>();
    long rows = 0;
    for (int column : plan.modelColumns(number)) {
      int j = names.indexOf(plan.schema().columns().get(column).name());
      rows = shape.values(column);
      columns.add(
          new ColumnDrift(
              plan.precisions().names().get(column),
              rows == 0 ? 0 : 8.0 * summary.modelBytes().get(column) / rows,
              training.columns().get(j).bits()));
    }
    return Optional.of(new ModelDrift(name(plan, number), columns, rows));
  }

  private double now() {
    return columns.stream().mapToDouble(ColumnDrift::now).sum();
  }

  private double trained() {
    return columns.stream().mapToDouble(ColumnDrift::trained).sum();
  }

  /** The columns that take much more than at the training; none in a small table. */
  List<ColumnDrift> large() {
    return rows < MIN_ROWS ? List.of() : columns.stream().filter(ColumnDrift::isLarge).toList();
  }

  /**
   * Says what the columns take, and warns of those that take much more than at the training.
   *
   * @param shown the file's name
   */
  void say(String shown, Streams streams, boolean quiet) {
    List<ColumnDrift> large = large();
    if (!quiet && rows > 0) {
      streams.say(
          "%s: %s takes %s bits per row for its columns, and took %s at its training"
              .formatted(
                  shown, model, Quantities.decimal(now(), 2), Quantities.decimal(trained(), 2)));
    }
    if (large.isEmpty()) {
      return;
    }
    streams.warn(
        "%s: %s takes at least %.0f %% more bits than at its training for %s: these data differ from those; train a model on such data, or go on from this one with 'jetfold train --start'"
            .formatted(
                shown,
                model,
                100 * MIN_SHARE,
                Quantities.names(large.stream().map(ColumnDrift::name).toList())));
    if (!quiet) {
      TextTable table = new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT);
      table.line("column", "bits now", "at training").rule();
      for (ColumnDrift column : large) {
        table.line(
            Streams.printable(column.name()),
            Quantities.decimal(column.now(), 2),
            Quantities.decimal(column.trained(), 2));
      }
      table.lines().forEach(line -> streams.err().println("  " + line));
    }
  }
}
