package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.file.FileHeader.LatentCoding;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What a file is to hold and how: columns are coded by the static model, or by the header's only
 * learned one. Immutable.
 *
 * @param header the file's header
 * @param binding the learned model and its columns; null where the header has none
 * @param first for each column, what is done to its values before an autoencoder sees them; empty
 *     where there is none
 */
public record FileCoding(FileHeader header, @Nullable Binding binding, List<Precision> first) {
  /** Copies the list. */
  public FileCoding {
    first = List.copyOf(first);
  }

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
    return new FileCoding(new FileHeader(producer, models, schema, codings), binding, List.of());
  }

  /**
   * As above, with an autoencoder.
   *
   * @param latents what a latent, a FLOAT32, may lose
   * @param kept columns that the model sees and that are stored without it, by their numbers
   * @param first for each column, what is done to its values before the model sees them
   * @throws ModelException where the model does not suit the table, or a column is measured that it
   *     does not restore
   */
  public static FileCoding autoencoded(
      String producer,
      Schema schema,
      List<Precision> precisions,
      Autoencoder model,
      boolean embedded,
      Precision latents,
      Set<Integer> kept,
      List<Precision> first) {
    latents.requireFits(ValueType.FLOAT32);
    AutoencoderBinding binding = AutoencoderBinding.of(schema, model, kept);
    List<ColumnCoding> codings = new ArrayList<>();
    for (int column = 0; column < precisions.size(); column++) {
      Precision precision = precisions.get(column);
      precision.requireFits(schema.columns().get(column).type());
      first.get(column).requireFits(schema.columns().get(column).type());
      boolean coded = binding.columns().contains(column) && !binding.kept().contains(column);
      if (!coded && precision instanceof Precision.Measured) {
        throw new ModelException(
            "column %s is not restored by the model, and needs a setting of its own"
                .formatted(schema.columns().get(column).name()));
      }
      codings.add(new ColumnCoding(precision, coded ? 1 : 0));
    }
    ModelReference reference =
        new ModelReference(
            Autoencoder.KIND,
            model.hash(),
            embedded,
            new LatentCoding(model.description().latents(), latents));
    return new FileCoding(
        new FileHeader(producer, List.of(reference), schema, codings), binding, first);
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
