package org.jetfold.codec.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.network.Kernel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Test;

/** Networks give the same bits whatever runs them, and the file of a model comes back. */
class JetNetworksTest {
  private static final List<String> NAMES = List.of("pt", "eta", "phi", "m", "e");

  private static double[][] values(Random random, int jets) {
    double[][] values = new double[NAMES.size()][jets];
    for (double[] variable : values) {
      Arrays.setAll(variable, i -> 3 * random.nextGaussian());
    }
    return values;
  }

  private static float[][] normalized(JetNetworks networks, double[][] values) {
    float[][] normalized = new float[values.length][];
    Arrays.setAll(normalized, v -> networks.normalized(v, values));
    return normalized;
  }

  @Test
  void everyKernelGivesTheSameBits() {
    RandomCase.each(
        30,
        any -> {
          int jets = any.between(1, 3);
          int kept = any.between(0, 2);
          int count = any.between(0, 200);
          int memory = any.flag() ? 0 : any.between(1, 40);
          Activation activation = any.oneOf(Activation.values());
          Random random = new Random(any.bits());
          Autoencoder model =
              RandomAutoencoders.model(
                  random, NAMES, kept, jets, 3, List.of(37, 8), activation, memory);
          double[][] values = values(random, count);
          InputRows rows = InputRows.ofEvents(new int[] {0, count / 3, count / 3, count}, jets);
          boolean[] wanted = new boolean[NAMES.size()];
          Arrays.fill(wanted, true);
          float[][] latents = null;
          double[][] restored = null;
          for (Kernel kernel : Kernels.all()) {
            JetNetworks networks = new JetNetworks(model, kernel);
            float[][] normalized = normalized(networks, values);
            float[][] found = networks.encode(normalized, rows);
            double[][] back = networks.decode(found, normalized, wanted, rows);
            assertThat(found).as(kernel.name()).isDeepEqualTo(latents == null ? found : latents);
            assertThat(back).as(kernel.name()).isDeepEqualTo(restored == null ? back : restored);
            latents = found;
            restored = back;
          }
        });
  }

  /** What is remembered is of the event alone, and of nothing behind a jet. */
  @Test
  void aMemoryKnowsTheEarlierJetsOfItsEvent() {
    Random random = new Random(5);
    Autoencoder model =
        RandomAutoencoders.model(random, NAMES, 1, 1, 2, List.of(8), Activation.TANH, 5);
    JetNetworks networks = new JetNetworks(model, Kernels.best());
    float[][] normalized = normalized(networks, values(random, 9));
    float[][] latents = networks.encode(normalized, InputRows.ofEvents(new int[] {0, 4, 9}, 1));
    float[][] alone = new float[normalized.length][];
    for (int v = 0; v < alone.length; v++) {
      alone[v] = Arrays.copyOfRange(normalized[v], 4, 7);
    }
    float[][] ofAlone = networks.encode(alone, InputRows.ofEvents(new int[] {0, 3}, 1));
    float[][] single = networks.encode(normalized, InputRows.single(9));
    for (int l = 0; l < latents.length; l++) {
      assertThat(ofAlone[l]).isEqualTo(Arrays.copyOfRange(latents[l], 4, 7));
      assertThat(single[l][4]).isEqualTo(latents[l][4]);
      assertThat(single[l][5]).isNotEqualTo(latents[l][5]);
    }
    float[][] rounded =
        networks.encode(
            normalized,
            InputRows.ofEvents(new int[] {0, 4, 9}, 1),
            (values, count) -> Arrays.fill(values, 0, count, 0.5f));
    assertThat(rounded[0][4]).isEqualTo(latents[0][4]);
    assertThat(rounded[0][5]).isNotEqualTo(latents[0][5]);
  }

