package org.jetfold.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.ToyTables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table's own model is kept only where the file is smaller with it. */
@Tag("slow")
final class EmbeddedModelTrainingTest {
  private static final TrainingSettings SETTINGS =
      TrainingSettings.shared("test", 9, 1).withSteps(300);

  private static Compression plan(Table table) {
    return Compression.of(table.schema(), PrecisionRules.parse("*=bits:7"));
  }

  private static EmbeddedModelTraining.Result train(Table table, String... order)
      throws IOException {
    return EmbeddedModelTraining.train(
        () -> ToyTables.source(table), plan(table), List.of(order), SETTINGS, TrainingMonitor.NONE);
  }

  private static int size(Table table, Compression plan) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(ToyTables.source(table), plan, out, _ -> {});
    }
    return out.size();
  }

  /** The mean of three columns and some noise: static columns know of one other column at most. */
  private static Table means(int rows) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] values = new float[4][rows];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int column = 0; column < 3; column++) {
        values[column][row] = (float) (1.5 + 0.1 * random.nextGaussian());
        sum += values[column][row];
      }
      values[3][row] = (float) (sum / 3 + 0.003 * random.nextGaussian());
    }
    List<Column> columns =
        Stream.of("a", "b", "c", "mean").map(name -> new Column(name, ValueType.FLOAT32)).toList();
    List<ColumnValues> all = new ArrayList<>();
    for (float[] column : values) {
      all.add(new ColumnValues.Floats(column));
    }
    return new Table(Schema.flat(columns), rows, List.of(), all);
  }

  @Test
  void correlatedColumnsHaveAModelThatMakesTheFileSmaller() throws IOException {
    Table means = means(16_000);
    EmbeddedModelTraining.Result result = train(means);
    assertThat(result.models()).hasSize(1);
    assertThat(result.reason()).isEmpty();
    assertThat(size(means, plan(means).with(result.models().getFirst())))
        .isLessThan(size(means, plan(means)));
  }

  /** Two collections with such columns have a model each, and noise between them has none. */
  @Test
  void eachCollectionThatPaysHasAModel() throws IOException {
    Table means = means(8000);
    List<Column> columns = means.schema().columns();
    Table noise = ToyTables.flat(8000, row -> (row * 7919) % 104_729, row -> (row * 31) % 7_907);
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(),
                List.of(
                    new Group("first", columns, List.of()),
                    new Group("noise", noise.schema().columns(), List.of()),
                    new Group("second", columns, List.of()))));
    List<ColumnValues> values = new ArrayList<>();
    for (Table each : List.of(means, noise, means)) {
      for (int column = 0; column < each.schema().columns().size(); column++) {
        values.add(each.values(column));
      }
    }
    int[] offsets = IntStream.rangeClosed(0, 4000).map(event -> 2 * event).toArray();
    Table events = new Table(schema, 4000, List.of(offsets, offsets, offsets), values);
    EmbeddedModelTraining.Result result = train(events);
    assertThat(result.collections())
        .extracting(collection -> collection.training().sample().collection())
        .containsExactly("first", "second", "noise");
    assertThat(result.collections()).allMatch(each -> each.training().trained() != null);
    assertThat(result.collections().getFirst().savedBytes()).isPositive();
    assertThat(result.collections().get(1).savedBytes()).isPositive();
    assertThat(result.models()).hasSizeBetween(2, 3);
    assertThat(size(events, plan(events).with(result.models().toArray(ModelUse[]::new))))
        .isLessThan(size(events, plan(events)));
  }

  /**
   * Lists of three energies that share that of their jet: what they know of it makes them small.
   */
  @Test
  void listsKnowWhatTheyBelongTo() throws IOException {
    int jets = 4000;
    SplittableRandom random = new SplittableRandom(3);
    float[] energy = new float[jets];
    float[] shares = new float[3 * jets];
    long[] number = new long[jets];
    for (int jet = 0; jet < jets; jet++) {
      energy[jet] = (float) Math.exp(random.nextGaussian());
      number[jet] = jet;
      for (int i = 0; i < 3; i++) {
        shares[3 * jet + i] = (float) (energy[jet] * random.nextDouble(0.3, 0.31));
      }
    }
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(),
                List.of(
                    new Group(
                        "jets",
                        List.of(
                            new Column("e", ValueType.FLOAT32),
                            new Column("number", ValueType.INT64)),
                        List.of(
                            new Group(
                                "samplings",
                                List.of(new Column("share", ValueType.FLOAT32)),
                                List.of()))))));
    Table events =
        new Table(
            schema,
            jets / 2,
            List.of(
                IntStream.rangeClosed(0, jets / 2).map(event -> 2 * event).toArray(),
                IntStream.rangeClosed(0, jets).map(jet -> 3 * jet).toArray()),
            List.of(
                new ColumnValues.Floats(energy),
                new ColumnValues.Integers(number),
                new ColumnValues.Floats(shares)));
    EmbeddedModelTraining.Result result = train(events);
    CollectionTraining.Result samplings = result.collections().getFirst().training();
    assertThat(samplings.sample().collection()).isEqualTo("jets.samplings");
    TrainedModel trained = Objects.requireNonNull(samplings.trained());
    DensityModel model = (DensityModel) trained.model();
    assertThat(model.description().contexts())
        .extracting(context -> context.source().toString())
        .containsExactly("e");
    assertThat(model.description().places()).isEqualTo(8);
    assertThat(trained.learnedBits()).isLessThan(trained.staticBits() - 3);
    Compression learned = plan(events).with(ModelUse.embedded(model));
    RoundTrip restored = RoundTrip.of(events, learned, 1);
    assertThat(restored.table().values(2).size()).isEqualTo(3 * jets);
    assertThat(size(events, learned)).isLessThan(size(events, plan(events)));
  }

  /**
   * Jets of an event share the momentum of its lepton, and tell its charge: they know the lepton,
   * which decodes without them, and their sign is coded as an integer.
   */
  @Test
  void jetsKnowLeptons() throws IOException {
    int events = 4000;
    SplittableRandom random = new SplittableRandom(5);
    float[] momentum = new float[events];
    long[] charge = new long[events];
    float[] energy = new float[2 * events];
    long[] sign = new long[2 * events];
    for (int event = 0; event < events; event++) {
      momentum[event] = (float) Math.exp(random.nextGaussian());
      charge[event] = random.nextBoolean() ? 1 : -1;
      for (int jet = 2 * event; jet < 2 * event + 2; jet++) {
        energy[jet] = (float) (momentum[event] * random.nextDouble(0.3, 0.31));
        sign[jet] = random.nextInt(20) == 0 ? 0 : charge[event];
      }
    }
    Group leptons =
        new Group(
            "leptons",
            List.of(new Column("pt", ValueType.FLOAT32), new Column("charge", ValueType.INT8)),
            List.of());
    Group jets =
        new Group(
            "jets",
            List.of(new Column("e", ValueType.FLOAT32), new Column("sign", ValueType.INT8)),
            List.of());
    Schema schema = new Schema(new Group("", List.of(), List.of(jets, leptons)));
    Table table =
        new Table(
            schema,
            events,
            List.of(
                IntStream.rangeClosed(0, events).map(event -> 2 * event).toArray(),
                IntStream.rangeClosed(0, events).toArray()),
            List.of(
                new ColumnValues.Floats(energy),
                new ColumnValues.Integers(sign),
                new ColumnValues.Floats(momentum),
                new ColumnValues.Integers(charge)));
    EmbeddedModelTraining.Result result = train(table);
    CollectionTraining.Result ofJets = result.collections().getFirst().training();
    assertThat(ofJets.sample().collection()).isEqualTo("jets");
    assertThat(ofJets.sample().contexts())
        .containsExactlyInAnyOrder("leptons.pt[0]", "leptons.charge[0]");
    assertThat(ofJets.sample().columns()).extracting(Column::name).containsExactly("e", "sign");
    TrainedModel trained = Objects.requireNonNull(ofJets.trained());
    assertThat(trained.learnedBits()).isLessThan(trained.staticBits() - 1.5);
    TrainedModel.ColumnCost ofSign = trained.columns().getLast();
    assertThat(ofSign.learnedBits()).isLessThan(ofSign.staticBits() - 0.3);
    DensityModel model = (DensityModel) trained.model();
    Compression learned = plan(table).with(ModelUse.embedded(model));
    RoundTrip restored = RoundTrip.of(table, learned, 1);
    assertThat(restored.table().values(1)).usingRecursiveComparison().isEqualTo(table.values(1));
    assertThat(size(table, learned)).isLessThan(size(table, plan(table)));
  }

  /** Time is not spent on them, whether or not models are stored with the values. */
  @Test
  void collectionsOfFewValuesAreNotTrained() throws IOException {
    int events = 100;
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(),
                List.of(
                    new Group("taus", List.of(new Column("pt", ValueType.FLOAT32)), List.of()),
                    new Group("jets", List.of(new Column("pt", ValueType.FLOAT32)), List.of()))));
    Table table =
        new Table(
            schema,
            events,
            List.of(
                IntStream.rangeClosed(0, events).map(event -> 4 * event).toArray(),
                IntStream.rangeClosed(0, events).map(event -> 5 * event).toArray()),
            List.of(
                new ColumnValues.Floats(values(4 * events)),
                new ColumnValues.Floats(values(5 * events))));
    SampleReader reader = SampleReader.ofEach(List.of(), SampleReader.MAX_VALUES);
    try (TableSource source = ToyTables.source(table)) {
      reader.read(source, plan(table).askedPrecisions());
    }
    List<CollectionTraining.Rows> rows =
        reader.samples(null).stream()
            .map(sample -> new CollectionTraining.Rows(sample, sample.rows()))
            .toList();
    for (boolean stored : new boolean[] {false, true}) {
      List<CollectionTraining.Result> results =
          CollectionTraining.train(rows, SETTINGS, stored, _ -> null, false, TrainingMonitor.NONE);
      assertThat(results)
          .extracting(CollectionTraining.Result::reason)
          .containsExactly("", "too few values");
    }
  }

  private static float[] values(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void thereIsNoModelThatWouldMakeTheFileLarger() throws IOException {
    EmbeddedModelTraining.Result result = train(ToyTables.jets(20, 1));
    assertThat(result.models()).isEmpty();
    assertThat(result.reason()).isEqualTo("the model would make the file larger");
  }

  @Test
  void thereIsNoModelOfIntegers() throws IOException {
    Table integers =
        new Table(
            Schema.flat(List.of(new Column("n", ValueType.INT64))),
            3,
            List.of(),
            List.of(new ColumnValues.Integers(new long[] {1, 2, 3})));
    EmbeddedModelTraining.Result result =
        EmbeddedModelTraining.train(
            () -> ToyTables.source(integers),
            Compression.of(integers.schema(), PrecisionRules.exact()),
            List.of(),
            SETTINGS,
            TrainingMonitor.NONE);
    assertThat(result.models()).isEmpty();
    assertThat(result.reason())
        .isEqualTo(
            "no model can be trained (has no columns that a model codes: floats, and integers with"
                + " up to 256 values)");
  }

  @Test
  void anOrderThatDoesNotSuitTheTableIsAnError() {
    assertThatThrownBy(() -> train(ToyTables.jets(50, 1), "mass"))
        .isInstanceOf(OrderException.class)
        .hasMessageContaining("mass");
  }
}
