package org.jetfold.codec.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.BlockReader;
import org.jetfold.codec.pipeline.FileCoding;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.pipeline.ModelResolver;
import org.jetfold.codec.pipeline.TableDecoder;
import org.jetfold.codec.pipeline.TableEncoder;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new kind of model is a package and an entry in a list. */
final class ThirdKindTest {
  private static final ModelKinds KINDS = new ModelKinds(List.of(new DifferenceKind()));
  private static final DifferenceModel MODEL = new DifferenceModel("pt", "raw_pt");
  private static final int JETS = 100_000;

  private final Workers workers = new Workers(2);

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  /** Events of three jets in several blocks, whose raw pT is a few steps beside their pT. */
  private static Table events() {
    SplittableRandom random = new SplittableRandom(1);
    float[] pt = new float[JETS];
    float[] raw = new float[JETS];
    for (int i = 0; i < JETS; i++) {
      pt[i] = random.nextFloat(20, 1000);
      raw[i] = Float.intBitsToFloat(Float.floatToIntBits(pt[i]) + random.nextInt(4));
    }
    int[] offsets = new int[JETS / 3 + 1];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = i == offsets.length - 1 ? JETS : 3 * i;
    }
    Schema schema =
        Schema.events(
            List.of(),
            "jets",
            List.of(new Column("raw_pt", ValueType.FLOAT32), new Column("pt", ValueType.FLOAT32)));
    return new Table(
        schema,
        offsets.length - 1,
        List.of(offsets),
        List.of(new ColumnValues.Floats(raw), new ColumnValues.Floats(pt)));
  }

  private byte[] compressed(Table table, ModelUse use) throws IOException {
    List<Precision> exact = List.of(Precision.exact(), Precision.exact());
    FileCoding coding = FileCoding.of(KINDS, "test", table.schema(), exact, List.of(use));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TableEncoder(coding, workers, true, out).encode(TableSource.of(table), _ -> {});
    return out.toByteArray();
  }

  private Table restored(byte[] file, List<String> columns, ModelKinds kinds) throws IOException {
    try (ByteSource source = ByteSource.of(file)) {
      ContainerReader container = new ContainerReader(source);
      Projection projection = Projection.of(container.header().schema(), columns);
      ModelResolver models = new ModelResolver(container, ModelSource.of(MODEL), kinds);
      BlockReader reader = new BlockReader(container, projection, models);
      TableDecoder decoder = new TableDecoder(container, container.footer());
      return decoder.read(reader, workers).readAll();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKindInAPackageOfItsOwnCodesItsColumn(boolean embedded) throws IOException {
    Table table = events();
    byte[] file = compressed(table, ModelUse.of(MODEL).withEmbedded(embedded));
    Table all = restored(file, List.of("pt", "raw_pt"), KINDS);
    assertThat(all.offsets(1)).isEqualTo(table.offsets(1));
    assertThat(all.floats("pt")).isEqualTo(table.floats("pt"));
    assertThat(all.floats("raw_pt")).isEqualTo(table.floats("raw_pt"));
    assertThat(restored(file, List.of("raw_pt"), KINDS).floats("raw_pt"))
        .isEqualTo(table.floats("raw_pt"));
    // Two bits a jet for the model's column, and less than a float's for the other.
    assertThat(file.length).isLessThan(JETS * (32 + 3) / Byte.SIZE);
  }

  @Test
  void whatMustBeDecodedBeforeIsKnown() throws IOException {
    try (ByteSource source = ByteSource.of(compressed(events(), ModelUse.of(MODEL)))) {
      ContainerReader container = new ContainerReader(source);
      assertThat(new ModelResolver(container, ModelSource.of(MODEL), KINDS).decodedBefore())
          .isEqualTo(Map.of(0, List.of(1), 1, List.of()));
    }
  }

  @Test
  void aReaderWithoutTheKindSaysSo() throws IOException {
    byte[] file = compressed(events(), ModelUse.of(MODEL));
    assertThat(restored(file, List.of("pt"), ModelKinds.KNOWN).floats("pt")).hasSize(JETS);
    assertThatThrownBy(() -> restored(file, List.of("raw_pt"), ModelKinds.KNOWN))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("kind 77");
  }
}
