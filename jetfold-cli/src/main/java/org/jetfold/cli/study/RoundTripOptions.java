package org.jetfold.cli.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.option.AutoencoderChoice;
import org.jetfold.cli.option.PrecisionAsked;
import org.jetfold.cli.train.UnitJudgement;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.pipeline.AutoencoderBinding;
import org.jetfold.codec.pipeline.ModelBinding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.study.bumphunt.RoundTrip;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a study compresses tables and restores them, if at all. */
final class RoundTripOptions {
  @Option(
      names = "--precision",
      paramLabel = "RULES",
      description = "Compress with these settings, as 'jetfold compress' does.")
  @Nullable String precision;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description = "Compress with this learned model: a density model or an autoencoder.")
  @Nullable String model;

  @Option(
      names = "--latents",
      paramLabel = "S",
      description =
          "With an autoencoder: what its latents lose: float32 (default), bits:10, abs:0.01.")
  @Nullable String latents;

  @Option(
      names = "--bounded",
      description =
          "With an autoencoder: store what it gets wrong, so that every value keeps --precision.")
  boolean bounded;

  private @Nullable LearnedModel learned;

  /** Whether anything is compressed. */
  boolean isAsked() {
    return precision != null || model != null;
  }

  /** What it is called; null without compression. */
  @Nullable String label() {
    List<String> words = new ArrayList<>();
    if (model != null) {
      words.add(model);
    }
    if (precision != null) {
      words.add(precision);
    }
    if (latents != null) {
      words.add("latents " + latents);
    }
    if (bounded) {
      words.add("bounded");
    }
    return words.isEmpty() ? null : String.join(", ", words);
  }

  /** Reads the model, and refuses options that do not suit it. */
  void check() {
    learned = model == null ? null : ModelFiles.read(model);
    AutoencoderChoice.latents(latents);
    if (!(learned instanceof Autoencoder) && (latents != null || bounded)) {
      throw CommandFailure.usage(
          "--latents and --bounded are for an autoencoder: name one with --model");
    }
    if (bounded && precision == null) {
      throw CommandFailure.usage("--bounded wants bounds: name them with --precision");
    }
  }

  /** The columns that the model sees. */
  List<Integer> columns(Schema schema) {
    return switch (learned) {
      case DensityModel density -> ModelBinding.of(schema, density).columns();
      case Autoencoder autoencoder ->
          AutoencoderBinding.of(schema, autoencoder, Set.of()).columns();
      case null, default -> List.of();
    };
  }

  /** The setting of each column; of a model's without {@code --precision} what it was made for. */
  List<Precision> precisions(Schema schema) {
    PrecisionRules rules = PrecisionAsked.of(precision, PrecisionRules.exact()).rules();
    List<Precision> chosen = new ArrayList<>(rules.resolve(schema).columns());
    if (precision == null && learned instanceof DensityModel density) {
      List<Integer> columns = columns(schema);
      for (int i = 0; i < columns.size(); i++) {
        chosen.set(columns.get(i), density.description().columns().get(i).precision());
      }
    }
    return chosen;
  }

  /**
   * The way there and back.
   *
   * @param table has the columns that the model sees
   * @param precisions one for each of its columns
   */
  RoundTrip way(Table table, List<Precision> precisions, int threads) {
    return switch (learned) {
      case DensityModel density -> {
        Compressor.ModelUse use = new Compressor.ModelUse(density, false);
        yield new RoundTrip(
            threads,
            (compressor, source, out) -> compressor.compress(source, precisions, use, out, _ -> {}),
            density);
      }
      case Autoencoder autoencoder -> {
        UnitJudgement unit = new UnitJudgement(table.schema(), autoencoder, null);
        unit.see(table);
        unit.finish();
        List<Precision> restored = new ArrayList<>(precisions);
        if (!bounded) {
          columns(table.schema()).forEach(column -> restored.set(column, Precision.measured()));
        }
        Compressor.AutoencoderUse use =
            new Compressor.AutoencoderUse(
                autoencoder, false, AutoencoderChoice.latents(latents), Set.of(), precisions);
        yield new RoundTrip(
            threads,
            (compressor, source, out) ->
                compressor.compressAutoencoded(source, restored, use, out, _ -> {}),
            autoencoder);
      }
      case null, default ->
          new RoundTrip(
              threads,
              (compressor, source, out) ->
                  compressor.compress(source, precisions, null, out, _ -> {}),
              null);
    };
  }
}
