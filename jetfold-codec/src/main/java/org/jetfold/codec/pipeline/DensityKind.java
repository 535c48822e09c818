package org.jetfold.codec.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;

/** Density models (docs/density.md). */
final class DensityKind implements ModelKind {
  /** Whether a density model codes a column, in those segments that leave it to the model. */
  static boolean codes(FileHeader header, int column) {
    int coding = header.columns().get(column).coding();
    return coding > 0 && header.models().get(coding - 1).kind() == DensityModel.KIND;
  }

  @Override
  public int number() {
    return DensityModel.KIND;
  }

  @Override
  public String name() {
    return "density";
  }

  @Override
  public DensityModel read(byte[] bytes) {
    return DensityModelFile.read(bytes);
  }

  @Override
  public Map<Integer, Precision> trainedPrecisions(Schema schema, LearnedModel model) {
    DensityCoder coder = DensityCoder.of(schema, (DensityModel) model, false, null);
    Map<Integer, Precision> precisions = new HashMap<>();
    for (int j = 0; j < coder.columns().size(); j++) {
      precisions.put(coder.columns().get(j), coder.trainedPrecision(j));
    }
    return precisions;
  }

  @Override
  public Planned plan(Schema schema, List<Precision> precisions, ModelUse use) {
    if (use.isForAutoencoder()) {
      throw new ModelException(
          "a density model has no latents, keeps no columns, and every value within its bound:"
              + " these are for an autoencoder");
    }
    DensityModel model = (DensityModel) use.model();
    DensityCoder coder = DensityCoder.of(schema, model, use.always(), use.unit());
    // Where a unit is wrong, that is better known before the table is read.
    EnergyUnitCheck.of(schema, coder);
    coder.requirePrecisions(schema, precisions);
    return new Planned(
        coder, precisions, new ModelReference(number(), model.hash(), use.embedded()));
  }

  @Override
  public DensityCoder fit(FileHeader header, int number, LearnedModel model) {
    int group = -1;
    for (int column = 0; column < header.columns().size() && group < 0; column++) {
      if (header.columns().get(column).coding() == number + 1) {
        group = header.schema().groupOf(column);
      }
    }
    DensityCoder coder = DensityCoder.of(header.schema(), (DensityModel) model, group, false, null);
    coder.requirePrecisions(header.schema(), header.precisions());
    return coder;
  }
}
