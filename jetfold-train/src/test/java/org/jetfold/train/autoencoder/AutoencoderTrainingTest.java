package org.jetfold.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.autoencoder.AutoencoderFile;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.LatentPrior;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.EnergyUnitEstimator;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.MissingUnitException;
import org.jetfold.train.ToyTables;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.AutoencoderSampleReader.Scheme;
import org.jetfold.train.density.DensityTraining;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSample;
import org.jetfold.train.density.TrainingSettings;
import org.jetfold.train.prior.PriorTraining;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the training of an autoencoder gives: a network of the shape, better than none, and as told.
 */
final class AutoencoderTrainingTest {
  private static final long MANY = 1 << 24;

  /** Settings whose epochs are few. */
  private record Shape(
      Activation activation, boolean batchNorm, int latents, double rate, int jets, double noise) {
    AutoencoderSettings settings(int epochs, long seed) {
      return new AutoencoderSettings(
          "test",
          "",
          List.of(16, 8),
          latents,
          activation,
          batchNorm,
          new LearningRates.OneCycle(rate),
          epochs,
          null,
          1e-6,
          AutoencoderSettings.BETA2,
          128,
          noise,
          0,
          null,
          jets,
          0,
          seed,
          1);
    }
  }

  private static final Shape TANH = new Shape(Activation.TANH, false, 2, 1e-2, 1, 0);

  private static AutoencoderSampleReader read(Table... tables) throws IOException {
    AutoencoderSampleReader reader = new AutoencoderSampleReader(List.of(), MANY);
    for (Table table : tables) {
      try (TableSource source = ToyTables.source(table)) {
        reader.read(
            source, Collections.nCopies(table.schema().columns().size(), Precision.exact()));
      }
    }
    return reader;
  }

  /** pt, m that follows it to a tenth, and phi: two numbers and a little. */
  private static AutoencoderSample jets(Scheme scheme, String... kept) throws Exception {
    return read(ToyTables.jets(1500, 1))
        .sample(EnergyUnit.GEV, scheme, List.of(kept), Map.of(), null);
  }

  private static TrainedAutoencoder train(AutoencoderSample sample, AutoencoderSettings settings)
      throws Exception {
    return train(sample, settings, null, false, NONE);
  }

  private static TrainedAutoencoder train(
      AutoencoderSample sample,
      AutoencoderSettings settings,
      @Nullable Path checkpoint,
      boolean resume,
      AutoencoderMonitor monitor)
      throws Exception {
    return AutoencoderTraining.train(sample, EnergyUnit.GEV, settings, checkpoint, resume, monitor);
  }

  private static final AutoencoderMonitor NONE = stoppingAt(-1);

