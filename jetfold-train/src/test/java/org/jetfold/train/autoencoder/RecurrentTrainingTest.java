package org.jetfold.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.precision.Precision;
import org.jetfold.train.UntrainableTableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a memory of an event's jets is worth in the training of an autoencoder. */
final class RecurrentTrainingTest {
  private static final AutoencoderMonitor NONE =
      new AutoencoderMonitor() {
        @Override
        public void begins(int training, int validation, long weights, double resumedAt) {}

        @Override
        public void validated(double share, double epoch, double loss) {}
      };

  private static AutoencoderSettings settings(int memory, double noise, double rate) {
    return new AutoencoderSettings(
        "test",
        "",
        List.of(12),
        1,
        Activation.TANH,
        false,
        new LearningRates.OneCycle(1e-2),
        12,
        null,
        1e-6,
        AutoencoderSettings.BETA2,
        128,
        noise,
        rate,
        rate > 0 ? AutoencoderSettings.STEPS : new Precision.Absolute(0.01),
        1,
        memory,
        1,
        1);
  }

  /** Events of no to four jets: one variable is the event's own, the other the jet's. */
  private static AutoencoderSample events(boolean hasEvents) {
    Random random = new Random(1);
    int[] offsets = new int[1001];
    for (int event = 0; event < 1000; event++) {
      offsets[event + 1] = offsets[event] + random.nextInt(5);
    }
    double[][] values = new double[2][offsets[1000]];
    for (int event = 0; event < 1000; event++) {
      double own = random.nextGaussian();
      for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
        values[0][jet] = own;
        values[1][jet] = random.nextGaussian();
      }
    }
    Normalization none = new Normalization.Formula(false, 1, 0, 0, 1);
    return new AutoencoderSample(
        List.of(
            new AutoencoderVariable("own", false, false, none),
            new AutoencoderVariable("other", false, false, none)),
        new double[] {1, 1},
        values,
        offsets,
        hasEvents,
        null);
  }

  private static double meanSquare(AutoencoderSettings settings) throws Exception {
    TrainedAutoencoder trained =
        AutoencoderTraining.train(events(true), null, settings, null, false, NONE);
    assertThat(trained.model().description().memory()).isEqualTo(settings.memory());
    double last = trained.history().getLast().meanSquare();
    if (settings.rate() == 0) {
      // The codec's own network, with rounded latents, is the one that libtorch trained.
      assertThat(trained.validationLoss())
          .isBetween(0.8 * Math.min(last, trained.validationLoss()), 1.25 * last);
    }
    return trained.meanSquare();
  }

  /** Later jets have one number to say and not two. */
  @ParameterizedTest
  @CsvSource({"0, 0", "0.02, 0", "0, 1e-4"})
  void whatJetsShareIsToldOnce(double noise, double rate) throws Exception {
    double without = meanSquare(settings(0, noise, rate));
    double with = meanSquare(settings(6, noise, rate));
    assertThat(with).isLessThan(0.75 * without);
  }

  @Test
  void aMemoryIsOfEvents() {
    assertThatThrownBy(() -> AutoencoderTraining.check(events(false), null, settings(3, 0, 0)))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("no events");
  }
}
