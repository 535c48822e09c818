package org.jetfold.train.density;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.train.LibTorch;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Trains a density model: the way into this package.
 *
 * <p>A model is judged by events that it does not learn from; the weights that did best there are
 * kept, rounded so that they take few bits, and what the model takes is found by coding with it.
 */
public final class DensityTraining {
  private DensityTraining() {}

  /**
   * Trains.
   *
   * @param checkpoint where the state is saved now and then, and when the thread is interrupted;
   *     deleted at the end; null for nowhere
   * @param resume whether to go on from the checkpoint where there is one
   * @throws UntrainableTableException where the data is too little, the checkpoint is of something
   *     else, or libtorch cannot be loaded; its message is for the user
   * @throws TrainingInterruptedException where the thread was interrupted
   * @throws IOException where a checkpoint cannot be read or written
   */
  public static TrainedModel train(
      TrainingSample sample,
      TrainingSettings settings,
      @Nullable Path checkpoint,
      boolean resume,
      TrainingMonitor monitor)
      throws UntrainableTableException, TrainingInterruptedException, IOException {
    LibTorch.start();
    try (DensityTrainer trainer = new DensityTrainer(sample, settings, checkpoint, monitor)) {
      return trainer.train(resume);
    }
  }
}
