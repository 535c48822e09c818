package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.RandomAutoencoders;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.derived.Guarantee;
import org.jetfold.codec.derived.GuaranteeCheck;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.random.GuaranteedTables;
import org.jetfold.codec.random.RandomTables.Sample;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Quantities computed from restored values are within their bounds, whatever codes the columns. */
class GuaranteedFilesTest {
  /** Bounds on quantities of a table, and how its columns are coded. */
  private record Case(Sample sample, String bounds, List<String> definitions, Compression plain) {
    Compression plan() {
      return plain.withGuarantees(bounds, null, definitions);
    }

    Guarantees guarantees() {
      return Guarantees.of(sample.schema(), null, definitions, Guarantee.parse(bounds));
    }
  }

  private static Case of(Random random, boolean flat, Sample sample, Compression plain) {
    return new Case(
        sample,
        GuaranteedTables.bounds(random, flat),
        GuaranteedTables.definitions(flat),
        plain.withSeed(random.nextLong()));
  }

  @Test
  void ofStaticColumns() {
    RandomCase.each(
        16,
        any -> {
          Random random = new Random(any.bits());
          boolean flat = any.flag();
          Sample sample = GuaranteedTables.jets(random, flat, any.between(0, 120));
          Compression plain = Compression.of(sample.schema(), sample.precisions());
          check(of(random, flat, sample, plain));
        });
  }

  /** Models code no columns with bounds from other columns. */
  private static Sample unscaled(Sample sample) {
    return new Sample(
        sample.table(),
        sample.precisions().stream()
            .map(each -> each instanceof Precision.Scaled ? Precision.parse("bits:9") : each)
            .toList());
  }

  @Tag("slow")
  @Test
  void ofColumnsThatADensityModelCodes() {
    RandomCase.each(
        12,
        any -> {
          Random random = new Random(any.bits());
          boolean flat = any.flag();
          Sample sample = unscaled(GuaranteedTables.jets(random, flat, any.between(1, 120)));
          Optional<DensityModel> model = LearnedRoundTripTest.model(sample, random);
          if (model.isPresent()) {
            ModelUse use = ModelUse.embedded(model.get());
            Compression plain = Compression.of(sample.schema(), sample.precisions(), use);
            check(of(random, flat, sample, plain));
          }
        });
  }

  @Tag("slow")
  @Test
  void ofColumnsThatAnAutoencoderRestores() {
    RandomCase.each(
        12,
        any -> {
          Random random = new Random(any.bits());
          boolean flat = any.flag();
          Sample sample = unscaled(GuaranteedTables.jets(random, flat, any.between(1, 120)));
          List<Precision> precisions = new ArrayList<>(sample.precisions());
          int pt = flat ? 0 : 1;
          for (int column = pt; column < pt + 4; column++) {
            if (any.flag()) {
              precisions.set(column, Precision.measured());
            }
          }
          ModelUse use =
              ModelUse.embedded(
                      RandomAutoencoders.model(
                          random,
                          List.of("pt", "eta", "phi", "m"),
                          0,
                          flat ? 1 : any.between(1, 2),
                          2,
                          List.of(4),
                          Activation.TANH))
                  .withKept(any.flag() ? List.of() : List.of("eta"))
                  .withBounds(true);
          if (use.kept().contains("eta")) {
            precisions.set(pt + 1, Precision.parse("abs:0.1"));
          }
          check(of(random, flat, sample, Compression.of(sample.schema(), precisions, use)));
        });
  }

