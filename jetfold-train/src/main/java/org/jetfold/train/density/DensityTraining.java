package org.jetfold.train.density;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.train.LibTorch;
import org.jspecify.annotations.Nullable;

/**
 * Trains density models: start here.
 *
 * <p>One event in ten is set apart: half of them for validation, half for a test. The weights with
 * the lowest validation loss are kept and rounded so that they take few bits. The bits that the
 * model takes are measured on the test set with the coder's own networks.
 */
public final class DensityTraining {
  private DensityTraining() {}

  /** Trains a model without a checkpoint; otherwise as below. */
  public static TrainedModel train(TrainingSample sample, TrainingSettings settings)
      throws IOException {
    return train(sample, settings, null, false, TrainingMonitor.NONE);
  }

  /**
   * Trains a model. The thread that calls it is busy until the end; it may be interrupted.
   *
   * @param checkpoint the file to which the state is saved every 30 seconds and when the thread is
   *     interrupted; deleted at the end; null for none
   * @param resume whether to continue from the checkpoint where there is one
   * @throws org.jetfold.train.UntrainableTableException where there is too little data, or the
   *     checkpoint is of another training
   * @throws org.jetfold.train.CheckpointException where the checkpoint is damaged
   * @throws org.jetfold.train.LibTorchException where libtorch is missing or cannot be loaded
   * @throws org.jetfold.train.TrainingInterruptedException where the thread was interrupted
   * @throws IOException where a checkpoint cannot be read or written
   */
  public static TrainedModel train(
      TrainingSample sample,
      TrainingSettings settings,
      @Nullable Path checkpoint,
      boolean resume,
      TrainingMonitor monitor)
      throws IOException {
    LibTorch.start();
    try (DensityTrainer trainer = new DensityTrainer(sample, settings, checkpoint, monitor)) {
      return trainer.train(resume);
    }
  }
}
