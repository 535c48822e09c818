package org.jetfold.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.text.Quantities;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.density.CollectionTraining;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSample;
import org.jetfold.train.density.TrainingSettings;

/** Trains a model for each collection of a table, and writes those that save something. */
final class CollectionModels {
  private static final String ENDING = ".jetm";

  /** A smaller share of the bits is not worth a file that others must have. */
  private static final double MIN_SAVED = 0.005;

  private final Streams streams;
  private final WorkingOptions working;
  private final Path folder;
  private final boolean resume;
  private final boolean overwrite;

  /**
   * Models in a folder.
   *
   * @param resume whether models that are there are kept, and trainings go on from checkpoints
   * @param overwrite whether models that are there are replaced
   */
  CollectionModels(
      Streams streams, WorkingOptions working, Path folder, boolean resume, boolean overwrite) {
    this.streams = streams;
    this.working = working;
    this.folder = folder;
    this.resume = resume;
    this.overwrite = overwrite;
  }

  /** Trains models of the samples, in their order, and prints what they save. */
  void train(List<TrainingSample> samples, TrainingSettings settings) throws IOException {
    Function<TrainingSample, Path> files = files(samples);
    List<CollectionTraining.Rows> rows = new ArrayList<>();
    for (TrainingSample sample : samples) {
      if (!Files.exists(files.apply(sample)) || !resume) {
        rows.add(new CollectionTraining.Rows(sample, sample.rows()));
      }
    }
    try (TrainingProgress progress = new TrainingProgress(streams, working.quiet)) {
      List<CollectionTraining.Result> results =
          CollectionTraining.train(
              rows, settings, false, sample -> checkpoint(files.apply(sample)), resume, progress);
      write(results, files);
    } catch (TrainingInterruptedException e) {
      throw Interruption.ofTraining(folder, streams, e);
    }
  }

  /**
   * The model's file of each sample.
   *
   * @throws CommandFailure where one is there, or the checkpoint of its training, and nothing is
   *     said of it
   */
  private Function<TrainingSample, Path> files(List<TrainingSample> samples) {
    Map<TrainingSample, Path> files = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (TrainingSample sample : samples) {
      String name = sample.collection().replaceAll("[^A-Za-z0-9_.-]", "_");
      name = name.isEmpty() ? "events" : name;
      String unique = name;
      for (int number = 2; !taken.add(unique); number++) {
        unique = name + "-" + number;
      }
      Path file = folder.resolve(unique + ENDING);
      for (Path there : List.of(file, checkpoint(file))) {
        if (Files.exists(there) && !resume && !overwrite) {
          throw CommandFailure.usage(
              "%s exists already: -f replaces it, --resume keeps finished models and goes on from checkpoints"
                  .formatted(there));
        }
      }
      files.put(sample, file);
    }
    return sample -> Objects.requireNonNull(files.get(sample));
  }

  private static Path checkpoint(Path model) {
    return model.resolveSibling(model.getFileName() + TrainCommand.CHECKPOINT);
  }

  private void write(List<CollectionTraining.Result> results, Function<TrainingSample, Path> files)
      throws IOException {
    CollectionTable table = new CollectionTable();
    List<String> written = new ArrayList<>();
    for (CollectionTraining.Result result : results) {
      Path file = files.apply(result.sample());
      TrainedModel trained = result.trained();
      if (trained == null || saved(trained) < MIN_SAVED) {
        table.add(result, "saves too little: not written");
        continue;
      }
      table.add(result, "saves " + Quantities.percent(saved(trained)));
      try (OutputFile out = OutputFile.create(file.toString(), overwrite, streams)) {
        out.stream().write(trained.model().bytes());
        out.commit();
      }
      written.add(
          "%s: %s, SHA-256 %s"
              .formatted(file, Quantities.bytes(trained.model().size()), trained.model().hash()));
    }
    if (!working.quiet) {
      table.print(streams);
      streams.say(folder + ": bits per row, on test sets, which chose nothing");
      written.forEach(streams::say);
    }
  }

  private static double saved(TrainedModel trained) {
    return 1 - trained.learnedBits() / trained.staticBits();
  }
}
