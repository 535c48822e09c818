package org.jetfold.cli.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.train.EmbeddedModelRun;
import org.jetfold.codec.Compression;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jspecify.annotations.Nullable;

/** The rows of a comparison: every codec at its settings. */
final class Contenders {
  /** Mantissa bits that are kept, from coarse to fine. */
  private static final int[] BITS = {5, 7, 9, 11, 13};

  /** What {@code --minutes} trains for. */
  private static final Precision TRAINED = new Precision.Bits(7);

  /** What latents of autoencoders may lose. */
  private static final List<Precision> LATENTS =
      List.of(new Precision.Exact(), new Precision.Bits(10), new Precision.Absolute(0.01));

  /** What the settings that a user asked for are called. */
  private static final String ASKED = "as asked";

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
    List<Precision.@Nullable Bits> none = new ArrayList<>();
    lossy.forEach(_ -> none.add(null));
    all.add(new GeneralContender(GeneralContender.Method.ZSTD, "exact", none));
    all.add(new GeneralContender(GeneralContender.Method.XZ, "exact", none));
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
    return new JetfoldContender(
        "Jetfold static", setting, Compression.of(schema, precisions(precision)), "");
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
        List<Precision.@Nullable Bits> kept = new ArrayList<>();
        lossy.forEach(own -> kept.add(own ? new Precision.Bits(bits) : null));
        all.add(new GeneralContender(method, "bits:" + bits, kept));
      }
    }
  }

  /**
   * Adds what the user asked for: the static model at these settings, and truncation to the fewest
   * bits that keep every value of a column within the same bound.
   */
  void addAsked(List<Precision> asked) {
    all.add(new JetfoldContender("Jetfold static", ASKED, Compression.of(schema, asked), ""));
    List<Precision.@Nullable Bits> kept = new ArrayList<>();
    for (int column = 0; column < asked.size(); column++) {
      Precision precision = asked.get(column);
      kept.add(
          precision.isLossy()
              ? ZstdBaseline.matchingBits(
                  table.values(column), schema.columns().get(column).type(), precision)
              : null);
    }
    for (GeneralContender.Method method : GeneralContender.Method.values()) {
      all.add(new GeneralContender(method, ASKED, kept));
    }
  }

  /**
   * Adds zfp at the absolute settings of the static model, and at those that the user asked for.
   *
   * @param asked null where none were
   */
  void addZfp(ZfpLibrary library, @Nullable List<Precision> asked) {
    if (asked != null) {
      all.add(ZfpContender.matching(library, ASKED, table, asked));
    }
    for (int bits : BITS) {
      all.add(
          new ZfpContender(
              library,
              "abs:spread/2^" + bits,
              spreads.stream().map(spread -> Math.scalb(spread, -bits)).toList(),
              ""));
    }
  }

  /**
   * Adds a model of a file at the precisions that it was trained for, other columns exact. Where
   * its error is only measured: with latents as they are used, and bound to the precisions that the
   * user asked for.
   *
   * @param asked null where none were
   */
  void addModel(String file, @Nullable List<Precision> asked) {
    LearnedModel model = ModelFiles.read(file);
    ModelUse use = ModelUse.of(model);
    try {
      Compression trained = Compression.asTrained(schema, use);
      String size = "%s (%s), not counted".formatted(file, Quantities.bytes(model.size()));
      if (!trained.hasMeasuredColumns()) {
        boolean same = trained.askedPrecisions().equals(asked);
        all.add(
            new JetfoldContender(
                "Jetfold density", same ? ASKED : setting(trained), trained, size));
        return;
      }
      for (Precision latents : LATENTS) {
        ModelUse with = use.withLatents(latents);
        String setting = "latents " + (latents.isLossy() ? latents : "float32");
        all.add(
            new JetfoldContender(
                "Jetfold autoencoder", setting, Compression.asTrained(schema, with), size));
        if (asked != null) {
          Compression bounded = Compression.of(schema, asked, with.withBounds(true));
          all.add(
              new JetfoldContender(
                  "Jetfold autoencoder, bounded", ASKED, bounded, setting + "; " + size));
        }
      }
    } catch (ModelException e) {
      throw new CommandFailure(ExitCode.USAGE, "%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String setting(Compression trained) {
    List<Precision> lossy =
        trained.askedPrecisions().stream().filter(Precision::isLossy).distinct().toList();
    return lossy.size() == 1 ? lossy.getFirst().toString() : "as trained";
  }

  /**
   * Trains a model on the table, and adds it with its own size counted.
   *
   * @param asked the settings that it is trained for; null for those by default
   */
  void addTrained(
      String shown, EmbeddedModelRun training, @Nullable List<Precision> asked, List<String> notes)
      throws IOException {
    Compression plan = Compression.of(schema, asked == null ? precisions(_ -> TRAINED) : asked);
    Compression trained = training.train(shown, () -> TableSource.of(table), plan);
    if (trained.modelUses().isEmpty()) {
      notes.add("no row with a model of this table: the file would not be smaller");
      return;
    }
    long models = trained.modelUses().stream().mapToLong(use -> use.model().size()).sum();
    all.add(
        new JetfoldContender(
            "Jetfold density",
            asked == null ? TRAINED.toString() : ASKED,
            trained,
            String.format(Locale.ROOT, "trained here; its %s counted", Quantities.bytes(models))));
  }
}
