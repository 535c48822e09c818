package org.jetfold.train.autoencoder;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.train.LibTorch;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/** Trains autoencoders: start here. */
public final class AutoencoderTraining {
  private AutoencoderTraining() {}

  /**
   * Checks, without training, that an autoencoder can be trained on a sample: its layers, the jets
   * of an input, and the variables in its loss.
   *
   * @param unit of energies in the sample; null where it is not known
   * @throws UntrainableTableException where it cannot; its message is for the user
   */
  public static void check(
      AutoencoderSample sample, @Nullable EnergyUnit unit, AutoencoderSettings settings) {
    AutoencoderTrainer.description(sample, unit, settings);
  }

  /**
   * Trains an autoencoder. One event in ten is set apart, half of them for validation and half for
   * a test, and the weights with the lowest validation loss are kept. The thread that calls it is
   * busy until the end; it may be interrupted.
   *
   * @param unit of energies in the sample; null where it is not known
   * @param checkpoint the file to which the state is saved every 30 seconds and when the thread is
   *     interrupted; deleted at the end; null for none
   * @param resume whether to continue from the checkpoint where there is one
   * @throws UntrainableTableException where there is too little data, or the checkpoint is of
   *     another training
   * @throws org.jetfold.train.CheckpointException where the checkpoint is damaged
   * @throws org.jetfold.train.LibTorchException where libtorch is missing or cannot be loaded
   * @throws org.jetfold.train.TrainingInterruptedException where the thread was interrupted
   * @throws DivergedException where the loss grows without limit
   * @throws IOException where a checkpoint cannot be read or written
   */
  public static TrainedAutoencoder train(
      AutoencoderSample sample,
      @Nullable EnergyUnit unit,
      AutoencoderSettings settings,
      @Nullable Path checkpoint,
      boolean resume,
      AutoencoderMonitor monitor)
      throws IOException {
    check(sample, unit, settings);
    LibTorch.start();
    try (AutoencoderTrainer trainer =
        new AutoencoderTrainer(sample, unit, settings, checkpoint, monitor)) {
      return trainer.train(resume);
    }
  }
}
