package org.jetfold.train.autoencoder;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.train.LibTorch;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/** Trains an autoencoder: the way into this package. */
public final class AutoencoderTraining {
  private AutoencoderTraining() {}

  /**
   * Checks, without training, that an autoencoder can be trained: that its layers, the jets that go
   * through together, and what is learned make sense for a sample.
   *
   * @param unit the unit of energies in the sample; null where it is not known
   * @throws UntrainableTableException where it cannot; its message is for the user
   */
  public static void check(
      AutoencoderSample sample, @Nullable EnergyUnit unit, AutoencoderSettings settings)
      throws UntrainableTableException {
    AutoencoderTrainer.description(sample, unit, settings);
  }

  /**
   * Trains. The weights that did best with events that are not learned from are kept.
   *
   * @param unit the unit of energies in the sample; null where it is not known
   * @param checkpoint where the state is saved now and then, and when the thread is interrupted;
   *     deleted at the end; null for nowhere
   * @param resume whether to go on from the checkpoint where there is one
   * @throws UntrainableTableException where the data is too little, the checkpoint is of something
   *     else, or libtorch cannot be loaded; its message is for the user
   * @throws TrainingInterruptedException where the thread was interrupted
   * @throws DivergedException where the loss grows beyond all bounds
   * @throws IOException where a checkpoint cannot be read or written
   */
  public static TrainedAutoencoder train(
      AutoencoderSample sample,
      @Nullable EnergyUnit unit,
      AutoencoderSettings settings,
      @Nullable Path checkpoint,
      boolean resume,
      AutoencoderMonitor monitor)
      throws UntrainableTableException,
          TrainingInterruptedException,
          DivergedException,
          IOException {
    check(sample, unit, settings);
    LibTorch.start();
    try (AutoencoderTrainer trainer =
        new AutoencoderTrainer(sample, unit, settings, checkpoint, monitor)) {
      return trainer.train(resume);
    }
  }
}
