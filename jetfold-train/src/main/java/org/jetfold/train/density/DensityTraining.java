package org.jetfold.train.density;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.train.LibTorch;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Trains density models: start here.
 *
 * <p>One event in ten goes to a validation set. The weights with the lowest validation loss are
 * kept and rounded so that they take few bits. The bits that the model takes are measured on the
 * validation set with the coder's own networks.
 */
public final class DensityTraining {
  private DensityTraining() {}

  /**
   * Trains a model. The thread that calls it is busy until the end; it may be interrupted.
   *
   * @param checkpoint the file to which the state is saved every 30 seconds and when the thread is
   *     interrupted; deleted at the end; null for none
   * @param resume whether to continue from the checkpoint where there is one
   * @throws UntrainableTableException where there is too little data, the checkpoint is of another
   *     training, or libtorch cannot be loaded; its message is for the user
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
