package org.jetfold.cli.option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.codec.Compression;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tables are compressed: what each column may lose, and learned models. */
public final class CompressionOptions {
  /** Names of options that only an autoencoder has. */
  private static final String FOR_MODEL = "--latents, --keep and --bounded";

  @Option(
      names = "--precision",
      paramLabel = "RULES",
      description = "What each column may lose; see 'jetfold compress --help'.")
  @Nullable String precision;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description =
          "Code with this learned model, or with those in a folder, which are of different"
              + " collections; may be given several times."
              + " Without --precision, columns of a density model get the precision that it was"
              + " trained for; an autoencoder is given every bit of its columns, and with --bounded"
              + " they are exact.")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--latents",
      paramLabel = "S",
      description =
          "With an autoencoder: what its latents lose: float32, bits:10, abs:0.01. Default: what"
              + " its prior was trained for, otherwise float32.")
  @Nullable String latents;

  @Option(
      names = "--keep",
      paramLabel = "NAMES",
      split = ",",
      description = "With an autoencoder: columns that are stored beside the latents.")
  List<String> keep = new ArrayList<>();

  @Option(
      names = "--bounded",
      description =
          "With an autoencoder: store what it gets wrong, so that every value keeps --precision."
              + " Without, errors are measured, not guaranteed.")
  boolean bounded;

  private PrecisionAsked asked = new PrecisionAsked(PrecisionRules.exact(), false);
  private List<ModelUse> uses = List.of();

  /** Whether anything is asked for. */
  public boolean isAsked() {
    return precision != null || !models.isEmpty();
  }

  /** Whether there are models. */
  public boolean isLearned() {
    return !models.isEmpty();
  }

  /** A plan with the models that it has, in the file. */
  public static Compression embedded(Compression plan) {
    return plan.with(
        plan.modelUses().stream().map(use -> use.withEmbedded(true)).toArray(ModelUse[]::new));
  }

  /** The models' files; none without a model. */
  public List<String> models() {
    return Collections.unmodifiableList(models);
  }

  /**
   * Reads the rules and the models.
   *
   * @param unit of the tables' energies; null where they tell
   * @throws CommandFailure where one cannot be read, or options do not go together
   */
  public void check(@Nullable EnergyUnit unit) {
    asked = PrecisionAsked.of(precision, PrecisionRules.exact());
    Precision ofLatents = latents == null ? null : latents(latents);
    models = ModelFiles.inFolders(models);
    uses =
        models.stream()
            .map(ModelFiles::read)
            .map(model ->
                new ModelUse(
                    model,
                    false,
                    ofLatents == null ? model.latents() : ofLatents,
                    keep,
                    bounded,
                    unit,
                    false))
            .toList();
    if (uses.isEmpty() && (latents != null || !keep.isEmpty() || bounded)) {
      throw CommandFailure.usage(FOR_MODEL + " are for an autoencoder: name one with --model");
    }
  }

  private static Precision latents(String text) {
    if (text.strip().equals("float32")) {
      return Precision.exact();
    }
    try {
      return Precision.parse(text);
    } catch (PrecisionException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--latents: %s (or float32)".formatted(e.getMessage()), e);
    }
  }

  /** How the models are used. */
  public ModelUse[] modelUses() {
    return uses.toArray(ModelUse[]::new);
  }

  /**
   * The plan for a table, after {@link #check}.
   *
   * @throws PrecisionException where the rules do not suit the table
   * @throws org.jetfold.codec.model.ModelException where the model does not
   */
  public Compression plan(Schema schema) {
    if (!uses.isEmpty() && precision == null) {
      return Compression.asTrained(schema, modelUses());
    }
    return Compression.of(schema, asked.rules()).with(modelUses());
  }

  /**
   * The plan for values that were restored from files, after {@link #check}. Columns of which
   * nothing is said keep the precision that they have.
   *
   * @param projection the columns that stay
   * @throws PrecisionException where the rules do not suit the table, or are finer than the files
   * @throws org.jetfold.codec.model.ModelException where the model does not suit
   */
  public Compression plan(FileMerger merger, Projection projection) throws IOException {
    return merger.plan(projection, precision == null ? null : asked.rules(), modelUses());
  }

  /**
   * Says what the user has to know of a plan: warnings, what a preset chose, and what the model
   * did.
   *
   * @param shown the table's name
   */
  public void announce(String shown, Compression plan, Streams streams, boolean quiet) {
    asked.announce(shown, plan.precisions(), streams, quiet);
    boolean trained =
        !uses.isEmpty()
            && precision == null
            && plan.askedPrecisions().stream().anyMatch(Precision::isLossy);
    if (trained && !quiet) {
      PrecisionAsked.list(
          uses.size() > 1
              ? shown + ": the models' columns get the precision that they were trained for"
              : shown + ": the model's columns get the precision that it was trained for",
          plan.precisions(),
          streams);
    }
  }

  /** What the compression is called; null without one. */
  public @Nullable String label() {
    List<String> words = new ArrayList<>(models);
    if (precision != null) {
      words.add(precision);
    }
    if (latents != null) {
      words.add("latents " + latents);
    }
    if (!keep.isEmpty()) {
      words.add("kept " + String.join(",", keep));
    }
    if (bounded) {
      words.add("bounded");
    }
    return words.isEmpty() ? null : String.join(", ", words);
  }
}
