package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.container.FileHeader;
import org.jetfold.codec.container.FileHeader.ColumnCoding;
import org.jetfold.codec.container.FileHeader.ModelReference;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a file is to hold and how: columns are coded by the static model, or by the header's only
 * learned one. Immutable.
 *
 * @param header the file's header
 * @param binding the learned model and its columns; null where the header has none
 */
public record FileCoding(FileHeader header, @Nullable ModelBinding binding) {
  /**
   * Decides what codes each column.
   *
   * @param producer the program that the file names
   * @param precisions one for each column
   * @param model the learned model; null for none
   * @param embedded whether the file is to hold it
   * @throws PrecisionException where a setting does not suit its column
   * @throws ModelException where the model does not suit the table or the settings
   */
  public static FileCoding of(
      String producer,
      Schema schema,
      List<Precision> precisions,
      @Nullable DensityModel model,
      boolean embedded) {
    for (int column = 0; column < precisions.size(); column++) {
      precisions.get(column).requireFits(schema.columns().get(column).type());
    }
    ModelBinding binding = null;
    List<ModelReference> models = List.of();
    if (model != null) {
      binding = ModelBinding.of(schema, model);
      binding.requirePrecisions(schema, precisions);
      models = List.of(new ModelReference(DensityModel.KIND, model.hash(), embedded));
    }
    List<ColumnCoding> codings = new ArrayList<>();
    for (int column = 0; column < precisions.size(); column++) {
      boolean modelled = binding != null && binding.columns().contains(column);
      codings.add(new ColumnCoding(precisions.get(column), modelled ? 1 : 0));
    }
    return new FileCoding(new FileHeader(producer, models, schema, codings), binding);
  }

  /** What turns each column's values into symbols. */
  List<ColumnPath> paths() {
    List<ColumnPath> paths = new ArrayList<>();
    for (int column = 0; column < header.columns().size(); column++) {
      paths.add(
          new ColumnPath(
              header.schema().columns().get(column), header.columns().get(column).precision()));
    }
    return paths;
  }
}
