package org.jetfold.cli.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.codec.ModelFolder;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.tables.TableFiles;

/**
 * Model files: those that the user named, then those in the compressed file's folder, so that a
 * model that travels with its files is found by itself.
 */
public final class ModelFiles implements ModelSource {
  private static final String ENDING = ".jetm";

  /** A larger file is no model. */
  private static final long MAX_BYTES = 1L << 30;

  private final List<String> named;
  private final String compressed;
  private final ModelFolder beside;
  private final Map<String, String> found = new HashMap<>();

  /**
   * Where to look.
   *
   * @param named files that the user named, or folders of such
   * @param compressed the file that needs a model
   */
  ModelFiles(List<String> named, String compressed) {
    this.named = inFolders(named);
    this.compressed = compressed;
    beside = ModelFolder.beside(FileNames.path(compressed));
  }

  /**
   * Names of model files, with those in a folder for the folder.
   *
   * @throws CommandFailure where a folder has none
   */
  public static List<String> inFolders(List<String> names) {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      Path folder = FileNames.path(name);
      if (!Files.isDirectory(folder)) {
        files.add(name);
        continue;
      }
      try (Stream<Path> there = Files.list(folder)) {
        List<String> models =
            there.map(Path::toString).filter(file -> file.endsWith(ENDING)).sorted().toList();
        if (models.isEmpty()) {
          throw new CommandFailure(
              ExitCode.FAILED, "%s: the folder has no model (%s)".formatted(name, ENDING));
        }
        files.addAll(models);
      } catch (IOException e) {
        throw Failures.about(name, e);
      }
    }
    return files;
  }

  /**
   * Reads a model.
   *
   * @throws CommandFailure where there is none that can be read
   */
  public static LearnedModel read(String name) {
    try {
      Path file = TableFiles.existing(name);
      if (Files.size(file) > MAX_BYTES) {
        throw new CommandFailure(ExitCode.FAILED, name + ": is too large to be a model");
      }
      return ModelKinds.KNOWN.read(Files.readAllBytes(file));
    } catch (MalformedBytesException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "%s: at byte %d: %s; get a fresh copy, or train it again"
              .formatted(name, e.offset(), e.getMessage()),
          e);
    } catch (IOException | JetfoldException e) {
      throw Failures.about(name, e);
    }
  }

  /**
   * Reads an autoencoder.
   *
   * @throws CommandFailure where there is none that can be read
   */
  public static Autoencoder readAutoencoder(String name) {
    if (read(name) instanceof Autoencoder autoencoder) {
      return autoencoder;
    }
    throw CommandFailure.usage(
        name + ": is not an autoencoder: train one with 'jetfold train --codec autoencoder'");
  }

  @Override
  public Optional<LearnedModel> find(String hash) throws IOException {
    List<String> others = new ArrayList<>();
    for (String name : named) {
      LearnedModel model = read(name);
      if (model.hash().equals(hash)) {
        found.put(hash, name);
        return Optional.of(model);
      }
      others.add("%s is another model (%s)".formatted(name, model.hash()));
    }
    Optional<LearnedModel> other =
        compressed.equals(TableFiles.STANDARD) ? Optional.empty() : findBeside(hash);
    if (other.isEmpty() && !others.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "%s: needs the model with SHA-256 %s, and %s"
              .formatted(FileNames.shown(compressed), hash, String.join(", ", others)));
    }
    return other;
  }

  /** The files of the models that were found, by the models' hashes. */
  Map<String, String> found() {
    return Map.copyOf(found);
  }

  private Optional<LearnedModel> findBeside(String hash) throws IOException {
    Optional<LearnedModel> model = beside.find(hash);
    beside.file(hash).ifPresent(file -> found.put(hash, file.toString()));
    return model;
  }

  /** Whether a file is a model, by its first bytes. */
  public static boolean isModel(String name) {
    return ModelEnvelope.begins(FileNames.beginning(name));
  }
}
