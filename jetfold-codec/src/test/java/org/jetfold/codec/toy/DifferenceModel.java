package org.jetfold.codec.toy;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.model.LearnedModel;

/** Says that a column is best told by its difference to another. */
record DifferenceModel(String base, String coded) implements LearnedModel {
  static final int KIND = 77;

  static DifferenceModel read(byte[] bytes) {
    ByteReader in = ModelEnvelope.open(bytes);
    in.u8();
    return new DifferenceModel(in.string(), in.string());
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public byte[] bytes() {
    ByteWriter out = new ByteWriter();
    out.u8(KIND);
    out.string(base);
    out.string(coded);
    return ModelEnvelope.seal(out);
  }
}
