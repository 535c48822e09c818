package org.jetfold.codec.file;

import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of itself before the first block (docs/format.md section 4).
 *
 * @param producer program and version that quantized the values
 * @param models the models that code some of the columns
 * @param schema the shape of the table
 * @param columns how each column is stored, in the schema's order
 * @param guarantees what is promised of quantities computed from columns; null for nothing
 */
public record FileHeader(
    String producer,
    List<ModelReference> models,
    Schema schema,
    List<ColumnCoding> columns,
    @Nullable FileGuarantees guarantees) {
  /** How deep groups may nest. */
  public static final int MAX_DEPTH = 16;

  /** Copies the lists and checks that there is a coding for each column. */
  public FileHeader {
    models = List.copyOf(models);
    columns = List.copyOf(columns);
    if (columns.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          "%d columns have %d codings".formatted(schema.columns().size(), columns.size()));
    }
    for (int model = 0; model < models.size(); model++) {
      int coding = model + 1;
      if (models.get(model).latents() != null
          && columns.stream().noneMatch(column -> column.coding() == coding)) {
        throw new IllegalArgumentException("a model has latents, but codes no column");
      }
    }
    if (schema.depth() > MAX_DEPTH) {
      throw new IllegalArgumentException("collections nest more than %d deep".formatted(MAX_DEPTH));
    }
    if (guarantees != null) {
      requireRefinable(guarantees.refinedColumns(), schema, columns);
    }
  }

  private static void requireRefinable(
      List<Integer> refined, Schema schema, List<ColumnCoding> columns) {
    int before = -1;
    for (int column : refined) {
      if (column <= before || column >= columns.size()) {
        throw new IllegalArgumentException("column %d cannot be refined".formatted(column));
      }
      if (!schema.columns().get(column).type().isFloat()
          || columns.get(column).precision() instanceof Precision.Exact) {
        throw new IllegalArgumentException(
            "column %s is exact, and cannot be refined"
                .formatted(schema.columns().get(column).name()));
      }
      before = column;
    }
  }

  /** A file without guarantees. */
  public FileHeader(
      String producer, List<ModelReference> models, Schema schema, List<ColumnCoding> columns) {
    this(producer, models, schema, columns, null);
  }

  /** The same with guarantees. */
  public FileHeader withGuarantees(FileGuarantees promised) {
    return new FileHeader(producer, models, schema, columns, promised);
  }

  /**
   * How a column is stored.
   *
   * @param precision what it may lose
   * @param coding 0: the static model; i &gt; 0: model i − 1 of the header
   * @param earlier what its values had lost before, where they were restored from another file
   */
  public record ColumnCoding(Precision precision, int coding, Loss earlier) {
    /** A column whose values had lost nothing before. */
    public ColumnCoding(Precision precision, int coding) {
      this(precision, coding, Loss.NONE);
    }

    /** The same of values that had lost something before. */
    public ColumnCoding withEarlier(Loss loss) {
      return new ColumnCoding(precision, coding, loss);
    }
  }

  /**
   * A model that codes columns.
   *
   * @param kind what sort of model
   * @param hash the SHA-256 of its bytes, in hexadecimal
   * @param embedded whether its bytes are in the file
   * @param latents of an autoencoder, how its latents are stored; null for other kinds
   */
  public record ModelReference(
      int kind, String hash, boolean embedded, @Nullable LatentCoding latents) {
    /** A model without latents. */
    public ModelReference(int kind, String hash, boolean embedded) {
      this(kind, hash, embedded, null);
    }
  }

  /**
   * How an autoencoder's latents are stored, a stream each.
   *
   * @param count the number of latents
   * @param precision what a latent, a FLOAT32, may lose
   */
  public record LatentCoding(int count, Precision precision) {
    /** Most latents of a model. */
    public static final int MAX_COUNT = 1024;
  }

  /** What each column may lose, in the schema's order. */
  public List<Precision> precisions() {
    return columns.stream().map(ColumnCoding::precision).toList();
  }

  /** What each column's values had lost before, in the schema's order. */
  public List<Loss> earlierLosses() {
    return columns.stream().map(ColumnCoding::earlier).toList();
  }

  /**
   * How far each column's values may be from what they were before any file held them, in the
   * schema's order.
   */
  public List<Loss> losses() {
    return IntStream.range(0, columns.size())
        .mapToObj(column ->
            columns
                .get(column)
                .earlier()
                .then(
                    Loss.of(columns.get(column).precision(), schema.columns().get(column).type())))
        .toList();
  }

  /** Whether some column's values had lost something before they were compressed. */
  public boolean hasEarlierLosses() {
    return columns.stream().anyMatch(column -> !column.earlier().isNone());
  }

  /** This header with what each column's values had lost before, in the schema's order. */
  public FileHeader withEarlier(List<Loss> losses) {
    return new FileHeader(
        producer,
        models,
        schema,
        IntStream.range(0, columns.size())
            .mapToObj(column -> columns.get(column).withEarlier(losses.get(column)))
            .toList(),
        guarantees);
  }

  /** Whether some column is dithered, so that blocks know the phases of their events. */
  public boolean isDithered() {
    return columns.stream().anyMatch(column -> column.precision() instanceof Precision.Dithered);
  }

  /**
   * The number of streams in a block: one for each group but the root, one for each column, one for
   * each latent of each model; with guarantees one of refined events, and one for each refined
   * column.
   */
  public int streams() {
    FileGuarantees promised = guarantees;
    return streamOfRefinedEvents() + (promised == null ? 0 : 1 + promised.refinedColumns().size());
  }

  /** With guarantees, the stream of refined events; those of refined columns follow. */
  public int streamOfRefinedEvents() {
    return firstLatentStream(models.size());
  }

  /** The stream of a model's first latent. */
  public int firstLatentStream(int model) {
    int stream = schema.groups().size() - 1 + schema.columns().size();
    for (ModelReference before : models.subList(0, model)) {
      LatentCoding latents = before.latents();
      stream += latents == null ? 0 : latents.count();
    }
    return stream;
  }

  /**
   * The group of a stream's symbols: they are as many as its entries; those of latents, and of what
   * is refined, are at most as many.
   */
  public int groupOfStream(int stream) {
    FileGuarantees promised = guarantees;
    if (promised != null && stream >= streamOfRefinedEvents()) {
      int number = stream - streamOfRefinedEvents() - 1;
      return number < 0 ? 0 : schema.groupOf(promised.refinedColumns().get(number));
    }
    int lists = schema.groups().size() - 1;
    if (stream < lists) {
      return schema.parent(stream + 1);
    }
    int column = stream - lists;
    int model = 0;
    while (column >= schema.columns().size() && stream >= firstLatentStream(model + 1)) {
      model++;
    }
    for (int coded = 0; column >= schema.columns().size(); coded++) {
      if (columns.get(coded).coding() == model + 1) {
        column = coded;
      }
    }
    return schema.groupOf(column);
  }
}
