package org.jetfold.codec.toy;

import java.util.List;
import java.util.Map;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.ColumnCoder;
import org.jetfold.codec.pipeline.ModelColumns;
import org.jetfold.codec.pipeline.ModelKind;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;

/** The kind of {@link DifferenceModel}. */
final class DifferenceKind implements ModelKind {
  @Override
  public int number() {
    return DifferenceModel.KIND;
  }

  @Override
  public String name() {
    return "difference";
  }

  @Override
  public LearnedModel read(byte[] bytes) {
    return DifferenceModel.read(bytes);
  }

  @Override
  public Map<Integer, Precision> trainedPrecisions(Schema schema, LearnedModel model) {
    return Map.of();
  }

  @Override
  public Planned plan(Schema schema, List<Precision> precisions, ModelUse use) {
    return new Planned(
        coder(schema, use.model()),
        precisions,
        new ModelReference(number(), use.model().hash(), use.embedded()));
  }

  @Override
  public ColumnCoder fit(FileHeader header, int number, LearnedModel model) {
    return coder(header.schema(), model);
  }

  private static DifferenceCoder coder(Schema schema, LearnedModel model) {
    DifferenceModel names = (DifferenceModel) model;
    ModelColumns found = ModelColumns.find(schema, List.of(names.base(), names.coded()));
    return new DifferenceCoder(found.group(), found.columns().get(0), found.columns().get(1));
  }
}
