package org.jetfold.codec.container;

import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;

/**
 * What a file says of itself before the first block (docs/format.md section 4).
 *
 * @param producer program and version that quantized the values
 * @param models the models that code some of the columns
 * @param schema the shape of the table
 * @param columns how each column is stored, in the schema's order
 */
public record FileHeader(
    String producer, List<ModelReference> models, Schema schema, List<ColumnCoding> columns) {
  /** Copies the lists and checks that there is a coding for each column. */
  public FileHeader {
    models = List.copyOf(models);
    columns = List.copyOf(columns);
    if (columns.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          "%d columns have %d codings".formatted(schema.columns().size(), columns.size()));
    }
    for (int group = 0; group < schema.groups().size(); group++) {
      int depth = 0;
      for (int parent = schema.parent(group); parent >= 0; parent = schema.parent(parent)) {
        depth++;
      }
      if (depth > FormatVersion.DEEPEST_GROUP) {
        throw new IllegalArgumentException(
            "collections nest more than %d deep".formatted(FormatVersion.DEEPEST_GROUP));
      }
    }
  }

  /**
   * How a column is stored.
   *
   * @param precision what it may lose
   * @param coding 0: the static model; i &gt; 0: model i − 1 of the header
   */
  public record ColumnCoding(Precision precision, int coding) {}

  /**
   * A model that codes columns.
   *
   * @param kind what sort of model
   * @param hash the SHA-256 of its bytes, in hexadecimal
   * @param embedded whether its bytes are in the file
   */
  public record ModelReference(int kind, String hash, boolean embedded) {}
}
