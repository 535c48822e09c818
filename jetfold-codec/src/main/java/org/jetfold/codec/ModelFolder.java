package org.jetfold.codec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;

/**
 * The model files in a folder, found by their hashes. A model that was read once is kept. Safe for
 * use by several threads.
 */
public final class ModelFolder implements ModelSource {
  private static final String ENDING = ".jetm";

  /** A larger file is no model. */
  private static final long MAX_BYTES = 1L << 30;

  private final Path folder;
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  /** A model and its file. */
  private record Found(LearnedModel model, Path file) {}

  /** A folder; where there is none, no model is found. */
  public ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder that a file is in, where models that travel with it are. */
  public static ModelFolder beside(Path file) {
    Path parent = file.getParent();
    return new ModelFolder(parent == null ? Path.of("") : parent);
  }

  @Override
  public Optional<LearnedModel> find(String hash) throws IOException {
    Found known = found.get(hash);
    if (known != null) {
      return Optional.of(known.model());
    }
    for (Path file : files()) {
      try {
        LearnedModel model = ModelFile.read(file);
        found.putIfAbsent(model.hash(), new Found(model, file));
        if (model.hash().equals(hash)) {
          return Optional.of(model);
        }
      } catch (JetfoldException ignored) {
        // Nobody asked for this one: it is as good as not there.
      }
    }
    return Optional.empty();
  }

  /** The file of a model that was found. */
  public Optional<Path> file(String hash) {
    return Optional.ofNullable(found.get(hash)).map(Found::file);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : all) {
        if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= MAX_BYTES) {
          files.add(file);
        }
      }
    }
    files.sort(null);
    return files;
  }
}