  private static AutoencoderMonitor stoppingAt(int validation) {
    return new AutoencoderMonitor() {
      private int validations;

      @Override
      public void begins(int trainingRows, int validationRows, long weights, double resumedAt) {}

      @Override
      public void validated(double share, double epoch, double loss) {
        validations++;
        if (validations == validation) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "TANH, false, STANDARD, 1, 0",
    "LEAKY_RELU, true, STANDARD, 1, 0",
    "LEAKY_RELU, false, AUTO, 1, 0.02",
    "TANH, true, STANDARD, 2, 0"
  })
  void lessIsLostThanWithoutLearning(
      Activation activation, boolean batchNorm, Scheme scheme, int together, double noise)
      throws Exception {
    AutoencoderSample sample = jets(scheme);
    Shape shape = new Shape(activation, batchNorm, 2 * together, 1e-2, together, noise);
    TrainedAutoencoder trained = train(sample, shape.settings(12, 1));
    // Standardized variables have a variance of 1 each, and a third of it is phi.
    assertThat(trained.meanSquare()).isLessThan(0.2);
    // What libtorch says of the weights that were kept is what the codec's networks do, batch
    // normalization folded away; of several jets together, the missing ones count there.
    double best =
        trained.history().stream()
            .mapToDouble(TrainedAutoencoder.Validation::meanSquare)
            .min()
            .orElseThrow();
    if (together == 1) {
      assertThat(trained.validationLoss()).isCloseTo(best, within(1e-3 * best));
    }
    Autoencoder read = AutoencoderFile.read(trained.model().bytes());
    assertThat(read.hash()).isEqualTo(trained.model().hash());
    assertThat(read.description().inputs()).isEqualTo(3 * together);
    // On the training set it is 1, so nearly 1 on the whole sample.
    for (double deviation : new AutoencoderValidator(sample, null).latentDeviations(read)) {
      assertThat(deviation).isCloseTo(1, within(0.05));
    }
  }

  @Tag("slow")
  @Test
  void whatIsKeptNeedsNoLatent() throws Exception {
    Shape one = new Shape(Activation.TANH, false, 1, 1e-2, 1, 0);
    TrainedAutoencoder without = train(jets(Scheme.STANDARD), one.settings(8, 1));
    TrainedAutoencoder with = train(jets(Scheme.STANDARD, "phi"), one.settings(8, 1));
    assertThat(with.meanSquare()).isLessThan(0.3 * without.meanSquare());
    assertThat(with.model().description().kept()).containsExactly(2);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {7, 30})
  void normalizationOfBatchesResumesToo(int validation, @TempDir Path folder) throws Exception {
    // Before and after batches stop being normalized by themselves.
    Shape shape = new Shape(Activation.LEAKY_RELU, true, 2, 1e-2, 1, 0);
    AutoencoderSample sample = jets(Scheme.STANDARD);
    Path checkpoint = folder.resolve("a.jetm.checkpoint");
    AutoencoderSettings settings = shape.settings(4, 1);
    TrainedAutoencoder whole = train(sample, settings);
    assertThatThrownBy(() -> train(sample, settings, checkpoint, false, stoppingAt(validation)))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    TrainedAutoencoder resumed = train(sample, settings, checkpoint, true, NONE);
    assertThat(resumed.model().hash()).isEqualTo(whole.model().hash());
  }

  @Test
  void interruptedTrainingResumesAsIfNothingHadBeen(@TempDir Path folder) throws Exception {
    AutoencoderSample sample = jets(Scheme.STANDARD);
    Path checkpoint = folder.resolve("a.jetm.checkpoint");
    TrainedAutoencoder whole = train(sample, TANH.settings(4, 1));
    assertThatThrownBy(() -> train(sample, TANH.settings(4, 1), checkpoint, false, stoppingAt(7)))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> train(sample, TANH.settings(4, 2), checkpoint, true, NONE))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageEndingWith(
            "is of a training with other settings (seed 1, now 2): delete it to start from the"
                + " beginning");
    Shape other = new Shape(Activation.TANH, false, 1, 1e-3, 1, 0);
    assertThatThrownBy(() -> train(sample, other.settings(4, 1), checkpoint, true, NONE))
        .hasMessageContaining("(latent 2, now 1; lr 0.01, now 0.001):");
    assertThatThrownBy(() -> train(jets(Scheme.AUTO), TANH.settings(4, 1), checkpoint, true, NONE))
        .hasMessageContaining("other data (values, columns, unit or normalization)");
    assertThatThrownBy(
            () -> train(jets(Scheme.STANDARD, "m"), TANH.settings(4, 1), checkpoint, true, NONE))
        .hasMessageContaining("(kept [], now [m]):");
    TrainedAutoencoder resumed = train(sample, TANH.settings(4, 1), checkpoint, true, NONE);
    assertThat(resumed.model().hash()).isEqualTo(whole.model().hash());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTrainingThatDivergesSaysWhenAndWhatToDo() {
    Shape fast = new Shape(Activation.LEAKY_RELU, false, 2, 1e6, 1, 0);
    assertThatThrownBy(() -> train(jets(Scheme.STANDARD), fast.settings(5, 1)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "training diverged in epoch [1-5], with a learning rate of at most 1000000.0: lower"
                + " it");
  }

  @Tag("slow")
  @Test
  void aTrainingThatLearnsNothingIsKnown() throws Exception {
    TrainedAutoencoder good = train(jets(Scheme.STANDARD), TANH.settings(5, 1));
    // Standardized variables have a variance of 1; the share is that of both sets.
    assertThat(good.lossShare())
        .isBetween(
            0.8 * Math.min(good.meanSquare(), good.validationLoss()),
            1.2 * Math.max(good.meanSquare(), good.validationLoss()));
    assertThat(good.isAsBadAsConstant()).isFalse();
    // So slow that it stays where it began.
    Shape slow = new Shape(Activation.TANH, false, 2, 1e-9, 1, 0);
    assertThat(train(jets(Scheme.STANDARD), slow.settings(1, 1)).isAsBadAsConstant()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "pt, true, true",
    "Jet_pt, true, true",
    "jet_pT, true, true",
    "jetpt, true, true",
    "JetPt, true, true",
    "jet1pt, true, true",
    "leadingPt, true, true",
    "ActiveArea4vec_pt, false, true",
    "LeadingClusterPt, true, false",
    "Jet_LeadingClusterPt, true, false",
    "SubleadingClusterPt, true, true",
    "jetmass, true, false",
    "jet2mass, true, false",
    "jet_mass, true, false",
    "Mass, true, false",
    "energy, true, false",
    "Jet.Energy, true, false",
    "softDropMass, true, false",
    "momentum, true, false",
    "jet.M, true, false",
    "eta, false, false",
    "phi, false, false",
    "EMFrac, false, false",
    "emfrac, false, false",
    "width, false, false",
    "script, false, false",
    "biomass, false, false",
    "massless, false, false",
    "energyFraction, false, false",
    "ActiveArea4vec_m, false, false"
  })
  void energiesAreKnownByTheirNames(String name, boolean energy, boolean momentum) {
    assertThat(EnergyNames.isEnergy(name)).isEqualTo(energy);
    assertThat(EnergyUnitEstimator.isMomentum(name)).isEqualTo(momentum);
  }

  @ParameterizedTest
  @CsvSource({
    "phi, -3.14, 3.14, true",
    "Jet_phi, -3.14, 3.14, true",
    "ActiveArea4vec_phi, -3.14, 3.14, true",
    "jetPhi, 0.01, 6.28, true",
    "PHI, -3.1415927, 3.1415927, true",
    "phi, -180, 180, false",
    "phi, 0, 3.14, false",
    "phi, -3.14, 6.28, false",
    "WidthPhi, 0, 0.6, false",
    "morphi, -3.14, 3.14, false",
    "eta, -3.14, 3.14, false",
    "phiError, -3.14, 3.14, false"
  })
  void azimuthsAreKnownByNameAndRange(String name, double low, double high, boolean azimuth) {
    double[] values = {low, 0.5 * (low + high), Double.NaN, high};
    assertThat(Azimuths.isAzimuth(name, values)).isEqualTo(azimuth);
  }

  /** Jets all around, with a second azimuth beside the first: their ends meet. */
  private static Table around() {
    SplittableRandom random = new SplittableRandom(1);
    double[] angles = random.doubles(3000, -Math.PI, Math.PI).toArray();
    Table plain =
        ToyTables.flat(
            3000,
            row -> angles[row],
            row -> Normalization.Azimuth.wrapped(angles[row] + 0.1 * random.nextGaussian()),
            _ -> random.nextGaussian());
    List<Column> columns =
        List.of(
            new Column("phi", ValueType.FLOAT32),
            new Column("axis_phi", ValueType.FLOAT32),
            new Column("x", ValueType.FLOAT32));
    return new Table(
        Schema.flat(columns),
        3000,
        List.of(),
        List.of(plain.values(0), plain.values(1), plain.values(2)));
  }

  private static AutoencoderSample around(@Nullable List<String> azimuths, String... kept)
      throws Exception {
    return read(around()).sample(null, Scheme.STANDARD, List.of(kept), Map.of(), azimuths);
  }

  @Test
  void azimuthsAreToldRelativeToTheFirstThatIsNotKept() throws Exception {
    assertThat(around(null).azimuths()).containsExactly("phi", "axis_phi (relative to phi)");
    assertThat(around(null, "phi").azimuths()).containsExactly("phi", "axis_phi");
    assertThat(around(List.of()).azimuths()).isEmpty();
    assertThat(around(List.of("axis_phi")).azimuths()).containsExactly("axis_phi");
    assertThat(around(List.of("phi")).doubtfulAzimuths()).isEmpty();
    assertThat(around(List.of("phi", "x")).doubtfulAzimuths())
        .singleElement()
        .asString()
        .startsWith("x (-");
    assertThatThrownBy(() -> around(List.of("psi")))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("psi");
  }

  /** Where ends do not meet, a network is wrong by a turn for jets beside them. */
  @Tag("slow")
  @Test
  void noAzimuthIsWrongByATurn() throws Exception {
    AutoencoderSettings settings = TANH.settings(25, 1);
    TrainedAutoencoder known = train(around(null), settings);
    TrainedAutoencoder unknown = train(around(List.of()), settings);
    double largest = known.variables().get(1).absolute()[4];
    assertThat(largest).isLessThanOrEqualTo(Math.PI);
    assertThat(known.variables().get(1).absolute()[3])
        .isLessThan(0.5 * unknown.variables().get(1).absolute()[3]);
    assertThat(known.meanSquare()).isLessThan(unknown.meanSquare());
  }

  private static Table momenta(double median, String unit) {
    Table plain = ToyTables.flat(50, row -> median * (0.5 + row / 50.0), row -> row);
    List<Column> columns =
        List.of(
            new Column("Jet_pt", ValueType.FLOAT32, unit, false, false),
            new Column("Jet_ActiveArea4vec_m", ValueType.FLOAT32));
    return new Table(
        Schema.flat(columns), 50, List.of(), List.of(plain.values(0), plain.values(1)));
  }

  @Test
  void unitsAreStatedByTheTableByTheCallerOrEstimated() throws Exception {
    assertThat(read(momenta(60, "")).unit(null).unit()).isEqualTo(EnergyUnit.GEV);
    assertThat(read(momenta(60_000, "")).unit(null).unit()).isEqualTo(EnergyUnit.MEV);
    assertThat(read(momenta(60_000, "")).unit(EnergyUnit.GEV).unit()).isEqualTo(EnergyUnit.GEV);
    assertThat(read(momenta(60_000, "GeV")).unit(null).unit()).isEqualTo(EnergyUnit.GEV);
    assertThat(read(momenta(60, "GeV")).unit(null).reason()).isEqualTo("as column Jet_pt states");
    assertThat(read(momenta(60, "")).unit(EnergyUnit.GEV).reason()).isEqualTo("as you state");
    assertThat(read(momenta(60, "")).unit(null).reason())
        .isEqualTo("by the median of Jet_pt, 60.0");
    assertThat(read(momenta(60_000, "")).unit(null).reason())
        .isEqualTo("by the median of Jet_pt, 60000");
    assertThatThrownBy(() -> read(momenta(60, "GeV")).unit(EnergyUnit.MEV))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessage("has column Jet_pt in GeV, not in MeV");
    assertThatThrownBy(() -> read(momenta(60_000, ""), momenta(60, "")).unit(null).unit())
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining("different units")
        .hasMessageContaining("table 2 is in GeV");
    // No energies: no unit. Energies alone: nobody knows.
    assertThat(read(ToyTables.flat(9, row -> row)).unit(null).unit()).isNull();
    Table energies =
        new Table(
            Schema.flat(List.of(new Column("m", ValueType.FLOAT32))),
            9,
            List.of(),
            List.of(ToyTables.flat(9, row -> row).values(0)));
    assertThatThrownBy(() -> read(energies).unit(null).unit())
        .isInstanceOf(MissingUnitException.class)
        .hasMessageContaining("their unit could be estimated");
    assertThat(
            read(momenta(60, ""))
                .sample(EnergyUnit.GEV, Scheme.STANDARD, List.of(), Map.of(), null)
                .variables())
        .extracting(AutoencoderVariable::energy)
        .containsExactly(true, false);
  }

  /** Rows of a flat table, weighted by their number. */
  private static AutoencoderSample weighted(Table table, @Nullable IntToDoubleFunction weights)
      throws IOException {
    AutoencoderSampleReader reader = new AutoencoderSampleReader(List.of(), MANY);
    try (TableSource source = ToyTables.source(table)) {
      reader.read(
          source,
          Collections.nCopies(table.schema().columns().size(), Precision.exact()),
          weights == null ? null : ToyTables.weights(2, weights));
    }
    return reader.sample(null, Scheme.STANDARD, List.of(), Map.of(), List.of());
  }

  /** A third of the rows lies on b = a, the others on b = −a; one latent can tell one line only. */
  private static Table twoLines() {
    SplittableRandom random = new SplittableRandom(1);
    double[] a = random.doubles(3000, -1, 1).toArray();
    return ToyTables.flat(
        a.length, row -> a[row], row -> row % 3 == 0 ? a[row] : -a[row], row -> row % 3);
  }

  private static final Shape ONE_LATENT = new Shape(Activation.TANH, false, 1, 1e-2, 1, 0);

  @Tag("slow")
  @Test
  void rowsCountByTheirWeights() throws Exception {
    TrainedAutoencoder first =
        train(weighted(twoLines(), row -> row % 3 == 0 ? 5 : 0), ONE_LATENT.settings(20, 1));
    TrainedAutoencoder both =
        train(weighted(twoLines(), row -> row % 3 == 0 ? 2 : 1), ONE_LATENT.settings(20, 1));
    assertThat(first.variables()).hasSize(2);
    // Two lines that count alike make either half of the errors of any line in between.
    assertThat(both.meanSquare()).isGreaterThan(20 * first.meanSquare());
    // Rows without weight are in no quantile either.
    assertThat(first.variables().get(1).absolute()[4]).isLessThan(0.2);
    assertThat(both.variables().get(1).absolute()[4]).isGreaterThan(0.2);
  }

  @Test
  void equalWeightsChangeNothing() throws Exception {
    Table table = ToyTables.flat(600, row -> row, row -> row % 7);
    TrainedAutoencoder without = train(weighted(table, null), ONE_LATENT.settings(2, 1));
    TrainedAutoencoder with = train(weighted(table, row -> 3), ONE_LATENT.settings(2, 1));
    assertThat(with.model().hash()).isEqualTo(without.model().hash());
    assertThat(with.meanSquare()).isEqualTo(without.meanSquare());
    assertThat(with.validationLoss()).isEqualTo(without.validationLoss());
  }

  @ParameterizedTest
  @CsvSource({"-1, takes weights from 0 on", "0, add up to 0.0"})
  void weightsMustTellSomething(double weight, String message) {
    assertThatThrownBy(() -> weighted(twoLines(), row -> weight))
        .isInstanceOf(UntrainableTableException.class)
        .hasMessageContaining(message);
  }

  /** Three variables that one angle tells, in its own way each. */
  private static Table curve() {
    SplittableRandom random = new SplittableRandom(3);
    double[] angle = random.doubles(3000, 0, 3).toArray();
    return ToyTables.flat(
        angle.length,
        row -> Math.sin(angle[row]),
        row -> Math.cos(angle[row]),
        row -> angle[row] + 0.05 * random.nextGaussian());
  }

  private static AutoencoderSettings withRate(double rate, boolean batchNorm) {
    AutoencoderSettings plain =
        new Shape(Activation.LEAKY_RELU, batchNorm, 2, 1e-2, 1, 0).settings(15, 1);
    return new AutoencoderSettings(
        plain.producer(),
        plain.name(),
        plain.hidden(),
        plain.latents(),
        plain.activation(),
        plain.batchNorm(),
        plain.rates(),
        plain.epochs(),
        plain.seconds(),
        plain.decay(),
        plain.beta2(),
        plain.batch(),
        0,
        rate,
        AutoencoderSettings.STEPS,
        plain.jets(),
        plain.memory(),
        plain.seed(),
        plain.threads());
  }

  /** What bits count decides how many the latents take, and what they are worth. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bitsThatCountMoreAreFewer(boolean batchNorm) throws Exception {
    AutoencoderSample sample = weighted(curve(), null);
    TrainingSettings ofPrior = TrainingSettings.shared("test", 5, 1).withSteps(120);
    double bitsBefore = Double.POSITIVE_INFINITY;
    double errorBefore = 0;
    for (double rate : new double[] {1e-4, 1e-2}) {
      TrainedAutoencoder trained = train(sample, withRate(rate, batchNorm));
      PriorTraining.TrainedPrior prior =
          PriorTraining.train(trained.model(), sample, AutoencoderSettings.STEPS, ofPrior);
      assertThat(prior.model().latents()).isEqualTo(AutoencoderSettings.STEPS);
      assertThat(prior.bits()).isLessThan(prior.staticBits() + 0.1).isLessThan(bitsBefore - 1);
      assertThat(trained.meanSquare()).isGreaterThan(errorBefore);
      // The loss that the training saw is that of the finished network and its prior, nearly.
      double told = trained.history().getLast().meanSquare();
      double best =
          trained.history().stream().mapToDouble(each -> each.meanSquare()).min().orElse(told);
      assertThat(trained.meanSquare() + rate * prior.bits()).isCloseTo(best, within(0.25 * best));
      bitsBefore = prior.bits();
      errorBefore = trained.meanSquare();
    }
  }

  @Test
  void aPriorKnowsWhatLatentsTellOfEachOther() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    float[][] latents = new float[2][3000];
    for (int row = 0; row < 3000; row++) {
      latents[0][row] = (float) random.nextDouble(-1, 1);
      // Not near the first, which a distribution of differences would know, too.
      latents[1][row] = (float) (Math.cos(3 * latents[0][row]) + 0.02 * random.nextGaussian());
    }
    TrainedModel trained =
        DensityTraining.train(
            TrainingSample.ofLatents(latents, null, new Precision.Absolute(0.02), null),
            TrainingSettings.shared("test", 5, 1).withSteps(300));
    assertThat(trained.learnedBits()).isLessThan(trained.staticBits() - 0.5);
    // Even where they repeat they have no spikes, which a prior may not have.
    float[][] constant = {new float[300], new float[300]};
    assertThat(new LatentPrior((DensityModel) ofConstants(constant).model()).precision())
        .isEqualTo(new Precision.Bits(7));
  }

  private static TrainedModel ofConstants(float[][] constant) throws IOException {
    return DensityTraining.train(
        TrainingSample.ofLatents(constant, new int[] {0, 100, 300}, new Precision.Bits(7), null),
        TrainingSettings.shared("test", 5, 1).withSteps(2));
  }
}
