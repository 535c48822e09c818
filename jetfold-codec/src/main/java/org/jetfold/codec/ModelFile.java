package org.jetfold.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.pipeline.ModelKinds;

/** Reads learned models, which are {@code .jetm} files. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Reads a model of any kind.
   *
   * @throws UnsupportedFormatException where the file is no model
   * @throws DamagedFileException where it is one, and damaged
   */
  public static LearnedModel read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!ModelEnvelope.begins(bytes)) {
      throw new UnsupportedFormatException("not a Jetfold model (.jetm)");
    }
    try {
      return ModelKinds.read(bytes);
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    }
  }
}
