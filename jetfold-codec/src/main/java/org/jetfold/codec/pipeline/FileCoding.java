package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
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
 * @param embedded the models that the file holds, by their numbers in the header
 * @param seed from which the phases of events follow, where columns are dithered
 * @param guarantees what is promised of computed quantities; null for nothing
 */
public record FileCoding(
    FileHeader header,
    List<ColumnCoder> coders,
    Map<Integer, LearnedModel> embedded,
    long seed,
    @Nullable Guarantees guarantees) {
  /** Copies list and map. */
  public FileCoding {
    coders = List.copyOf(coders);
    embedded = Map.copyOf(embedded);
  }

  /**
   * Decides what codes each column.
   *
   * @param kinds that are known
   * @param producer the program that the file names
   * @param precisions one for each column, as asked for
   * @param uses how models are used, in the order of the header; may be none
   * @throws UnreadableTableException where collections nest deeper than a file can hold
   * @throws org.jetfold.codec.precision.PrecisionException where a precision does not suit its
   *     column
   * @throws ModelException where a model does not suit the table or the precisions, or two know one
   *     column
   */
  public static FileCoding of(
      ModelKinds kinds,
      String producer,
      Schema schema,
      List<Precision> precisions,
      List<ModelUse> uses) {
    if (schema.depth() > FileHeader.MAX_DEPTH) {
      throw new UnreadableTableException(
          "collections nest %d deep, and a file holds no more than %d levels: leave the innermost out"
              .formatted(schema.depth(), FileHeader.MAX_DEPTH));
    }
    for (int column = 0; column < precisions.size(); column++) {
      precisions.get(column).requireFits(schema.columns().get(column).type());
    }
    ScaledPrecisions.require(schema, precisions);
    int[] codings = new int[precisions.size()];
    List<Precision> stored = precisions;
    List<ModelReference> references = new ArrayList<>();
    List<ColumnCoder> learned = new ArrayList<>();
    Map<Integer, LearnedModel> embedded = new HashMap<>();
    requireTogether(uses);
    for (ModelUse use : uses) {
      ModelKind.Planned planned = kinds.of(use.model()).plan(schema, stored, use);
      if (use.embedded()) {
        embedded.put(references.size(), use.model());
      }
      references.add(planned.reference());
      learned.add(planned.coder());
      stored = planned.precisions();
      for (int column : planned.coder().columns()) {
        if (codings[column] > 0) {
          throw twice(schema, column);
        }
        codings[column] = references.size();
      }
    }
    FileHeader header =
        new FileHeader(producer, references, schema, columnCodings(schema, stored, codings));
    ScaledPrecisions.require(schema, stored);
    return of(header, learned, embedded);
  }

  /** What is wrong where two models code one column. */
  public static ModelException twice(Schema schema, int column) {
    return new ModelException(
        "two models code column %s: use one model for each collection"
            .formatted(QualifiedColumn.all(schema).get(column).path()));
  }

  /**
   * Models' coders in an order in which each is behind those of the columns that it must know:
   * those of groups above, and of lists beside it ({@link ModelOrder}).
   *
   * @param coders in the order of the header
   */
  static List<ColumnCoder> inOrder(Schema schema, List<ColumnCoder> coders) {
    return coders.stream().sorted(Comparator.comparingInt(coder -> depth(schema, coder))).toList();
  }

  /** How many groups are above a coder's columns. */
  private static int depth(Schema schema, ColumnCoder coder) {
    int depth = 0;
    for (int group = schema.groupOf(coder.columns().getFirst()); group > 0; depth++) {
      group = schema.parent(group);
    }
    return depth;
  }

  /** An autoencoder changes what other models would code. */
  private static void requireTogether(List<ModelUse> uses) {
    if (uses.size() > 1 && uses.stream().anyMatch(use -> use.model().kind() != DensityModel.KIND)) {
      throw new ModelException(
          "several models in one file must be density models: use an autoencoder alone");
    }
  }

  private static List<ColumnCoding> columnCodings(
      Schema schema, List<Precision> stored, int[] codings) {
    List<ColumnCoding> columns = new ArrayList<>();
    for (int column = 0; column < codings.length; column++) {
      String name = schema.columns().get(column).name();
      if (codings[column] == 0 && stored.get(column) instanceof Precision.Measured) {
        throw new ModelException(
            "column %s is not restored by a model, and needs a precision of its own"
                .formatted(name));
      }
      if (codings[column] > 0 && stored.get(column) instanceof Precision.Scaled) {
        throw new ModelException(
            "column %s, %s: a model cannot restore a column within a bound from another column"
                .formatted(name, stored.get(column)));
      }
      columns.add(new ColumnCoding(stored.get(column), codings[column]));
    }
    return columns;
  }

  /**
   * How the columns of a file are coded that holds others like it.
   *
   * @param header the file's header
   * @param learned what codes the columns that models code; may lack some, if none of their values
   *     is coded
   */
  static FileCoding of(FileHeader header, List<ColumnCoder> learned) {
    return of(header, learned, Map.of());
  }

  private static FileCoding of(
      FileHeader header, List<ColumnCoder> learned, Map<Integer, LearnedModel> embedded) {
    List<ColumnCoder> coders = new ArrayList<>(List.of(new StaticCoder(header)));
    coders.addAll(learned);
    return new FileCoding(header, coders, embedded, 0, null);
  }

  /** This coding of values that had lost something before, as said of each column. */
  public FileCoding withEarlier(List<Loss> losses) {
    return new FileCoding(header.withEarlier(losses), coders, embedded, seed, guarantees);
  }

  /** This coding with another seed. */
  public FileCoding withSeed(long other) {
    return new FileCoding(header, coders, embedded, other, guarantees);
  }

  /** This coding with bounds on computed quantities. */
  public FileCoding withGuarantees(Guarantees promised) {
    FileHeader promising = header.withGuarantees(promised.inFile(header.precisions()));
    return new FileCoding(promising, coders, embedded, seed, promised);
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