  private static void check(Case given) throws IOException {
    Table original = given.sample.table();
    byte[] file = JetfBytes.of(new PiecedSource(original), given.plan(), 1);
    assertThat(JetfBytes.of(new PiecedSource(original), given.plan(), 3)).isEqualTo(file);
    assertThat(Events.compressed(original, given.plan())).isEqualTo(file);
    JetfBytes.verify(file);
    RoundTripTest.checkAgainstReference(file);
    Table restored = whole(original.schema(), JetfBytes.blocks(file));
    byte[] without = JetfBytes.of(new PiecedSource(original), given.plain, 1);
    Table plain = whole(original.schema(), JetfBytes.blocks(without));
    BitSet missed = given.guarantees().missed(original, plain);
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 2)) {
      FileGuarantees promised = decompressor.header().guarantees();
      assertThat(promised).isNotNull();
      assertThat(decompressor.refinedEvents()).isEqualTo(missed.cardinality());
      checkValues(original, plain, restored, missed, promised.refinedColumns());
      assertThat(decompressor.check(TableSource.of(original), _ -> {}).passed()).isTrue();
      checkColumnsAlone(decompressor, restored);
      GuaranteeCheck found =
          GuaranteeCheck.of(
              TableSource.of(original),
              TableSource.of(restored),
              Guarantees.of(original.schema(), promised),
              _ -> {});
      assertThat(found.passed()).as("%s", found).isTrue();
    }
  }

  private static Table whole(Schema schema, List<Table> blocks) {
    return blocks.isEmpty() ? Table.empty(schema) : Table.joined(blocks);
  }

  /** Refined columns are exact in the events that missed; all else is as without guarantees. */
  private static void checkValues(
      Table original, Table plain, Table restored, BitSet missed, List<Integer> refined) {
    for (int event = 0; event < original.rootEntries(); event++) {
      Table before = original.slice(event, event + 1);
      Table without = plain.slice(event, event + 1);
      Table after = restored.slice(event, event + 1);
      for (int column = 0; column < original.schema().columns().size(); column++) {
        boolean exact = missed.get(event) && refined.contains(column);
        assertThat(TableBits.of(after.values(column)))
            .as("event %d, column %d", event, column)
            .isEqualTo(TableBits.of((exact ? before : without).values(column)));
      }
    }
  }

  private static void checkColumnsAlone(Decompressor decompressor, Table restored)
      throws IOException {
    Schema schema = restored.schema();
    for (int column = 0; column < schema.columns().size(); column++) {
      Projection one = Projection.of(schema, Set.of(column));
      List<ColumnValues> parts = new ArrayList<>();
      JetfBytes.blocks(decompressor, one).forEach(block -> parts.add(block.values(0)));
      ValueType type = schema.columns().get(column).type();
      assertThat(TableBits.of(ColumnValues.joined(type, parts)))
          .as("column %d", column)
          .isEqualTo(TableBits.of(restored.values(column)));
    }
  }

  /** Enough jets for several blocks, so that events are counted from each one's first. */
  @Tag("slow")
  @Test
  void blocksCountTheirOwnEvents() throws IOException {
    Random random = new Random(5);
    int events = 50_000;
    int[] offsets = new int[events + 1];
    Arrays.setAll(offsets, i -> 2 * i);
    List<ColumnValues> values = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (String name : List.of("pt", "eta", "phi", "m")) {
      float[] column = new float[2 * events];
      for (int i = 0; i < column.length; i++) {
        column[i] = 1 + random.nextFloat();
      }
      columns.add(new Column(name, ValueType.FLOAT32));
      values.add(new ColumnValues.Floats(column));
    }
    Schema schema = Schema.events(List.of(), "jets", columns);
    Table table = new Table(schema, events, List.of(offsets), values);
    Precision coarse = Precision.parse("abs:0.002:dither");
    Compression plan = Compression.of(schema, List.of(coarse, coarse, coarse, coarse));
    Case given = new Case(new Sample(table, List.of()), "mjj=rel:0.0016", List.of(), plan);
    byte[] file = JetfBytes.of(TableSource.of(table), given.plan(), 2);
    List<Table> blocks = JetfBytes.blocks(file);
    assertThat(blocks).hasSizeGreaterThan(2);
    RoundTripTest.checkAgainstReference(file);
    Table restored = Table.joined(blocks);
    assertThat(given.guarantees().missed(table, restored)).isEqualTo(new BitSet());
    byte[] plain = JetfBytes.of(TableSource.of(table), plan, 2);
    Table unrefined = Table.joined(JetfBytes.blocks(plain));
    BitSet missed = given.guarantees().missed(table, unrefined);
    assertThat(missed.cardinality()).isBetween(1, events / 10);
    checkValues(table, unrefined, restored, missed, List.of(0, 1, 2, 3));
    assertThat(file.length - plain.length).isLessThan(16 * 4 * 2 * missed.cardinality() / 8 + 500);
  }

  @Test
  void whatCannotBeGuaranteedIsRefused() {
    Schema schema = GuaranteedTables.jets(new Random(1), false, 3).schema();
    Compression plan = Compression.of(schema, java.util.Collections.nCopies(7, Precision.exact()));
    assertThatThrownBy(() -> plan.withGuarantees("mj=rel:0.01", null, List.of()))
        .isInstanceOf(JetfoldException.class)
        .hasMessageContaining("no quantity is called mj")
        .hasMessageContaining("mjj");
    assertThatThrownBy(() -> plan.withGuarantees("pt=rel:0.01", null, List.of()))
        .isInstanceOf(JetfoldException.class)
        .hasMessageContaining("pt is a column");
    assertThatThrownBy(() -> plan.withGuarantees("r=rel:0.01", null, List.of("r = pt/(eta+")))
        .isInstanceOf(JetfoldException.class)
        .hasMessageContaining("r");
    assertThatThrownBy(() -> plan.withGuarantees("HT=rel:0.01", null, List.of("r = pt/eta")))
        .isInstanceOf(JetfoldException.class)
        .hasMessage("r is defined, and no bound on it is given: write one, as in r=rel:0.01");
    assertThatThrownBy(() -> plan.withGuarantees("HT=rel:0.01", "muons", List.of()))
        .isInstanceOf(JetfoldException.class)
        .hasMessageContaining("jets");
  }

  /** A model is chosen after the bounds, as when it is trained on the table. */
  @Test
  void aModelKeepsTheGuarantees() {
    Random random = new Random(2);
    Sample sample = unscaled(GuaranteedTables.jets(random, false, 50));
    Compression plan =
        Compression.of(sample.schema(), sample.precisions())
            .withGuarantees("HT=rel:0.01", null, List.of());
    DensityModel model = LearnedRoundTripTest.model(sample, random).orElseThrow();
    assertThat(plan.with(ModelUse.of(model)).guarantees()).isEqualTo(plan.guarantees());
    assertThat(plan.withSeed(3).guarantees()).isEqualTo(plan.guarantees());
  }
}
