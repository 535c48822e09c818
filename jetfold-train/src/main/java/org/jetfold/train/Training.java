package org.jetfold.train;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.codec.autoencoder.EnergyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: the way into this package.
 *
 * <p>A model is judged by events that it does not learn from; the weights that did best there are
 * kept, rounded so that they take few bits, and what the model takes is found by coding with it.
 */
public final class Training {
  /** Present where libtorch's Java side is. */
  private static final String ENGINE = "ai.djl.pytorch.engine.PtEngine";

  private Training() {}

  /** Whether the libraries that training needs are there. */
  public static boolean isPossible() {
    try {
      Class.forName(ENGINE, /* initialize= */ false, Training.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

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
    if (!isPossible()) {
      throw new UntrainableTableException(
          "training needs libtorch, which this distribution leaves out: use the full one");
    }
    LibTorch.start();
    try (Trainer trainer = new Trainer(sample, settings, checkpoint, monitor)) {
      return trainer.train(resume);
    }
  }

  /**
   * Checks, without training, that an autoencoder can be trained: that its layers, the jets that go
   * through together, and what is learned make sense for a sample.
   *
   * @param unit the unit of energies in the sample; null where it is not known
   * @throws UntrainableTableException where it cannot; its message is for the user
   */
  public static void checkAutoencoder(
      AutoencoderSample sample, @Nullable EnergyUnit unit, AutoencoderSettings settings)
      throws UntrainableTableException {
    AutoencoderTrainer.description(sample, unit, settings);
  }

  /**
   * Trains an autoencoder. As {@link #train}, but that it may diverge.
   *
   * @param unit the unit of energies in the sample; null where it is not known
   * @throws DivergedException where the loss grows beyond all bounds
   */
  public static TrainedAutoencoder trainAutoencoder(
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
    if (!isPossible()) {
      throw new UntrainableTableException(
          "training needs libtorch, which this distribution leaves out: use the full one");
    }
    checkAutoencoder(sample, unit, settings);
    LibTorch.start();
    try (AutoencoderTrainer trainer =
        new AutoencoderTrainer(sample, unit, settings, checkpoint, monitor)) {
      return trainer.train(resume);
    }
  }
}
