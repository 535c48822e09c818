package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.RandomModels;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.MissingModelException;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.quantize.SegmentScale;
import org.jetfold.codec.quantize.SpikeFinder;
import org.jetfold.codec.random.RandomTables;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With a learned model, however bad, the values come out that the precision gives. */
class LearnedRoundTripTest {
  private static final int TABLES_PER_SEED = RandomCase.times(3);

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("seeds")
  void aModelNeverChangesValues(long seed) throws IOException {
    int modelled = 0;
    for (int i = 0; i < TABLES_PER_SEED || modelled == 0; i++) {
      long each = 1000 * seed + i;
      RandomTables.Sample sample = RandomTables.of(each, 300);
      Optional<DensityModel> model = model(sample, new Random(each));
      if (model.isPresent()) {
        modelled++;
        check(sample, model.get(), each);
      }
    }
  }

  private static void check(RandomTables.Sample sample, DensityModel model, long seed)
      throws IOException {
    List<Table> expected =
        expected(sample, model, blocks(compressed(sample, use(model, true, seed), 1)));
    for (boolean embedded : List.of(true, false)) {
      byte[] file = compressed(sample, use(model, embedded, seed), 1);
      if (embedded) {
        assertThat(referenceBits(file)).as("seed %d", seed).isEqualTo(bits(expected));
      }
      assertThat(compressed(sample, use(model, embedded, seed), 3))
          .as("threads, seed %d", seed)
          .isEqualTo(file);
      assertThat(Events.compressed(sample.table(), sample.precisions(), use(model, embedded, seed)))
          .as("event by event, seed %d", seed)
          .isEqualTo(file);
      ModelSource source = embedded ? ModelSource.NONE : hash -> Optional.of(model);
      try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 2, source)) {
        decompressor.verify();
        Schema schema = decompressor.header().schema();
        assertThat(bits(JetfBytes.blocks(decompressor, Projection.all(schema))))
            .as("seed %d", seed)
            .isEqualTo(bits(expected));
        for (int column = 0; column < schema.columns().size(); column++) {
          Projection one = Projection.of(schema, Set.of(column));
          List<Table> blocks = JetfBytes.blocks(decompressor, one);
          for (int block = 0; block < blocks.size(); block++) {
            assertThat(TableBits.of(blocks.get(block).values(0)))
                .as("column %d, seed %d", column, seed)
                .isEqualTo(TableBits.of(expected.get(block).values(column)));
          }
        }
      }
    }
  }

  /** Some tables leave to static distributions what these code in fewer bytes, others nothing. */
  private static ModelUse use(DensityModel model, boolean embedded, long seed) {
    ModelUse use = ModelUse.of(model).withEmbedded(embedded);
    return seed % 2 == 0 ? use : use.withoutFallback();
  }

  /**
   * What an independent decoder restores; columns of no model as without one, spikes of the others
   * bit for bit.
   */
  private static List<Table> expected(
      RandomTables.Sample sample, DensityModel model, List<Table> restored) throws IOException {
    Schema schema = sample.schema();
    int[] first = new int[schema.groups().size()];
    List<Table> withoutModel = JetfBytes.blocks(JetfBytes.of(sample.table(), sample.precisions()));
    for (int number = 0; number < restored.size(); number++) {
      Table block = restored.get(number);
      for (int column = 0; column < schema.columns().size(); column++) {
        String name = schema.columns().get(column).name();
        Optional<ModelColumn> modelled =
            model.description().columns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (modelled.isEmpty()) {
          assertThat(TableBits.of(block.values(column)))
              .isEqualTo(TableBits.of(withoutModel.get(number).values(column)));
        } else {
          checkSpikes(
              sample, column, modelled.get(), first[schema.groupOf(column)], block.values(column));
        }
      }
      for (int group = 0; group < first.length; group++) {
        first[group] += block.entries(group);
      }
    }
    return restored;
  }

  private static void checkSpikes(
      RandomTables.Sample sample, int column, ModelColumn modelled, int from, ColumnValues block) {
    ColumnValues all = sample.table().values(column);
    Precision precision = sample.precisions().get(column);
    if (!precision.isLossy()) {
      return;
    }
    ValueType type = modelled.type();
    SpikeFinder finder = new SpikeFinder(precision, Quantizer.of(precision, type));
    Set<Double> spikes = new HashSet<>(finder.look(all, modelled.scale()).spikes(type));
    spikes.addAll(modelled.scale().spikes(type));
    long[] restored = TableBits.of(block);
    long[] original = TableBits.of(all.slice(from, from + restored.length));
    for (int i = 0; i < restored.length; i++) {
      double value = doubleOf(all, from + i);
      if (spikes.contains(value)) {
        assertThat(restored[i]).as("spike %s", value).isEqualTo(original[i]);
      }
    }
  }

  private static double doubleOf(ColumnValues values, int index) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> floats[index];
      case ColumnValues.Doubles(double[] doubles) -> doubles[index];
      case ColumnValues.Integers(long[] integers) -> integers[index];
    };
  }

  /** What the decoder says that was written from the document alone. */
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

  private static List<Table> blocks(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return JetfBytes.blocks(decompressor, Projection.all(decompressor.header().schema()));
    }
  }

  private static byte[] compressed(RandomTables.Sample sample, ModelUse use, int threads)
      throws IOException {
    return compressed(sample.table(), sample.precisions(), use, threads);
  }

  private static byte[] compressed(
      Table table, List<Precision> precisions, ModelUse use, int threads) throws IOException {
    try (Compressor compressor = new Compressor(threads)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      compressor.compress(
          new PiecedSource(table),
          Compression.of(table.schema(), precisions, use),
          out,
          entries -> {});
      return out.toByteArray();
    }
  }

  /** A model of some columns of one group, in any order, fitted to some of their values. */
  static Optional<DensityModel> model(RandomTables.Sample sample, Random random) {
    Schema schema = sample.schema();
    List<Integer> groups = new ArrayList<>();
    for (int group = 0; group < schema.groups().size(); group++) {
      groups.add(group);
    }
    Collections.shuffle(groups, random);
    for (int group : groups) {
      List<Integer> columns = new ArrayList<>();
      int first = schema.firstColumn(group);
      for (int i = 0; i < schema.groups().get(group).columns().size(); i++) {
        if (random.nextInt(4) > 0) {
          columns.add(first + i);
        }
      }
      // The test finds the model's columns by name.
      boolean unique =
          columns.stream()
              .map(column -> schema.columns().get(column).name())
              .allMatch(name ->
                  schema.columns().stream().filter(column -> column.name().equals(name)).count()
                      == 1);
      if (!columns.isEmpty() && unique && sample.table().entries(group) > 0) {
        Collections.shuffle(columns, random);
        return Optional.of(model(sample, columns, group > 0 && random.nextBoolean(), random));
      }
    }
    return Optional.empty();
  }

  /** A model of these columns of one group, made for their collection. */
  static DensityModel model(
      RandomTables.Sample sample, List<Integer> columns, boolean events, Random random) {
    List<ModelDescription.Sample> samples = new ArrayList<>();
    for (int column : columns) {
      Column described = sample.schema().columns().get(column);
      Precision precision = sample.precisions().get(column);
      ColumnValues values = sample.table().values(column);
      long[] symbols = new long[Math.max(1, values.size() / 2)];
      Quantizer quantizer = Quantizer.of(precision, described.type());
      // Some models know the spikes of their sample, others none.
      SegmentScale scale =
          precision.isLossy() && random.nextBoolean()
              ? withoutRange(
                  new SpikeFinder(precision, quantizer).look(values.slice(0, symbols.length)))
              : SegmentScale.PLAIN;
      byte[] phases = new byte[symbols.length];
      random.nextBytes(phases);
      quantizer.of(scale).quantize(values, 0, symbols.length, phases, 0, symbols);
      samples.add(
          new ModelDescription.Sample(
              described.name(), described.type(), precision, scale, symbols));
    }
    int places = events ? (random.nextBoolean() ? 8 : 1 + random.nextInt(30)) : 0;
    ModelDescription description =
        ModelDescription.of("test", places, samples, contexts(sample, columns, random), 10, 2)
            .inCollection(sample.schema().path(sample.schema().groupOf(columns.getFirst())));
    return RandomModels.model(random, description, Math.pow(10, random.nextInt(5) - 2));
  }

  /** Some of what can be known of the rows, whatever it is. */
  private static List<ModelDescription.ContextSample> contexts(
      RandomTables.Sample sample, List<Integer> columns, Random random) {
    Schema schema = sample.schema();
    int group = schema.groupOf(columns.getFirst());
    List<ModelDescription.ContextSample> contexts = new ArrayList<>();
    List<ModelDescription.ContextSample> ofLists = new ArrayList<>();
    int levels = 0;
    for (int object = group; object >= 0; object = schema.parent(object)) {
      if (levels > 0) {
        for (Column column : schema.groups().get(object).columns()) {
          ContextSource source = ContextSource.value(levels, column.name(), column.type());
          addSome(sample, number(schema, object, column), source, random, contexts);
        }
      }
      for (int list = 1; list < schema.groups().size(); list++) {
        if (schema.parent(list) == object && list != group && random.nextBoolean()) {
          String name = schema.groups().get(list).name();
          ofLists.add(
              new ModelDescription.ContextSample(
                  ContextSource.count(levels, name), new long[] {0, 1, 3}));
          // Models of deeper groups know what others code, and none waits for itself.
          for (Column column : schema.groups().get(list).columns()) {
            if (levels > 0 && list < group) {
              ContextSource source =
                  ContextSource.entry(
                      levels, name, 1 + random.nextInt(3), column.name(), column.type());
              addSome(sample, number(schema, list, column), source, random, ofLists);
            }
          }
        }
      }
      levels++;
    }
    contexts.addAll(ofLists);
    return contexts;
  }

  private static int number(Schema schema, int group, Column column) {
    return schema.firstColumn(group) + schema.groups().get(group).columns().indexOf(column);
  }

  /** Adds a column to contexts, or not. */
  private static void addSome(
      RandomTables.Sample sample,
      int column,
      ContextSource source,
      Random random,
      List<ModelDescription.ContextSample> contexts) {
    ColumnValues values = sample.table().values(column);
    if (random.nextBoolean() && values.size() > 0) {
      long[] symbols = new long[Math.max(1, values.size() / 2)];
      source.quantizer().quantize(values, 0, symbols.length, new byte[0], 0, symbols);
      contexts.add(new ModelDescription.ContextSample(source, symbols));
    }
  }

  private static SegmentScale withoutRange(SegmentScale scale) {
    return new SegmentScale(scale.spikes(), scale.dithered(), 0, 0);
  }

  private static RandomTables.Sample jets() {
    Schema schema =
        Schema.events(
            List.of(),
            "jets",
            List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32)));
    float[] pt = new float[1000];
    float[] eta = new float[1000];
    int[] offsets = new int[201];
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      pt[i] = (float) Math.exp(random.nextGaussian());
      eta[i] = (float) random.nextGaussian();
    }
    for (int event = 0; event <= 200; event++) {
      offsets[event] = 5 * event;
    }
    Table table =
        new Table(
            schema,
            200,
            List.of(offsets),
            List.of(new ColumnValues.Floats(pt), new ColumnValues.Floats(eta)));
    return new RandomTables.Sample(table, List.of(new Precision.Bits(7), new Precision.Bits(7)));
  }

  @Test
  void aMissingModelIsNamed() throws IOException {
    RandomTables.Sample jets = jets();
    DensityModel model = model(jets, List.of(0, 1), true, new Random(1));
    byte[] file = compressed(jets, ModelUse.of(model), 1);
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      assertThatThrownBy(decompressor::read)
          .isInstanceOf(MissingModelException.class)
          .hasMessageContaining(model.hash());
    }
  }

  @Test
  void aModelOfOtherColumnsOrSettingsIsRefused() {
    RandomTables.Sample jets = jets();
    DensityModel model = model(jets, List.of(0, 1), true, new Random(1));
    List<Precision> others = List.of(new Precision.Bits(7), new Precision.Bits(8));
    assertThatThrownBy(() -> compressed(jets.table(), others, ModelUse.embedded(model), 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("eta (bits:8, the model: bits:7)");
    Schema other = Schema.flat(List.of(new Column("pt", ValueType.FLOAT32)));
    Table flat = new Table(other, 1, List.of(), List.of(new ColumnValues.Floats(new float[1])));
    assertThatThrownBy(
            () -> compressed(flat, List.of(new Precision.Bits(7)), ModelUse.embedded(model), 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("lacks eta");
  }

  @Test
  void everyDamageOfAModelIsFound() {
    DensityModel model = model(jets(), List.of(0, 1), true, new Random(1));
    byte[] bytes = model.bytes();
    assertThat(DensityModelFile.read(bytes).hash()).isEqualTo(model.hash());
    Random random = new Random(2);
    for (int length = 0; length < bytes.length; length++) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> DensityModelFile.read(prefix))
          .isInstanceOf(MalformedBytesException.class);
    }
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = bytes.clone();
      // The minor version may be any.
      int at = random.nextInt(damaged.length - 1);
      damaged[at == 9 ? damaged.length - 1 : at] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> DensityModelFile.read(damaged))
          .isInstanceOf(MalformedBytesException.class);
    }
  }
}
