package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.ScaledPrecisions;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * What a file is to hold and how. Immutable.
 *
 * @param header the file's header
 * @param coders what codes its columns; between them, each column; first those without a model
 * @param embedded the model that the file holds; null for none
 * @param seenColumns the columns that the model looks at; empty without a model
 * @param seed from which the phases of events follow, where columns are dithered
 * @param guarantees what is promised of computed quantities; null for nothing
 */
public record FileCoding(
    FileHeader header,
    List<ColumnCoder> coders,
    @Nullable LearnedModel embedded,
    List<Integer> seenColumns,
    long seed,
    @Nullable Guarantees guarantees) {
  /** Copies the lists. */
  public FileCoding {
    coders = List.copyOf(coders);
    seenColumns = List.copyOf(seenColumns);
  }

  /**
   * Decides what codes each column.
   *
   * @param kinds that are known
   * @param producer the program that the file names
   * @param precisions one for each column, as asked for
   * @param use how a model is used; null for none
   * @throws UnreadableTableException where collections nest deeper than a file can hold
   * @throws org.jetfold.codec.precision.PrecisionException where a precision does not suit its
   *     column
   * @throws ModelException where the model does not suit the table or the precisions
   */
  public static FileCoding of(
      ModelKinds kinds,
      String producer,
      Schema schema,
      List<Precision> precisions,
      @Nullable ModelUse use) {
    if (schema.depth() > FileHeader.MAX_DEPTH) {
      throw new UnreadableTableException(
          "collections nest %d deep, and a file holds no more than %d levels: leave the innermost out"
              .formatted(schema.depth(), FileHeader.MAX_DEPTH));
    }
    for (int column = 0; column < precisions.size(); column++) {
      precisions.get(column).requireFits(schema.columns().get(column).type());
    }
    ScaledPrecisions.require(schema, precisions);
    ModelKind.Planned planned =
        use == null ? null : kinds.of(use.model()).plan(schema, precisions, use);
    List<Integer> coded = planned == null ? List.of() : planned.coder().columns();
    List<Precision> stored = planned == null ? precisions : planned.precisions();
    List<ColumnCoding> codings = new ArrayList<>();
    for (int column = 0; column < stored.size(); column++) {
      if (!coded.contains(column) && stored.get(column) instanceof Precision.Measured) {
        throw new ModelException(
            "column %s is not restored by a model, and needs a precision of its own"
                .formatted(schema.columns().get(column).name()));
      }
      if (coded.contains(column) && stored.get(column) instanceof Precision.Scaled) {
        throw new ModelException(
            "column %s, %s: a model cannot restore a column within a bound from another column"
                .formatted(schema.columns().get(column).name(), stored.get(column)));
      }
      codings.add(new ColumnCoding(stored.get(column), coded.contains(column) ? 1 : 0));
    }
    ScaledPrecisions.require(schema, stored);
    FileHeader header =
        new FileHeader(
            producer, planned == null ? List.of() : List.of(planned.reference()), schema, codings);
    List<ColumnCoder> coders = new ArrayList<>(List.of(new StaticCoder(header)));
    if (planned != null) {
      coders.add(planned.coder());
    }
    return new FileCoding(
        header,
        coders,
        use != null && use.embedded() ? use.model() : null,
        planned == null ? List.of() : planned.coder().seenColumns(),
        0,
        null);
  }

  /**
   * How the columns of a file are coded that holds others like it.
   *
   * @param header the file's header
   * @param learned what codes the columns that models code; may lack some, if none of their values
   *     is coded
   */
  static FileCoding of(FileHeader header, List<ColumnCoder> learned) {
    List<ColumnCoder> coders = new ArrayList<>(List.of(new StaticCoder(header)));
    coders.addAll(learned);
    return new FileCoding(header, coders, null, List.of(), 0, null);
  }

  /** This coding of values that had lost something before, as said of each column. */
  public FileCoding withEarlier(List<Loss> losses) {
    return new FileCoding(
        header.withEarlier(losses), coders, embedded, seenColumns, seed, guarantees);
  }

  /** This coding with another seed. */
  public FileCoding withSeed(long other) {
    return new FileCoding(header, coders, embedded, seenColumns, other, guarantees);
  }

  /** This coding with bounds on computed quantities. */
  public FileCoding withGuarantees(Guarantees promised) {
    FileHeader promising = header.withGuarantees(promised.inFile(header.precisions()));
    return new FileCoding(promising, coders, embedded, seenColumns, seed, promised);
  }

  /** What turns each column's values into symbols. */
  List<ColumnCodec> codecs() {
    List<ColumnCodec> codecs = new ArrayList<>();
    for (int column = 0; column < header.columns().size(); column++) {
      codecs.add(
          new ColumnCodec(
              header.schema().columns().get(column),
              header.columns().get(column).precision(),
              coderOf(column).scaleOfSymbols(column, SegmentScale.PLAIN)));
    }
    return codecs;
  }

  /** What codes the columns that no model codes. */
  ColumnCoder staticCoder() {
    return coders.getFirst();
  }

  /** What codes a column. */
  ColumnCoder coderOf(int column) {
    return coders.stream()
        .filter(coder -> coder.columns().contains(column))
        .findFirst()
        .orElseThrow();
  }
}