  @Test
  void anEventGivesTheBitsOfAFile() {
    RandomCase.each(
        6,
        any -> {
          Activation activation = any.oneOf(Activation.values());
          Random random = new Random(any.bits());
          Autoencoder model =
              RandomAutoencoders.model(random, NAMES, 0, 1, 3, List.of(70, 130), activation);
          int width = NAMES.size();
          double[][] values = values(random, 9);
          for (Kernel kernel : Kernels.all()) {
            JetNetworks networks = new JetNetworks(model, kernel);
            float[][] normalized = normalized(networks, values);
            float[][] latents = networks.encode(normalized, InputRows.single(9));
            EventNetwork encoder = model.eventEncoder(kernel);
            for (int from = 0; from < 9; from++) {
              for (int jets = 1; from + jets <= 9; jets++) {
                float[] x = new float[jets * width];
                for (int i = 0; i < x.length; i++) {
                  float value = normalized[i % width][from + i / width];
                  x[i] = Float.isNaN(value) ? 0 : value;
                }
                float[] found = encoder.run(x, jets);
                for (int jet = 0; jet < jets; jet++) {
                  for (int l = 0; l < 3; l++) {
                    assertThat(found[jet * encoder.stride() + l])
                        .as("%s, jet %d of %d", kernel.name(), jet, jets)
                        .isEqualTo(latents[l][from + jet]);
                  }
                }
              }
            }
          }
        });
  }

  @Test
  void tanhIsTheHyperbolicTangent() {
    for (Kernel kernel : Kernels.all()) {
      float[] y = new float[Kernel.ROWS];
      for (int step = -4000; step <= 4000; step += Kernel.ROWS) {
        for (int i = 0; i < y.length; i++) {
          y[i] = (step + i) / 400f;
        }
        float[] x = y.clone();
        kernel.tanh(y, 0, 1, Kernel.ROWS);
        for (int i = 0; i < y.length; i++) {
          assertThat((double) y[i]).isCloseTo(Math.tanh(x[i]), within(4e-7));
          assertThat(y[i]).isBetween(-1f, 1f);
        }
      }
    }
  }

  @Test
  void normalizationsAreUndone() {
    RandomCase.each(
        100,
        any -> {
          Random random = new Random(any.bits());
          double value = 4 * random.nextGaussian();
          for (Normalization normalization :
              List.of(
                  new Normalization.Formula(true, -1e-3, 1, 0, 1.6),
                  new Normalization.Formula(false, 3, 1, 0.25, -2),
                  new Normalization.Knots(new double[] {-1, 0, 4}, new double[] {-2, 0.5, 1}))) {
            double y = normalization.apply(value);
            assertThat(normalization.undo(y))
                .isCloseTo(value, within(1e-9 * (1 + Math.abs(value))));
          }
          Normalization log = new Normalization.Formula(true, 1, 0, 1.3, 1.2);
          assertThat(log.apply(0)).isNaN();
          assertThat(log.apply(-1)).isNaN();
          assertThat(log.apply(Double.POSITIVE_INFINITY)).isNaN();
          assertThat(log.apply(Double.NaN)).isNaN();
        });
  }

