package org.jetfold.spark.write;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.codec.Compression;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.spark.file.PathOptions;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * What files may lose, and what codes them.
 *
 * @param precision the rules; null for those of the models, and without a model for none
 * @param models paths of learned models
 * @param embedded whether files hold the models
 * @param guarantee bounds on computed quantities; null for none
 * @param jets the collection whose objects are jets; null where there is only one
 * @param seed of the phases of dithered columns; null for 0, or for one of their own where the
 *     values were restored from compressed files
 */
public record CompressionSettings(
    @Nullable String precision,
    List<String> models,
    boolean embedded,
    @Nullable String guarantee,
    @Nullable String jets,
    @Nullable Long seed)
    implements Serializable {
  /** Copies the list, to one that can be sent. */
  public CompressionSettings {
    models = new ArrayList<>(models);
  }

  /**
   * Reads options.
   *
   * @throws TableUsageException where one has a value that it cannot have
   */
  public static CompressionSettings of(CaseInsensitiveStringMap options) {
    return new CompressionSettings(
        options.get("precision"),
        PathOptions.list(options.get("model")),
        truth("embedModel", options.getOrDefault("embedModel", "false")),
        options.get("guarantee"),
        options.get("jets"),
        seed(options.get("seed")));
  }

  private static boolean truth(String option, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new TableUsageException(
              "the option '%s' must be true or false, was %s".formatted(option, text));
    };
  }

  private static @Nullable Long seed(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException ignored) {
      throw new TableUsageException("the option 'seed' must be a whole number, was " + text);
    }
  }

  /** Whether restored values are to be compressed in another way than they were. */
  boolean isAsked() {
    return precision != null || !models.isEmpty() || seed != null;
  }

  /**
   * Reads the models, so that a job can send them.
   *
   * @throws org.jetfold.codec.error.JetfoldException where one cannot be read
   */
  List<LearnedModel> readModels(Configuration configuration) throws IOException {
    List<LearnedModel> read = new ArrayList<>();
    for (String model : models) {
      read.add(SharedModels.read(model, configuration));
    }
    return read;
  }

  /**
   * The plan for a table.
   *
   * @param hashes those of the models, in the order of their paths
   * @param source has them
   * @throws org.jetfold.codec.error.JetfoldException where rules or models do not suit the table
   */
  Compression plan(Schema schema, List<String> hashes, ModelSource source) throws IOException {
    ModelUse[] uses = uses(hashes, source);
    Compression plan =
        precision == null && uses.length > 0
            ? Compression.asTrained(schema, uses)
            : Compression.of(
                    schema,
                    precision == null ? PrecisionRules.exact() : PrecisionRules.parse(precision))
                .with(uses);
    Compression seeded = plan.withSeed(seed == null ? 0 : seed);
    return guarantee == null ? seeded : seeded.withGuarantees(guarantee, jets, List.of());
  }

  /**
   * The plan for what is restored from compressed files. Columns of which nothing is said keep the
   * precision that they have. Bounds on computed quantities are not for them.
   */
  Compression plan(
      FileMerger restored, Projection projection, List<String> hashes, ModelSource source)
      throws IOException {
    Compression plan =
        restored.plan(
            projection,
            precision == null ? null : PrecisionRules.parse(precision),
            uses(hashes, source));
    return seed == null ? plan : plan.withSeed(seed);
  }

  private ModelUse[] uses(List<String> hashes, ModelSource source) throws IOException {
    List<ModelUse> uses = new ArrayList<>();
    for (String hash : hashes) {
      Optional<LearnedModel> model = source.find(hash);
      uses.add(
          ModelUse.of(
                  model.orElseThrow(
                      () -> new IllegalStateException("a model of the job is not sent")))
              .withEmbedded(embedded));
    }
    return uses.toArray(ModelUse[]::new);
  }
}
