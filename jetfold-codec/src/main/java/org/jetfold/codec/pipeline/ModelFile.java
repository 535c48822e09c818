package org.jetfold.codec.pipeline;

import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderFile;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelEnvelope;

/** Reads a {@code .jetm} file of any kind. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Reads a model.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged model of a version
   *     and kind that are known
   */
  public static LearnedModel read(byte[] bytes) {
    ByteReader in = ModelEnvelope.open(bytes);
    return in.u8() == Autoencoder.KIND ? AutoencoderFile.read(bytes) : DensityModelFile.read(bytes);
  }
}
