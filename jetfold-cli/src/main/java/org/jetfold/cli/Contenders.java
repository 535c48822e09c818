package org.jetfold.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelException;
import org.jetfold.codec.pipeline.ModelBinding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/** The rows of a comparison: every codec at its settings. */
final class Contenders {
  /** Mantissa bits that are kept, from coarse to fine. */
  private static final int[] BITS = {5, 7, 9, 11, 13};

  /** What {@code --minutes} trains for. */
  private static final Precision TRAINED = new Precision.Bits(7);

  private final Table table;
  private final Schema schema;
  private final List<Boolean> lossy = new ArrayList<>();
  private final List<Double> spreads = new ArrayList<>();
  private final List<Contender> all = new ArrayList<>();

  Contenders(Table table) {
    this.table = table;
    schema = table.schema();
    for (int number = 0; number < schema.columns().size(); number++) {
      Column column = schema.columns().get(number);
      // An event's number or weight is no measurement that anybody rounds.
      boolean measured = schema.groupOf(number) > 0 || !schema.hasEvents();
      lossy.add(measured && column.mayLoseBits() && !column.eventKey());
      spreads.add(lossy.getLast() ? ComparisonErrors.spread(table.values(number)) : 0);
    }
  }

  /** For each column whether settings are for it. */
  List<Boolean> lossy() {
    return lossy;
  }

  long lossyColumns() {
    return lossy.stream().filter(own -> own).count();
  }

  List<Contender> all() {
    return all;
  }

  void addLossless() {
    all.add(new GeneralContender(GeneralContender.Method.ZSTD, null, lossy));
    all.add(new GeneralContender(GeneralContender.Method.XZ, null, lossy));
    all.add(jetfold("exact", _ -> new Precision.Exact()));
  }

  void addStatic() {
    for (int bits : BITS) {
      all.add(jetfold("bits:" + bits, _ -> new Precision.Bits(bits)));
    }
    for (int bits : BITS) {
      all.add(
          jetfold(
              "rel:2^-%d".formatted(bits + 1),
              _ -> new Precision.Relative(Math.scalb(1.0, -bits - 1))));
    }
    for (int bits : BITS) {
      all.add(
          jetfold(
              "abs:spread/2^" + bits,
              column -> {
                double bound = Math.scalb(spreads.get(column), -bits);
                return bound > 0 ? new Precision.Absolute(bound) : new Precision.Exact();
              }));
    }
  }

  private Contender jetfold(String setting, IntFunction<Precision> precision) {
    return new JetfoldContender("Jetfold static", setting, precisions(precision), null, "");
  }

  private List<Precision> precisions(IntFunction<Precision> precision) {
    List<Precision> precisions = new ArrayList<>();
    for (int column = 0; column < lossy.size(); column++) {
      precisions.add(lossy.get(column) ? precision.apply(column) : new Precision.Exact());
    }
    return precisions;
  }

  void addTruncated() {
    for (GeneralContender.Method method : GeneralContender.Method.values()) {
      for (int bits : BITS) {
        all.add(new GeneralContender(method, new Precision.Bits(bits), lossy));
      }
    }
  }

  void addZfp(ZfpLibrary library) {
    for (int bits : BITS) {
      all.add(
          new ZfpContender(
              library,
              "abs:spread/2^" + bits,
              spreads.stream().map(spread -> Math.scalb(spread, -bits)).toList()));
    }
  }

  /** Adds a model of a file at the settings that it was trained for; other columns are exact. */
  void addModel(String file) {
    DensityModel model = ModelFiles.read(file);
    try {
      ModelBinding binding = ModelBinding.of(schema, model);
      List<Precision> precisions = precisions(_ -> new Precision.Exact());
      for (int i = 0; i < binding.columns().size(); i++) {
        precisions.set(binding.columns().get(i), model.description().columns().get(i).precision());
      }
      all.add(
          new JetfoldContender(
              "Jetfold density",
              setting(model),
              precisions,
              new Compressor.ModelUse(model, false),
              "%s (%s), not counted".formatted(file, Quantities.bytes(model.size()))));
    } catch (ModelException e) {
      throw new CommandFailure(ExitCode.USAGE, "%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String setting(DensityModel model) {
    List<Precision> settings =
        model.description().columns().stream()
            .map(column -> column.precision())
            .filter(Precision::isLossy)
            .distinct()
            .toList();
    return settings.size() == 1 ? settings.getFirst().toString() : "as trained";
  }

  /** Trains a model on the table, and adds it with its own size counted. */
  void addTrained(String shown, LearnedChoice training, int threads, List<String> notes)
      throws IOException {
    List<Precision> precisions = precisions(_ -> TRAINED);
    try (Compressor compressor = new Compressor(threads)) {
      DensityModel model =
          training
              .learn(shown, () -> JetfoldContender.source(table), precisions, compressor)
              .model();
      if (model == null) {
        notes.add("no model could be trained on this table");
        return;
      }
      all.add(
          new JetfoldContender(
              "Jetfold density",
              TRAINED.toString(),
              precisions,
              new Compressor.ModelUse(model, true),
              String.format(
                  Locale.ROOT, "trained here; its %s counted", Quantities.bytes(model.size()))));
    }
  }
}
