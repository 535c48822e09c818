package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.RandomModels;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.FileCoding;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.pipeline.TableEncoder;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file can have a model for each of its collections; nothing else changes. */
class SeveralModelsTest {
  private static final int TABLES_PER_SEED = RandomCase.times(3);

  static LongStream seeds() {
    return LongStream.range(0, 6);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("seeds")
  void eachCollectionCanHaveAModel(long seed) throws IOException {
    int several = 0;
    for (int i = 0; i < TABLES_PER_SEED || several == 0; i++) {
      long each = 1000 * seed + i;
      RandomTables.Sample sample = RandomTables.of(each, 200);
      List<DensityModel> models = models(sample, new Random(each));
      if (models.size() > 1) {
        several++;
        check(sample, models, each);
      }
    }
  }

  /** A model of some columns of each group that has some and entries. */
  static List<DensityModel> models(RandomTables.Sample sample, Random random) {
    Schema schema = sample.schema();
    List<DensityModel> models = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      int first = schema.firstColumn(group);
      List<Integer> columns = new ArrayList<>();
      for (int i = 0; i < schema.groups().get(group).columns().size(); i++) {
        if (random.nextInt(4) > 0) {
          columns.add(first + i);
        }
      }
      if (!columns.isEmpty() && sample.table().entries(group) > 0) {
        Collections.shuffle(columns, random);
        boolean events = group > 0 && random.nextBoolean();
        models.add(LearnedRoundTripTest.model(sample, columns, events, random));
      }
    }
    Collections.shuffle(models, random);
    return models;
  }

