package org.jetfold.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetfold.codec.derived.Guarantee;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.FileCoding;
import org.jetfold.codec.pipeline.ModelKinds;
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
  private final @Nullable ModelUse use;
  private final FileCoding coding;

  private Compression(Schema schema, PrecisionChoice asked, @Nullable ModelUse use) {
    this(
        asked,
        use,
        FileCoding.of(ModelKinds.KNOWN, Compressor.PRODUCER, schema, asked.columns(), use));
  }

  private Compression(PrecisionChoice asked, @Nullable ModelUse use, FileCoding coding) {
    this.asked = asked;
    this.use = use;
    this.coding = coding;
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
    return new Compression(schema, rules.resolve(schema), null);
  }

  /**
   * A plan with given precisions.
   *
   * @param precisions one for each column, in the schema's order
   * @throws org.jetfold.codec.precision.PrecisionException where one does not suit its column
   */
  public static Compression of(Schema schema, List<Precision> precisions) {
    return of(schema, precisions, null);
  }

  /**
   * A plan with given precisions and a learned model.
   *
   * @param precisions one for each column; of one that an autoencoder restores it may be {@link
   *     Precision#measured}, also within bounds
   * @param use the model; null for none
   * @throws org.jetfold.codec.model.ModelException where the model does not suit the table or the
   *     precisions, or the use not the model; its message names the columns
   */
  public static Compression of(Schema schema, List<Precision> precisions, @Nullable ModelUse use) {
    if (precisions.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          "%d columns have %d precisions".formatted(schema.columns().size(), precisions.size()));
    }
    return new Compression(
        schema,
        new PrecisionChoice(
            QualifiedColumn.all(schema).stream().map(QualifiedColumn::path).toList(),
            precisions,
            Collections.nCopies(precisions.size(), "as asked"),
            List.of()),
        use);
  }

  /**
   * A plan with the precisions that a model was trained for; columns that it does not code, or
   * takes at any precision, are exact.
   *
   * @throws org.jetfold.codec.model.ModelException where the model does not suit the table
   */
  public static Compression asTrained(Schema schema, ModelUse use) {
    PrecisionChoice exact = PrecisionRules.exact().resolve(schema);
    List<Precision> columns = new ArrayList<>(exact.columns());
    List<String> reasons = new ArrayList<>(exact.reasons());
    Map<Integer, Precision> trained =
        ModelKinds.KNOWN.of(use.model()).trainedPrecisions(schema, use.model());
    trained.forEach((column, precision) -> {
      columns.set(column, precision);
      reasons.set(column, "the model's");
    });
    return new Compression(
        schema, new PrecisionChoice(exact.names(), columns, reasons, exact.warnings()), use);
  }

  /**
   * This plan with a learned model for the columns that it knows.
   *
   * @throws org.jetfold.codec.model.ModelException where the model does not suit the table or the
   *     precisions, or the use not the model; its message names the columns
   */
  public Compression with(ModelUse model) {
    Compression learned = new Compression(schema(), asked, model).withSeed(coding.seed());
    Guarantees promised = coding.guarantees();
    return promised == null ? learned : learned.with(promised);
  }

  /**
   * This plan with a seed from which the phases of dithered columns follow. Without one it is 0, so
   * that the same table always gives the same bytes.
   */
  public Compression withSeed(long seed) {
    return new Compression(asked, use, coding.withSeed(seed));
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
    return new Compression(asked, use, coding.withGuarantees(promised));
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

  /** How a model is used; empty without one. */
  public Optional<ModelUse> modelUse() {
    return Optional.ofNullable(use);
  }

  /** What files promise of quantities computed from columns; empty for nothing. */
  public Optional<FileGuarantees> guarantees() {
    return Optional.ofNullable(coding.header().guarantees());
  }

  /** The columns that the model looks at, whether it codes them or not; empty without one. */
  public List<Integer> modelColumns() {
    return coding.seenColumns();
  }

  /** Whether the error of some columns is only measured. */
  public boolean hasMeasuredColumns() {
    return stored.columns().contains(Precision.measured());
  }

  FileCoding coding() {
    return coding;
  }
}
