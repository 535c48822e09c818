package org.jetfold.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.DensityDecoder;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.CheckpointException;
import org.jetfold.train.LibTorch;
import org.jetfold.train.ToyTables;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What training gives, from tables that are easy, hard and hostile. */
final class DensityTrainingTest {
  private static final int STEPS = 120;

  private static TrainingSettings settings(int steps) {
    return TrainingSettings.shared("test", 5, 1).withSteps(steps);
  }

  private static TrainedModel train(TrainingSample sample, TrainingSettings settings)
      throws Exception {
    return DensityTraining.train(sample, settings, null, /* resume= */ false, TrainingMonitor.NONE);
  }

  @Tag("slow")
  @Test
  void dependenceIsLearned() throws Exception {
    TrainedModel trained =
        train(ToyTables.sample(ToyTables.jets(3000, 1), "*=bits:7"), settings(STEPS));
    // pt within an event, m beside pt, phi beside the jet before: more than a bit each, and some
    // for the smoothing of a table this small.
    assertThat(trained.learnedBits()).isLessThan(trained.staticBits() - 3);
    assertThat(trained.columns()).extracting("name").containsExactly("pt", "m", "phi");
    assertThat(trained.columns().get(1).learnedBits())
        .isLessThan(trained.columns().get(1).staticBits() - 1.5);
  }

  /** With hardly a step, a training that starts with a model has what that has learned. */
  @Test
  void startingWithAModelKeepsWhatItHasLearned() throws Exception {
    TrainingSample sample = ToyTables.sample(ToyTables.jets(2000, 1), "*=bits:7");
    TrainedModel first = train(sample, settings(STEPS));
    DensityModel model = (DensityModel) first.model();
    assertThat(model.training().orElseThrow().bits()).isCloseTo(first.learnedBits(), within(1e-4));
    // Of the bits of jets that chose neither weights nor rounding, which are few in so small a
    // table.
    double gain = first.staticBits() - first.learnedBits();
    DensityModel last = model;
    for (int again = 0; again < 3; again++) {
      // Weights that are rounded already are rounded again.
      TrainedModel next = train(sample, settings(1).startingFrom(last));
      assertThat(next.staticBits() - next.learnedBits()).isGreaterThan(0.9 * gain);
      last = (DensityModel) next.model();
      assertThat(last.shape()).isEqualTo(model.shape());
    }
    TrainedModel fromNothing =
        train(
            sample,
            settings(1)
                .withNetwork(model.description().hidden(), model.description().components()));
    assertThat(fromNothing.learnedBits()).isGreaterThan(first.learnedBits() + 0.5);
  }