  /** The short way round, within the turn: also for floats beside its ends, and wild outputs. */
  @Test
  void azimuthsComeRound() {
    for (boolean positive : new boolean[] {false, true}) {
      double low = positive ? 0 : -Math.PI;
      Normalization alone = new Normalization.Azimuth(positive, 0.5, -1);
      Normalization relative = new Normalization.Azimuth(positive, 0.5, 0);
      Random random = new Random(1);
      for (int i = 0; i < 1000; i++) {
        double x = low + 2 * Math.PI * random.nextDouble();
        double other = low + 2 * Math.PI * random.nextDouble();
        assertThat(alone.undo(alone.apply(x))).isCloseTo(x, within(1e-6));
        double difference = relative.apply(x, other);
        assertThat(Math.abs(difference)).isLessThanOrEqualTo(2 * Math.PI + 1e-12);
        assertThat(Normalization.Azimuth.wrapped(relative.undo(difference, other) - x))
            .isCloseTo(0, within(1e-6));
        float wild = (float) relative.undo(100 * random.nextGaussian(), other);
        assertThat((double) wild).isBetween(low, low + 2 * Math.PI);
        wild = (float) alone.undo(100 * random.nextGaussian());
        assertThat((double) wild).isBetween(low, low + 2 * Math.PI);
      }
      for (float end : new float[] {(float) low, (float) (low + 2 * Math.PI)}) {
        assertThat(alone.apply(end)).isFinite();
        assertThat((double) (float) alone.undo(alone.apply(end))).isBetween(low, low + 2 * Math.PI);
      }
      // No angle, or one of another turn, which would not come back.
      for (double odd : new double[] {Double.NaN, low - 0.1, low + 6.4, -999}) {
        assertThat(alone.apply(odd)).isNaN();
        assertThat(relative.apply(odd, 1)).isNaN();
      }
      assertThat(relative.apply(1, Double.NaN)).isNaN();
    }
  }

  @Test
  void anAzimuthIsRelativeToOneThatIsRestoredByItself() {
    Normalization alone = new Normalization.Azimuth(false, 2, -1);
    Normalization line = new Normalization.Formula(false, 1, 0, 0, 1);
    for (AutoencoderVariable reference :
        List.of(
            new AutoencoderVariable("phi", false, true, alone),
            new AutoencoderVariable("phi", false, false, line),
            new AutoencoderVariable("phi", false, false, new Normalization.Azimuth(false, 2, 0)))) {
      assertRefused(reference, new Normalization.Azimuth(false, 2, 0));
    }
    assertRefused(
        new AutoencoderVariable("phi", false, false, alone),
        new Normalization.Azimuth(false, 2, 7));
    for (double width : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Normalization.Azimuth(false, width, -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertRefused(AutoencoderVariable reference, Normalization relative) {
    assertThatThrownBy(() ->
            new AutoencoderDescription(
                "test",
                "",
                null,
                1,
                Activation.TANH,
                false,
                List.of(reference, new AutoencoderVariable("other", false, false, relative)),
                List.of(4),
                1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relative to");
  }

  @Test
  void aModelComesBackFromItsFile() {
    Autoencoder model =
        RandomAutoencoders.model(
            new Random(4), NAMES, 2, 2, 4, List.of(12, 7), Activation.LEAKY_RELU);
    assertRead(model);
    assertRead(
        RandomAutoencoders.model(
            new Random(4), NAMES, 2, 2, 4, List.of(12, 7), Activation.LEAKY_RELU, 3));
  }

  private static void assertRead(Autoencoder model) {
    Autoencoder read = AutoencoderFile.read(model.bytes());
    assertThat(read.description().memory()).isEqualTo(model.description().memory());
    assertThat(read.memoryLayers()).hasSameSizeAs(model.memoryLayers());
    assertThat(read.hash()).isEqualTo(model.hash());
    assertThat(read.description().toString()).isNotEmpty();
    assertThat(read.description().hidden()).isEqualTo(List.of(12, 7));
    assertThat(read.decoderLayers().getLast().weights())
        .isEqualTo(model.decoderLayers().getLast().weights());
  }

  @Test
  void aDamagedModelIsRefused() {
    RandomCase.each(
        60,
        any -> {
          Random random = new Random(any.bits());
          byte[] bytes =
              RandomAutoencoders.model(new Random(4), NAMES, 1, 1, 2, List.of(3), Activation.TANH)
                  .bytes();
          byte[] damaged =
              random.nextBoolean()
                  ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                  : bytes.clone();
          if (damaged.length == bytes.length) {
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            // The minor version may be any.
            damaged[9] = bytes[9];
          }
          if (!Arrays.equals(damaged, bytes)) {
            assertThatThrownBy(() -> AutoencoderFile.read(damaged))
                .isInstanceOf(MalformedBytesException.class);
          }
        });
  }
}
