package org.jetfold.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.pipeline.ModelKinds;

/** Reads and writes learned models, which are {@code .jetm} files. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Reads a model of any kind.
   *
   * @throws UnsupportedFormatException where the file is no model
   * @throws DamagedFileException where it is one, and damaged
   */
  public static LearnedModel read(Path file) throws IOException {
    return read(Files.readAllBytes(file));
  }

  /**
   * Reads a model from the bytes of its file. Models are kept as long as memory suffices: the same
   * bytes give the same object. Safe for use by several threads.
   *
   * @throws UnsupportedFormatException where the bytes are no model
   * @throws DamagedFileException where they are one, and damaged
   */
  public static LearnedModel read(byte[] bytes) {
    if (!ModelEnvelope.begins(bytes)) {
      throw new UnsupportedFormatException("not a Jetfold model (.jetm)");
    }
    try {
      return ModelKinds.KNOWN.read(bytes);
    } catch (MalformedBytesException e) {
      throw new DamagedFileException(e.offset(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes a model. The file is there complete or not at all; one of that name is replaced.
   *
   * @throws IOException where the file cannot be written
   */
  public static void write(LearnedModel model, Path file) throws IOException {
    try (AtomicFile written = AtomicFile.create(file, true)) {
      written.stream().write(model.bytes());
      written.commit();
    }
  }
}
