package org.jetfold.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jetfold.codec.derived.Guarantee;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.FileCoding;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.pipeline.ModelOrder;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a compression: what each column of a table may lose, and what codes it. Everything
 * that a model does to a column's precision is decided here. Immutable and safe to share.
 *
 * <pre>{@code
 * Compression plan = Compression.of(schema, PrecisionRules.parse("pt=rel:0.004,*=bits:10"));
 * Compression learned = plan.with(ModelUse.of(model));
 * }</pre>
 */
public final class Compression {
  private final PrecisionChoice asked;
  private final PrecisionChoice stored;
  private final List<ModelUse> uses;
  private final FileCoding coding;
  private final StoredColumns before;

  /** A plan with models in any order. */
  private static Compression planned(
      Schema schema, PrecisionChoice asked, List<ModelUse> uses, StoredColumns before) {
    List<ModelUse> ordered = ModelOrder.of(schema, uses);
    return new Compression(
        asked,
        ordered,
        FileCoding.of(ModelKinds.KNOWN, Compressor.PRODUCER, schema, asked.columns(), ordered),
        before);
  }

  private Compression(
      PrecisionChoice asked, List<ModelUse> uses, FileCoding coding, StoredColumns before) {
    this.asked = asked;
    this.uses = List.copyOf(uses);
    this.before = before;
    this.coding =
        before.isEmpty() ? coding : coding.withEarlier(before.losses(coding.header().precisions()));
    List<Precision> columns = coding.header().precisions();
    List<String> reasons = new ArrayList<>(asked.reasons());
    for (int column = 0; column < columns.size(); column++) {
      if (!columns.get(column).equals(asked.columns().get(column))) {
        reasons.set(column, "the model's");
      }
    }
    stored = new PrecisionChoice(asked.names(), columns, reasons, asked.warnings());
  }

  /**
   * A plan with the precisions that rules choose.
   *
   * @throws org.jetfold.codec.precision.PrecisionException where a rule names a column that the
   *     table lacks, or asks a column for what it cannot give
   */
  public static Compression of(Schema schema, PrecisionRules rules) {
    return planned(schema, rules.resolve(schema), List.of(), StoredColumns.NONE);
  }