  private static void check(RandomTables.Sample sample, List<DensityModel> models, long seed)
      throws IOException {
    ModelUse[] uses =
        models.stream()
            .map(model -> {
              ModelUse use = ModelUse.of(model).withEmbedded(model.hash().charAt(0) < '8');
              return seed % 2 == 0 ? use : use.withoutFallback();
            })
            .toArray(ModelUse[]::new);
    Compression plan = Compression.of(sample.schema(), sample.precisions(), uses);
    byte[] file = JetfBytes.of(new PiecedSource(sample.table()), plan, 1);
    assertThat(JetfBytes.of(new PiecedSource(sample.table()), plan, 3)).isEqualTo(file);
    assertThat(Events.compressed(sample.table(), plan)).isEqualTo(file);
    ModelSource source = ModelSource.of(models.toArray(DensityModel[]::new));
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 2, source)) {
      decompressor.verify();
      assertThat(decompressor.header().models()).hasSameSizeAs(models);
      Schema schema = decompressor.header().schema();
      List<Table> restored = JetfBytes.blocks(decompressor, Projection.all(schema));
      ModelUse[] inside =
          Arrays.stream(uses).map(use -> use.withEmbedded(true)).toArray(ModelUse[]::new);
      byte[] embedded =
          JetfBytes.of(
              new PiecedSource(sample.table()),
              Compression.of(sample.schema(), sample.precisions(), inside),
              1);
      assertThat(referenceBits(embedded)).as("seed %d", seed).isEqualTo(bits(restored));
      for (int column = 0; column < schema.columns().size(); column++) {
        List<Table> alone = JetfBytes.blocks(decompressor, Projection.of(schema, Set.of(column)));
        for (int block = 0; block < alone.size(); block++) {
          assertThat(TableBits.of(alone.get(block).values(0)))
              .as("column %d, seed %d", column, seed)
              .isEqualTo(TableBits.of(restored.get(block).values(column)));
        }
      }
      checkMerged(decompressor, restored, source);
    }
  }

  private static void checkMerged(
      Decompressor decompressor, List<Table> restored, ModelSource source) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FileMerger(List.of(decompressor, decompressor), Selection.ALL).copy(out, _ -> {});
    try (Decompressor merged = new Decompressor(ByteSource.of(out.toByteArray()), 1, source)) {
      merged.verify();
      List<Table> twice = new ArrayList<>(restored);
      twice.addAll(restored);
      assertThat(bits(JetfBytes.blocks(merged, Projection.all(merged.header().schema()))))
          .isEqualTo(bits(twice));
    }
    checkChosen(decompressor, restored, source);
  }

  /** Events in the middle of blocks, which are coded anew. */
  private static void checkChosen(
      Decompressor decompressor, List<Table> restored, ModelSource source) throws IOException {
    Table all = Table.joined(restored);
    int to = all.rootEntries() - all.rootEntries() / 4;
    int from = all.rootEntries() / 3;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FileMerger(List.of(decompressor), Selection.events(from, to)).copy(out, _ -> {});
    try (Decompressor chosen = new Decompressor(ByteSource.of(out.toByteArray()), 1, source)) {
      chosen.verify();
      List<Table> blocks = JetfBytes.blocks(chosen, Projection.all(chosen.header().schema()));
      assertThat(bits(blocks.isEmpty() ? List.of() : List.of(Table.joined(blocks))))
          .isEqualTo(bits(from == to ? List.of() : List.of(all.slice(from, to))));
    }
  }

  private static List<String> referenceBits(byte[] file) {
    List<String> bits = new ArrayList<>();
    for (DecodedBlock block : ReferenceDecoder.decode(file).blocks()) {
      for (long[] values : block.values()) {
        bits.add(Arrays.toString(values));
      }
    }
    return bits;
  }

  private static List<String> bits(List<Table> blocks) {
    List<String> bits = new ArrayList<>();
    for (Table block : blocks) {
      for (int column = 0; column < block.schema().columns().size(); column++) {
        bits.add(Arrays.toString(TableBits.of(block.values(column))));
      }
    }
    return bits;
  }

  /** Electrons and muons, with columns of the same names. */
  private static RandomTables.Sample leptons() {
    List<Column> columns =
        List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32));
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(),
                List.of(
                    new Group("Electrons", columns, List.of()),
                    new Group("Muons", columns, List.of()))));
    Random random = new Random(5);
    int[] offsets = IntStream.rangeClosed(0, 100).map(event -> 2 * event).toArray();
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < 4; column++) {
      float[] drawn = new float[200];
      for (int row = 0; row < drawn.length; row++) {
        drawn[row] = (float) Math.exp(random.nextGaussian());
      }
      values.add(new ColumnValues.Floats(drawn));
    }
    return new RandomTables.Sample(
        new Table(schema, 100, List.of(offsets, offsets), values),
        Collections.nCopies(4, new Precision.Bits(7)));
  }

  @Test
  void collectionsWithTheSameColumnsAreToldApart() throws IOException {
    RandomTables.Sample leptons = leptons();
    DensityModel electrons =
        LearnedRoundTripTest.model(leptons, List.of(0, 1), true, new Random(1));
    DensityModel muons = LearnedRoundTripTest.model(leptons, List.of(2, 3), true, new Random(2));
    Compression plan =
        Compression.asTrained(leptons.schema(), ModelUse.of(muons), ModelUse.of(electrons));
    assertThat(plan.modelColumns(0)).containsExactly(2, 3);
    assertThat(plan.modelColumns(1)).containsExactly(0, 1);
    byte[] file = JetfBytes.of(new PiecedSource(leptons.table()), plan, 1);
    try (Decompressor one = new Decompressor(ByteSource.of(file), 1, ModelSource.of(electrons))) {
      Schema schema = one.header().schema();
      assertThat(JetfBytes.blocks(one, Projection.of(schema, Set.of(0, 1)))).isNotEmpty();
      assertThatThrownBy(() -> JetfBytes.blocks(one, Projection.of(schema, Set.of(2))))
          .isInstanceOf(MissingModelException.class)
          .hasMessageContaining(muons.hash());
    }
  }

  /** A model of leptons that knows something of others, or nothing. */
  private static DensityModel knowing(
      RandomTables.Sample leptons, int first, ModelDescription.ContextSample... known) {
    List<ModelDescription.Sample> samples =
        List.of(
            new ModelDescription.Sample(
                "pt", ValueType.FLOAT32, new Precision.Bits(7), new long[] {16256, 16384}),
            new ModelDescription.Sample(
                "eta", ValueType.FLOAT32, new Precision.Bits(7), new long[] {16256, 16384}));
    ModelDescription description =
        ModelDescription.of("test", 8, samples, List.of(known), 0, 1)
            .inCollection(leptons.schema().path(leptons.schema().groupOf(first)));
    return RandomModels.model(new Random(first), description, 0.5);
  }

  private static ModelDescription.ContextSample leading(String list) {
    return new ModelDescription.ContextSample(
        ContextSource.entry(1, list, 1, "pt", ValueType.FLOAT32), new long[] {16256, 16384});
  }

  @Test
  void modelsThatWaitForEachOtherAreRefused() {
    RandomTables.Sample leptons = leptons();
    ModelUse[] uses = {
      ModelUse.of(knowing(leptons, 0, leading("Muons"))),
      ModelUse.of(knowing(leptons, 2, leading("Electrons")))
    };
    assertThatThrownBy(() -> Compression.asTrained(leptons.schema(), uses))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the models of Electrons and Muons know values of each other's lists, and none can be"
                + " decoded first: leave one out, or train them together");
  }

  /** The writer puts models in order; where a file has another, it is damaged. */
  @Test
  void aModelKnowsListsOfModelsBefore() throws IOException {
    RandomTables.Sample leptons = leptons();
    DensityModel electrons = knowing(leptons, 0, leading("Muons"));
    DensityModel muons = knowing(leptons, 2);
    ModelUse[] uses = {ModelUse.embedded(electrons), ModelUse.embedded(muons)};
    Compression plan = Compression.asTrained(leptons.schema(), uses);
    assertThat(plan.modelUses()).containsExactly(uses[1], uses[0]);
    byte[] file = JetfBytes.of(new PiecedSource(leptons.table()), plan, 1);
    JetfBytes.verify(file);
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      assertThat(decompressor.decodedBefore().get(1)).containsExactly(0, 2);
      assertThat(decompressor.decodedBefore().get(3)).containsExactly(2);
    }
    FileCoding wrong =
        FileCoding.of(
            ModelKinds.KNOWN, "test", leptons.schema(), leptons.precisions(), List.of(uses));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workers workers = new Workers(1)) {
      new TableEncoder(wrong, workers, true, out)
          .encode(new PiecedSource(leptons.table()), _ -> {});
    }
    assertThatThrownBy(() -> JetfBytes.verify(out.toByteArray()))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("it knows column pt of a list, which a later model codes");
  }

  @Test
  void twoModelsOfOneColumnAreRefused() {
    RandomTables.Sample leptons = leptons();
    DensityModel both = LearnedRoundTripTest.model(leptons, List.of(2, 3), true, new Random(1));
    DensityModel eta = LearnedRoundTripTest.model(leptons, List.of(3), true, new Random(2));
    ModelUse[] uses = {ModelUse.of(both), ModelUse.of(eta)};
    assertThatThrownBy(() -> Compression.asTrained(leptons.schema(), uses))
        .isInstanceOf(ModelException.class)
        .hasMessage("two models code column Muons.eta: use one model for each collection");
    assertThatThrownBy(() -> Compression.of(leptons.schema(), leptons.precisions(), uses))
        .isInstanceOf(ModelException.class)
        .hasMessage("two models code column Muons.eta: use one model for each collection");
  }
}
