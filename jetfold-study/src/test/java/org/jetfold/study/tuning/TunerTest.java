package org.jetfold.study.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.residual.EventQuantity;
import org.jetfold.study.residual.Requirement;
import org.junit.jupiter.api.Test;

final class TunerTest {
  private static final List<String> NAMES = List.of("pt", "eta", "phi", "m", "other");

  /** Events of two to four jets, whose neighbours are back to back: no pair has hardly any mass. */
  private static Table jets(int events, long seed) {
    Random random = new Random(seed);
    int[] offsets = new int[events + 1];
    for (int event = 0; event < events; event++) {
      offsets[event + 1] = offsets[event] + 2 + random.nextInt(3);
    }
    int rows = offsets[events];
    float[][] columns = new float[NAMES.size()][rows];
    for (int row = 0; row < rows; row++) {
      int place = row - offsets[event(offsets, row)];
      // The leading two are far ahead, so that no rounding makes another pair the leading one.
      columns[0][row] = (float) ((place < 2 ? 300 : 30) * (1 + random.nextDouble()));
      columns[1][row] = (float) random.nextGaussian();
      columns[2][row] = (float) ((row % 2 == 0 ? 1 : -1) * (1.5 + 0.5 * random.nextDouble()));
      columns[3][row] = (float) (columns[0][row] * (0.05 + 0.1 * random.nextDouble()));
      columns[4][row] = random.nextFloat();
    }
    return new Table(
        Schema.events(
            List.of(),
            "jets",
            NAMES.stream().map(name -> new Column(name, ValueType.FLOAT32)).toList()),
        events,
        List.of(offsets),
        Arrays.stream(columns).<ColumnValues>map(ColumnValues.Floats::new).toList());
  }

  private static int event(int[] offsets, int row) {
    int found = Arrays.binarySearch(offsets, row);
    return found >= 0 ? found : -found - 2;
  }

  private static Tuning tuned(String... targets) throws Exception {
    return new Tuner(
            jets(3000, 1),
            jets(3000, 2),
            Arrays.stream(targets).map(Requirement::parse).toList(),
            1,
            _ -> {})
        .run();
  }

  private static Precision precision(Tuning tuning, String column) {
    return tuning.columns().stream()
        .filter(found -> found.name().path().equals("jets." + column))
        .findFirst()
        .orElseThrow()
        .precision();
  }

  @Test
  void whatIsSaidOutrightIsTheBound() throws Exception {
    Tuning found = tuned("pt.max<=0.01", "eta.abs.max<=0.005");
    assertThat(precision(found, "pt")).hasToString("rel:0.01:dither");
    assertThat(precision(found, "eta")).hasToString("abs:0.005:dither");
    assertThat(precision(found, "other")).isEqualTo(Precision.exact());
    assertThat(found.meets()).isTrue();
    assertThat(found.outcomes()).hasSize(2).allMatch(Requirement.Outcome::holds);
  }

  /** The target is met with little to spare: all of the allowed error buys bits. */
  @Test
  void theMassIsSharedByWhatItIsComputedFrom() throws Exception {
    Tuning found = tuned("mjj.resolution<0.005");
    assertThat(found.meets()).isTrue();
    assertThat(found.outcomes().getFirst().value()).isBetween(0.004, 0.005);
    for (String column : List.of("pt", "eta", "phi", "m")) {
      assertThat(precision(found, column)).isInstanceOf(Precision.Dithered.class);
    }
    // The mass of a jet hardly moves that of two.
    Precision.Relative ofMass = (Precision.Relative) precision(found, "m").promise();
    Precision.Relative ofMomentum = (Precision.Relative) precision(found, "pt").promise();
    assertThat(ofMass.bound()).isGreaterThan(5 * ofMomentum.bound());
  }

  @Test
  void aTargetThatNothingMeetsIsNotMet() throws Exception {
    Tuning found = tuned("pt.max<0");
    assertThat(found.meets()).isFalse();
    assertThat(precision(found, "pt")).isEqualTo(Precision.exact());
  }

  @Test
  void unknownColumnsAreRefused() {
    assertThatThrownBy(() -> tuned("nope.max<1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column is called nope");
  }

  /** Of two equal jets, each has half of HT. */
  @Test
  void sensitivitiesOfSums() {
    int[] offsets = {0, 2};
    Table two =
        new Table(
            Schema.events(
                List.of(),
                "jets",
                List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32))),
            1,
            List.of(offsets),
            List.of(
                new ColumnValues.Floats(new float[] {50, 50}),
                new ColumnValues.Floats(new float[] {0, 1})));
    double[] found = JetSensitivities.of(EventQuantity.Kind.HT, two, List.of(0, 1, -1, -1), 1);
    assertThat(found[0]).isCloseTo(0.5, within(1e-12));
    assertThat(found[1]).isZero();
  }
}
