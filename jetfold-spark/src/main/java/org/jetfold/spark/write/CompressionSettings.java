package org.jetfold.spark.write;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.codec.Compression;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Schema;
import org.jetfold.spark.file.PathOptions;
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
 * @param seed of the phases of dithered columns
 */
public record CompressionSettings(
    @Nullable String precision,
    List<String> models,
    boolean embedded,
    @Nullable String guarantee,
    @Nullable String jets,
    long seed)
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
        seed(options.getOrDefault("seed", "0")));
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

  private static long seed(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException _) {
      throw new TableUsageException("the option 'seed' must be a whole number, was " + text);
    }
  }

  /**
   * The plan for a table.
   *
   * @param hashes those of the models, in the order of their paths
   * @param source has them
   * @throws org.jetfold.codec.error.JetfoldException where rules or models do not suit the table
   */
  Compression plan(Schema schema, List<String> hashes, ModelSource source)
      throws java.io.IOException {
    List<ModelUse> uses = new ArrayList<>();
    for (String hash : hashes) {
      Optional<LearnedModel> model = source.find(hash);
      uses.add(
          ModelUse.of(
                  model.orElseThrow(
                      () -> new IllegalStateException("a model of the job is not sent")))
              .withEmbedded(embedded));
    }
    ModelUse[] all = uses.toArray(ModelUse[]::new);
    Compression plan =
        precision == null && all.length > 0
            ? Compression.asTrained(schema, all)
            : Compression.of(
                    schema,
                    precision == null ? PrecisionRules.exact() : PrecisionRules.parse(precision))
                .with(all);
    Compression seeded = plan.withSeed(seed);
    return guarantee == null ? seeded : seeded.withGuarantees(guarantee, jets, List.of());
  }
}
