package org.jetfold.codec.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weights that no training gives, in files whose checksums are right: refused, by name and byte.
 */
final class HostileModelsTest {
  private final DensityModel model = honest();

  private static DensityModel honest() {
    Random random = new Random(4);
    return RandomModels.model(random, RandomModels.symbols(random, 3, 200), true, 9, 2, 1);
  }

  private byte[] with(float step, long multiple) {
    float[] steps = model.weights().steps().clone();
    long[][] multiples = model.weights().multiples().clone();
    int array = 1;
    steps[array] = step;
    multiples[array] = multiples[array].clone();
    multiples[array][0] = multiple;
    return DensityModel.of(model.description(), new QuantizedWeights(steps, multiples)).bytes();
  }

  private void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> DensityModelFile.read(file))
        .isInstanceOfSatisfying(
            MalformedBytesException.class, e -> assertThat(e.offset()).isPositive())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1, 0, -0f, 1 << 21})
  void stepsAreAboveZeroAndNotHuge(float step) {
    assertRefused(with(step, 1), "the step");
  }

  @Test
  void weightsAreNotHuge() {
    assertRefused(with(1, (1 << 20) + 1), "a weight is 1048577 steps");
    assertRefused(with(0x1p-30f, (1 << 24) + 1), "a weight is");
    assertRefused(with(0x1p-30f, Long.MIN_VALUE), "a weight is");
  }

  /** It would have no place for some symbol, and no table could be sure to be coded. */
  @Test
  void everyColumnHasAnEscape() {
    ModelDescription honest = model.description();
    DistributionWriter writer = new DistributionWriter();
    for (ModelColumn column : honest.columns()) {
      long[] symbols = {column.distribution().first(0), column.distribution().first(0) + 1};
      writer.write(
          FittedDistribution.of(
              symbols,
              new int[1],
              Map.of(),
              _ -> {
                throw new AssertionError("there is no other column");
              }));
    }
    ModelDescription without =
        new ModelDescription(
            honest.producer(),
            honest.events(),
            honest.columns(),
            honest.hidden(),
            honest.components(),
            writer.finish(),
            null);
    assertRefused(
        DensityModelFile.write(without, model.weights(), null),
        "the distribution of column c0 has no escape");
  }

  @Test
  void theLargestWeightsAreRead() throws MalformedBytesException {
    assertThat(DensityModelFile.read(with(1, -(1 << 20))).weights().multiples()[1][0])
        .isEqualTo(-(1 << 20));
  }

  /** A context of no level would be of the rows themselves, which are not known before. */
  @Test
  void contextsAreOfGroupsAbove() {
    ModelDescription described =
        ModelDescription.of(
            "test",
            8,
            List.of(
                new ModelDescription.Sample(
                    "c", ValueType.FLOAT32, new Precision.Bits(7), new long[] {1, 2, 3})),
            List.of(
                new ModelDescription.ContextSample(
                    ContextSource.value(0, "own", ValueType.INT32), new long[] {1, 2, 3})),
            0,
            1);
    byte[] bytes = RandomModels.model(new Random(1), described, 0.1).bytes();
    assertRefused(bytes, "context own is of the rows themselves");
  }

  /** Of the rows' own lists the lengths are known, and nothing that is in them. */
  @Test
  void entriesOfTheRowsOwnListsAreNotKnown() {
    ModelDescription described =
        ModelDescription.of(
            "test",
            0,
            List.of(
                new ModelDescription.Sample(
                    "c", ValueType.FLOAT32, new Precision.Bits(7), new long[] {1, 2, 3})),
            List.of(
                new ModelDescription.ContextSample(
                    ContextSource.count(0, "jets"), new long[] {1, 2, 3}),
                new ModelDescription.ContextSample(
                    ContextSource.entry(0, "jets", 1, "pt", ValueType.FLOAT32),
                    new long[] {1, 2, 3})),
            0,
            1);
    byte[] bytes = RandomModels.model(new Random(1), described, 0.1).bytes();
    assertRefused(bytes, "context jets.pt[0] is of a list of the rows themselves");
  }
}