  /**
   * A plan with given precisions and learned models.
   *
   * @param precisions one for each column, in the schema's order; of one that an autoencoder
   *     restores it may be {@link Precision#measured}, also within bounds
   * @param models as in {@link #with(ModelUse...)}; may be none
   * @throws org.jetfold.codec.precision.PrecisionException where one does not suit its column
   * @throws org.jetfold.codec.model.ModelException as {@link #with(ModelUse...)}
   */
  public static Compression of(Schema schema, List<Precision> precisions, ModelUse... models) {
    if (precisions.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          "%d columns have %d precisions".formatted(schema.columns().size(), precisions.size()));
    }
    return planned(
        schema,
        new PrecisionChoice(
            QualifiedColumn.all(schema).stream().map(QualifiedColumn::path).toList(),
            precisions,
            Collections.nCopies(precisions.size(), "as asked"),
            List.of()),
        List.of(models),
        StoredColumns.NONE);
  }

  /**
   * A plan with the precisions that models were trained for; columns that they do not code, or take
   * at any precision, are exact.
   *
   * @throws org.jetfold.codec.model.ModelException as {@link #with(ModelUse...)}
   */
  public static Compression asTrained(Schema schema, ModelUse... models) {
    PrecisionChoice exact = PrecisionRules.exact().resolve(schema);
    return asTrained(schema, exact, List.of(models), StoredColumns.NONE);
  }

  private static Compression asTrained(
      Schema schema, PrecisionChoice exact, List<ModelUse> uses, StoredColumns before) {
    List<Precision> columns = new ArrayList<>(exact.columns());
    List<String> reasons = new ArrayList<>(exact.reasons());
    Set<Integer> modelled = new HashSet<>();
    for (ModelUse use : uses) {
      Map<Integer, Precision> trained =
          ModelKinds.KNOWN.of(use.model()).trainedPrecisions(schema, use.model());
      trained.forEach((column, precision) -> {
        if (!modelled.add(column)) {
          throw FileCoding.twice(schema, column);
        }
        columns.set(column, precision);
        reasons.set(column, "the model's");
      });
    }
    return planned(
        schema,
        new PrecisionChoice(exact.names(), columns, reasons, exact.warnings()),
        uses,
        before);
  }

  /**
   * A plan for values that were restored from files.
   *
   * @param before how these hold them
   * @param rules of columns that are to lose more; null to keep the precisions of the files, or
   *     those that the models were trained for
   * @param uses learned models; may be none
   * @throws org.jetfold.codec.precision.PrecisionException where a precision is finer than that of
   *     the files; its message names the columns
   * @throws org.jetfold.codec.model.ModelException as above
   */
  static Compression ofRestored(
      Schema schema, StoredColumns before, @Nullable PrecisionRules rules, List<ModelUse> uses) {
    PrecisionChoice asked =
        (rules == null ? PrecisionRules.exact() : rules).resolve(schema, before.kept());
    Compression plan =
        rules == null && !uses.isEmpty()
            ? asTrained(schema, asked, uses, before)
            : planned(schema, asked, uses, before);
    before.requireNotFiner(schema, plan.precisions().columns());
    return plan;
  }

  /**
   * This plan with learned models, each for the columns that it knows, in place of those that it
   * has.
   *
   * @param models density models for different columns, or one autoencoder
   * @throws org.jetfold.codec.model.ModelException where a model does not suit the table or the
   *     precisions, the use not the model, or two models know one column; its message names the
   *     columns
   */
  public Compression with(ModelUse... models) {
    Compression learned = planned(schema(), asked, List.of(models), before).withSeed(coding.seed());
    Guarantees promised = coding.guarantees();
    return promised == null ? learned : learned.with(promised);
  }

  /**
   * This plan with a seed from which the phases of dithered columns follow. Without one it is 0, so
   * that the same table always gives the same bytes.
   */
  public Compression withSeed(long seed) {
    return new Compression(asked, uses, coding.withSeed(seed), before);
  }

  /**
   * This plan with bounds on quantities that are computed from columns (docs/derived.md). Where the
   * columns' own precisions do not suffice in an event, all that the quantities are computed from
   * is exact in it.
   *
   * @param bounds as in {@code mjj=rel:0.004,dPhi=abs:0.002}
   * @param jets the collection whose objects are jets; null for the only one with pt and eta
   * @param definitions of further quantities, each {@code name = expression}
   * @throws org.jetfold.codec.error.JetfoldException where a bound or a definition is not well
   *     written, or a quantity unknown; its message is one line
   */
  public Compression withGuarantees(
      String bounds, @Nullable String jets, List<String> definitions) {
    return with(Guarantees.of(schema(), jets, definitions, Guarantee.parse(bounds)));
  }

  private Compression with(Guarantees promised) {
    return new Compression(asked, uses, coding.withGuarantees(promised), before);
  }

  /** The shape of the tables that it is for. */
  public Schema schema() {
    return coding.header().schema();
  }

  /** What each column is stored with, and why. */
  public PrecisionChoice precisions() {
    return stored;
  }

  /** What each column was asked to be stored with. */
  public List<Precision> askedPrecisions() {
    return asked.columns();
  }

  /** How models are used, in the order of the file's header. */
  public List<ModelUse> modelUses() {
    return uses;
  }

  /** What files promise of quantities computed from columns; empty for nothing. */
  public Optional<FileGuarantees> guarantees() {
    return Optional.ofNullable(coding.header().guarantees());
  }

  /**
   * The columns that a model looks at, whether it codes them or not.
   *
   * @param model its number in {@link #modelUses}
   */
  public List<Integer> modelColumns(int model) {
    return coding.coders().get(model + 1).seenColumns();
  }

  /** Whether the error of some columns is only measured. */
  public boolean hasMeasuredColumns() {
    return stored.columns().contains(Precision.measured());
  }

  /**
   * How far values may be from what they were before any file held them, one for each column, where
   * the plan is for values that were restored from files.
   */
  public List<Loss> losses() {
    return coding.header().losses();
  }

  /** What the values of each column had lost before the plan's precision is applied to them. */
  public List<Loss> earlierLosses() {
    return coding.header().earlierLosses();
  }

  /** How files hold the values that the plan is for. */
  StoredColumns before() {
    return before;
  }

  FileCoding coding() {
    return coding;
  }
}
