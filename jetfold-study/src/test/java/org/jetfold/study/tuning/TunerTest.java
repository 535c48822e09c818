package org.jetfold.study.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jetfold.codec.derived.DerivedQuantities;
import org.jetfold.codec.derived.DerivedQuantity;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
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
    return tuned(jets(3000, 1), jets(3000, 2), null, List.of(), targets);
  }

  private static Tuning tuned(
      Table search,
      Table proof,
      @Nullable String weight,
      List<String> definitions,
      String... targets)
      throws Exception {
    Evaluator.Settings settings =
        new Evaluator.Settings(
            null,
            weight,
            null,
            null,
            definitions,
            Arrays.stream(targets).map(Requirement::parse).toList(),
            List.of());
    return new Tuner(search, proof, settings, 1, _ -> {}).run();
  }

  private static Precision precision(Tuning tuning, String column) {
    return tuning.columns().stream()
        .filter(found -> found.name().path().equals("jets." + column))
        .findFirst()
        .orElseThrow()
        .precision();
  }

  @Tag("slow")
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
  @Tag("slow")
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

  @Tag("slow")
  @Test
  void aTargetThatNothingMeetsIsNotMet() throws Exception {
    Tuning found = tuned("pt.max<0");
    assertThat(found.meets()).isFalse();
    assertThat(precision(found, "pt")).isEqualTo(Precision.exact());
  }

  @Test
  void unknownNamesAreRefused() {
    assertThatThrownBy(() -> tuned("nope.max<1"))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("no column or quantity is called nope");
  }

  /** Of whatever a quantity is computed from, each has its share, and nothing else is touched. */
  @Tag("slow")
  @Test
  void anyQuantityIsATarget() throws Exception {
    List<String> definitions = List.of("density = m / pt^2");
    Map<String, Tuning> tunings = new HashMap<>();
    for (String target :
        List.of("density.rms<0.003", "E.p99<0.002", "dR.abs.max<0.004", "HT.resolution<0.002")) {
      Tuning found = tuned(jets(3000, 1), jets(3000, 2), null, definitions, target);
      assertThat(found.meets()).as(target).isTrue();
      Requirement.Outcome outcome = found.outcomes().getFirst();
      assertThat(outcome.value()).as(target).isGreaterThan(0.5 * outcome.requirement().limit());
      assertThat(precision(found, "other")).isEqualTo(Precision.exact());
      tunings.put(target, found);
    }
    Tuning ofDensity = tunings.get("density.rms<0.003");
    // The error of pt counts twice, so its bound is half as large.
    double ofMass = ((Precision.Relative) precision(ofDensity, "m").promise()).bound();
    double ofMomentum = ((Precision.Relative) precision(ofDensity, "pt").promise()).bound();
    assertThat(ofMass / ofMomentum).isBetween(1.5, 2.7);
    assertThat(precision(ofDensity, "eta")).isEqualTo(Precision.exact());
  }

  /** Where events with hard jets alone count, soft jets may lose as much as they like. */
  @Test
  void weightsDecideWhichEventsCount() {
    Table both = joined(jets(200, 1), jets(200, 2));
    DerivedQuantity sum = new DerivedQuantities(both.schema(), "jets", List.of()).find("HT");
    double[] weights = new double[400];
    Arrays.fill(weights, 0, 200, 2.5);
    Table first = both.slice(0, 200);
    double[] ones = new double[200];
    Arrays.fill(ones, 1);
    assertThat(new Sensitivities(sum, true, TunerTest::relativeOfEnergies).of(both, weights)[0])
        .isCloseTo(
            new Sensitivities(sum, true, TunerTest::relativeOfEnergies).of(first, ones)[0],
            within(1e-12));
  }

  /** Errors of pt and m are relative to them. */
  private static double relativeOfEnergies(int column, double value) {
    return column == 0 || column == 3 ? value : 1;
  }

  private static Table joined(Table... tables) {
    return Table.joined(List.of(tables));
  }

  /** Sensitivities tell what errors do, for each quantity that there is. */
  @Test
  void sensitivitiesPredictErrors() {
    Table exact = jets(4000, 5);
    Random random = new Random(6);
    double size = 1e-3;
    float[][] moved = new float[NAMES.size()][];
    for (int column = 0; column < moved.length; column++) {
      moved[column] = ((ColumnValues.Floats) exact.values(column)).values().clone();
      for (int row = 0; row < moved[column].length; row++) {
        double error = size * random.nextGaussian();
        boolean isRelative = column == 0 || column == 3;
        moved[column][row] +=
            (float) (column == 4 ? 0 : isRelative ? error * moved[column][row] : error);
      }
    }
    Table inexact =
        new Table(
            exact.schema(),
            exact.rootEntries(),
            List.of(exact.offsets(1)),
            Arrays.stream(moved).<ColumnValues>map(ColumnValues.Floats::new).toList());
    double[] ones = new double[exact.rootEntries()];
    Arrays.fill(ones, 1);
    DerivedQuantities quantities = new DerivedQuantities(exact.schema(), "jets", List.of());
    for (String name : List.of("HT", "MHT", "mjj", "y*", "dEta", "dR", "E", "px", "rapidity")) {
      DerivedQuantity quantity = quantities.find(name);
      double[] before = quantity.values(exact);
      double[] after = quantity.values(inexact);
      double square = 0;
      for (int i = 0; i < before.length; i++) {
        square += (after[i] - before[i]) * (after[i] - before[i]) / before.length;
      }
      double[] found =
          new Sensitivities(quantity, false, TunerTest::relativeOfEnergies).of(exact, ones);
      double predicted = size * Math.sqrt(Arrays.stream(found).sum());
      assertThat(Math.sqrt(square)).as(name).isBetween(0.9 * predicted, 1.1 * predicted);
    }
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
    double[] found =
        new Sensitivities(
                new DerivedQuantities(two.schema(), null, List.of()).find("HT"),
                true,
                TunerTest::relativeOfEnergies)
            .of(two, new double[] {1});
    assertThat(found[0]).isCloseTo(0.5, within(1e-12));
    assertThat(found[1]).isZero();
  }
}