  @Test
  void independentColumnsCostNoMoreThanAlone() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    Table table =
        ToyTables.flat(
            3000,
            _ -> random.nextGaussian(),
            _ -> random.nextInt(4),
            _ -> Math.exp(3 * random.nextGaussian()));
    TrainedModel trained = train(ToyTables.sample(table, "*=bits:6"), settings(STEPS));
    assertThat(trained.learnedBits()).isLessThan(trained.staticBits() + 0.03);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"0, 1", "5, 1", "24, 3", "40, 4"})
  void codecTakesWhatTorchPromises(int hidden, int components) throws Exception {
    TrainingData data = ToyTables.sample(ToyTables.jets(1000, 3), "*=bits:7").data();
    ModelDescription description =
        ModelDescription.of("test", data.hasEvents(), data.samples(), hidden, components);
    List<Alphabet> alphabets = description.columns().stream().map(ModelColumn::alphabet).toList();
    AutoregressiveWeights weights = InitialWeights.of(description.shape(), 7);
    // Larger than after initialization, so that every wire shows.
    for (float[] array : weights.arrays()) {
      for (int i = 0; i < array.length; i++) {
        array[i] *= 1.5f;
      }
    }
    float[] steps = new float[AutoregressiveWeights.ARRAYS];
    Arrays.fill(steps, 1f / (1 << 10));
    DensityModel model = DensityModel.of(description, QuantizedWeights.of(weights, steps));
    double codec = Arrays.stream(CodingCost.bits(model, data)).sum();

    LibTorch.start();
    RowTensors rows = new RowTensors(description.shape(), alphabets, List.of(), data);
    int[] all = IntStream.range(0, data.rows()).toArray();
    for (int threads : new int[] {1, 3}) {
      try (TorchNetwork network =
          new TorchNetwork(
              description.shape(),
              alphabets.stream().mapToInt(Alphabet::cells).toArray(),
              model.weights().weights(),
              threads)) {
        assertThat(network.bits(rows, all) + rows.rawBits(all))
            .isCloseTo(codec, within(0.005 * codec));
        // Out and in again, nothing is lost.
        assertThat(network.weights().arrays()).isDeepEqualTo(model.weights().weights().arrays());
      }
    }
  }

  @Test
  void modelCodesOtherDataAndComesBackFromItsFile() throws Exception {
    TrainedModel trained =
        train(ToyTables.sample(ToyTables.jets(400, 4), "*=bits:7"), settings(30));
    DensityModel model = DensityModelFile.read(trained.model().bytes());
    TrainingData other = ToyTables.sample(ToyTables.jets(300, 5), "*=bits:7").data();
    ByteWriter[] streams = {new ByteWriter(), new ByteWriter(), new ByteWriter()};
    DensityEncoder encoder = new DensityEncoder(model, Kernels.best());
    encoder.encode(encoder.intervals(other.symbols(), other.order()), other.order(), streams);
    ByteReader[] in = new ByteReader[streams.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = new ByteReader(streams[i].toByteArray(), 0);
    }
    assertThat(new DensityDecoder(model, Kernels.best()).decode(in, other.order()))
        .isDeepEqualTo(other.symbols());
  }

  /** A third of the rows has b near a, the others b near −a; c tells which, and is the weight. */
  private static Table twoLines() {
    SplittableRandom random = new SplittableRandom(8);
    double[] a = random.doubles(6000, -1, 1).toArray();
    return ToyTables.flat(
        a.length,
        row -> a[row],
        row -> (row % 3 == 0 ? a[row] : -a[row]) + 0.01 * random.nextGaussian(),
        row -> row % 3);
  }

  private static TrainingSample weighted(Table table, IntToDoubleFunction weights)
      throws IOException {
    SampleReader reader = new SampleReader();
    try (TableSource source = ToyTables.source(table)) {
      reader.read(
          source,
          PrecisionRules.parse("*=abs:0.01").resolve(table.schema()).columns(),
          ToyTables.weights(2, weights));
    }
    return reader.sample();
  }

  /** The bits of b in the rows of the first line. */
  private static double bitsOfFirstLine(TrainedModel trained) throws IOException {
    TrainingData all = weighted(twoLines(), _ -> 1).data();
    int[] first = IntStream.range(0, all.rows()).filter(row -> row % 3 == 0).toArray();
    return CodingCost.bits((DensityModel) trained.model(), all.select(first))[1];
  }

  @Tag("slow")
  @Test
  void rowsCountByTheirWeights() throws Exception {
    TrainedModel alike = train(weighted(twoLines(), _ -> 1), settings(2 * STEPS));
    TrainedModel first =
        train(weighted(twoLines(), row -> row % 3 == 0 ? 1 : 0.01), settings(2 * STEPS));
    // The column of the weights is no variable, and not known either.
    assertThat(first.columns()).extracting("name").containsExactly("a", "b");
    assertThat(((DensityModel) first.model()).description().contexts()).isEmpty();
    // A third of the rows costs log₂ 3 bits to tell from the others, and little where it has nearly
    // all the weight.
    assertThat(bitsOfFirstLine(first)).isLessThan(bitsOfFirstLine(alike) - 1);
    // What is printed counts by weights, too.
    assertThat(first.columns().get(1).learnedBits()).isCloseTo(bitsOfFirstLine(first), within(0.3));
  }

  @Test
  void equalWeightsChangeNothing() throws Exception {
    TrainedModel one = train(weighted(twoLines(), _ -> 1), settings(10));
    TrainedModel three = train(weighted(twoLines(), _ -> 3), settings(10));
    assertThat(three.model().hash()).isEqualTo(one.model().hash());
    assertThat(three.learnedBits()).isEqualTo(one.learnedBits());
    TrainedModel without =
        train(
            ToyTables.sample(ToyTables.flat(600, row -> row, row -> row % 7), "*=abs:0.01"),
            settings(2));
    TrainedModel with =
        train(
            weighted(ToyTables.flat(600, row -> row, row -> row % 7, _ -> 1), _ -> 1), settings(2));
    assertThat(with.learnedBits()).isEqualTo(without.learnedBits());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, takes weights from 0 on",
    "0, 0, add up to 0.0",
    "1, 0, has too few events with a weight above 0"
  })
  void weightsMustTellSomething(double first, double others, String message) {
    assertThatThrownBy(
            () -> train(weighted(twoLines(), row -> row == 0 ? first : others), settings(1)))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining(message);
  }

  /** The jets of an event have its weight, also where the table is read in pieces. */
  @Test
  void jetsHaveTheWeightsOfTheirEvents() throws IOException {
    Table table = ToyTables.jets(500, 9);
    SampleReader reader = SampleReader.ofEach(List.of(), SampleReader.MAX_VALUES);
    try (TableSource source = ToyTables.source(table)) {
      reader.read(
          source,
          PrecisionRules.parse("*=bits:7").resolve(table.schema()).columns(),
          ToyTables.weights(-1, event -> event));
    }
    TrainingData data = reader.sample().data();
    int[] offsets = table.offsets(1);
    double unit = data.weight(offsets[499]) / 499;
    for (int event = 0; event < 500; event++) {
      for (int row = offsets[event]; row < offsets[event + 1]; row++) {
        assertThat(data.weight(row)).isCloseTo(unit * event, within(1e-12));
      }
    }
  }

  static Stream<Arguments> hostile() {
    SplittableRandom random = new SplittableRandom(6);
    return Stream.of(
        Arguments.of("four rows", ToyTables.flat(4, row -> row, row -> -row)),
        Arguments.of("two rows", ToyTables.flat(2, row -> row)),
        Arguments.of("constants", ToyTables.flat(500, _ -> 3, _ -> 0)),
        Arguments.of("a single column", ToyTables.flat(500, _ -> random.nextGaussian())),
        Arguments.of("only NaN", ToyTables.flat(500, _ -> Double.NaN, row -> row)),
        Arguments.of(
            "NaN, infinities and numbers",
            ToyTables.flat(
                800,
                row -> row % 3 == 0 ? Double.NaN : random.nextGaussian(),
                row -> row % 5 == 0 ? Double.NEGATIVE_INFINITY : random.nextDouble(),
                row -> row % 2 == 0 ? -0.0 : 1e38)),
        Arguments.of("discrete", ToyTables.flat(700, row -> row % 2, row -> (row % 2) * 5)),
        Arguments.of(
            "duplicates",
            ToyTables.flat(600, row -> row < 590 ? 1 : row, row -> row < 200 ? 0 : 1)),
        Arguments.of(
            "a column twice", ToyTables.flat(600, row -> Math.sin(row), row -> Math.sin(row))));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, {index}")
  @MethodSource("hostile")
  void hostileTablesTrain(String name, Table table) throws Exception {
    for (String precision : List.of("*=bits:7", "*=exact")) {
      TrainedModel trained = train(ToyTables.sample(table, precision), settings(20));
      assertThat(trained.learnedBits()).as(name).isFinite().isNotNegative();
      TrainedModel stored =
          train(ToyTables.sample(table, precision), settings(20).storedWith(table.rootEntries()));
      assertThat(stored.learnedBits()).as(name).isFinite().isNotNegative();
      assertThat(DensityModelFile.read(stored.model().bytes()).hash())
          .isEqualTo(stored.model().hash());
    }
  }

  @Test
  void tooFewEventsAreToldApartFromNone() {
    assertThatThrownBy(
            () -> train(ToyTables.sample(ToyTables.flat(1, _ -> 1), "*=bits:7"), settings(1)))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("only one row");
    Column pt = new Column("pt", ValueType.FLOAT32);
    Table oneEvent =
        new Table(
            Schema.events(List.of(), "jets", List.of(pt)),
            3,
            List.of(new int[] {0, 0, 5, 5}),
            List.of(new ColumnValues.Floats(new float[5])));
    assertThatThrownBy(() -> train(ToyTables.sample(oneEvent, "*=bits:7"), settings(1)))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("only one event with jets");
    assertThatThrownBy(() -> ToyTables.sample(ToyTables.flat(0, _ -> 1), "*=bits:7"))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("no rows");
  }

  @Test
  void tablesWithoutFloatsAreRefused() {
    Table integers =
        new Table(
            Schema.flat(List.of(new Column("n", ValueType.INT32))),
            2,
            List.of(),
            List.of(new ColumnValues.Integers(new long[] {1, 2})));
    assertThatThrownBy(() -> ToyTables.sample(integers, "*=exact"))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("no columns that a model codes");
  }

  @Test
  void orderIsTakenAndChecked() throws Exception {
    Table jets = ToyTables.jets(50, 8);
    assertThat(ToyTables.sample(jets, "*=bits:7", "phi", "m").columns())
        .extracting(Column::name)
        .containsExactly("phi", "m", "pt");
    assertThat(ToyTables.sample(jets, "*=bits:7", "jets.phi", "m").columns())
        .extracting(Column::name)
        .containsExactly("phi", "m", "pt");
    assertThatThrownBy(() -> ToyTables.sample(jets, "*=bits:7", "phi", "eta"))
        .hasMessageContaining("names eta")
        .hasMessageContaining("pt, m, phi");
    assertThatThrownBy(() -> ToyTables.sample(jets, "*=bits:7", "m", "m"))
        .hasMessageContaining("m twice");
  }

  @Tag("slow")
  @Test
  void interruptedTrainingResumesAsIfNothingHadBeen(@TempDir Path folder) throws Exception {
    TrainingSample sample = ToyTables.sample(ToyTables.jets(500, 9), "*=bits:7");
    TrainedModel whole = train(sample, settings(60));
    Path checkpoint = folder.resolve("m.jetm.checkpoint");
    for (int stop : new int[] {1, 37}) {
      TrainingMonitor stopping = stoppingAt(stop);
      assertThatThrownBy(() ->
              DensityTraining.train(
                  sample, settings(60), checkpoint, /* resume= */ stop > 1, stopping))
          .isInstanceOf(TrainingInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(checkpoint).exists();
    }
    assertOthersAreRefused(sample, checkpoint);
    TrainedModel resumed =
        DensityTraining.train(
            sample, settings(60), checkpoint, /* resume= */ true, TrainingMonitor.NONE);
    assertThat(resumed.model().hash()).isEqualTo(whole.model().hash());
    assertThat(folder).isEmptyDirectory();
  }

  private static TrainingMonitor stoppingAt(int step) {
    return new TrainingMonitor() {
      private int steps;

      @Override
      public void begins(Plan plan) {}

      @Override
      public void progress(double share, double bits, double secondsLeft) {
        steps++;
        if (steps == step) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void rounds() {}
    };
  }

  @Test
  void interruptedWhileItRoundsItGoesOnFromThere(@TempDir Path folder) throws Exception {
    TrainingSample sample = ToyTables.sample(ToyTables.jets(500, 9), "*=bits:7");
    TrainedModel whole =
        DensityTraining.train(sample, settings(60), null, false, TrainingMonitor.NONE);
    Path checkpoint = folder.resolve("model.checkpoint");
    assertThatThrownBy(() ->
            DensityTraining.train(
                sample, settings(60), checkpoint, /* resume= */ false, stoppingAtRounding()))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(checkpoint).exists();
    TrainedModel resumed =
        DensityTraining.train(
            sample, settings(60), checkpoint, /* resume= */ true, TrainingMonitor.NONE);
    assertThat(resumed.model().hash()).isEqualTo(whole.model().hash());
    assertThat(folder).isEmptyDirectory();
  }

  private static TrainingMonitor stoppingAtRounding() {
    return new TrainingMonitor() {
      @Override
      public void begins(Plan plan) {}

      @Override
      public void progress(double share, double bits, double secondsLeft) {}

      @Override
      public void rounds() {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static void assertOthersAreRefused(TrainingSample sample, Path checkpoint)
      throws IOException {
    TrainingSample other = ToyTables.sample(ToyTables.jets(500, 10), "*=bits:7");
    assertThatThrownBy(() ->
            DensityTraining.train(
                other, settings(60), checkpoint, /* resume= */ true, TrainingMonitor.NONE))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("other data");
    assertThatThrownBy(() ->
            DensityTraining.train(
                sample,
                settings(60).withSeed(2),
                checkpoint,
                /* resume= */ true,
                TrainingMonitor.NONE))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("seed 1")
        .hasMessageContaining("now");
    TrainingSample coarser = ToyTables.sample(ToyTables.jets(500, 10), "*=bits:5");
    assertThatThrownBy(() ->
            DensityTraining.train(
                coarser,
                settings(60).withSeed(2).withNetwork(4, 1),
                checkpoint,
                /* resume= */ true,
                TrainingMonitor.NONE))
        .hasMessageContaining("(hidden ")
        .hasMessageContaining(" more): delete it");
    byte[] bytes = Files.readAllBytes(checkpoint);
    Path damaged = checkpoint.resolveSibling("damaged");
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    assertThatThrownBy(() ->
            DensityTraining.train(
                sample, settings(60), damaged, /* resume= */ true, TrainingMonitor.NONE))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is damaged");
    Files.write(damaged, new byte[] {1, 2, 3});
    assertThatThrownBy(() ->
            DensityTraining.train(
                sample, settings(60), damaged, /* resume= */ true, TrainingMonitor.NONE))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is not a checkpoint");
    Files.delete(damaged);
  }

  /** A model holds so many weights and no more: said before any step. */
  @Test
  void networksThatNoModelHoldsAreRefused() throws Exception {
    IntToDoubleFunction[] columns = new IntToDoubleFunction[1000];
    Arrays.fill(columns, (IntToDoubleFunction) row -> row);
    TrainingSample wide = ToyTables.sample(ToyTables.flat(20, columns), "*=bits:7");
    assertThatThrownBy(
            () -> DensityTraining.train(wide, settings(5), null, false, TrainingMonitor.NONE))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("1,000 columns and 0 hidden units make more weights than")
        .hasMessageContaining("use fewer columns");
    TrainingSample jets = ToyTables.sample(ToyTables.jets(300, 1), "*=bits:7");
    assertThatThrownBy(() ->
            DensityTraining.train(
                jets, settings(5).withNetwork(4096, null), null, false, TrainingMonitor.NONE))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("or fewer hidden units");
  }
}
