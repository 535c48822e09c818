package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.density.RandomModels;
import org.jetfold.codec.density.TrainingRecord;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that does not know a table's values takes no more bytes than none. */
class FallbackTest {
  private static final int ROWS = 3000;

  /** A reference to a model in the header, and what a segment says of columns. */
  private static final int MOST_MORE = 100;

  private static final Schema SCHEMA =
      Schema.flat(
          List.of(
              new Column("pt", ValueType.FLOAT32),
              new Column("eta", ValueType.FLOAT32),
              new Column("phi", ValueType.FLOAT32)));

  /** Jets whose momenta are so many times as large as those that models know. */
  private static Table jets(double factor) {
    Random random = new Random(7);
    float[] pt = new float[ROWS];
    float[] eta = new float[ROWS];
    float[] phi = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      pt[i] = (float) (factor * 30 * Math.exp(0.5 * random.nextGaussian()));
      eta[i] = (float) random.nextGaussian();
      phi[i] = (float) (Math.PI * (2 * random.nextDouble() - 1));
    }
    return new Table(
        SCHEMA,
        ROWS,
        List.of(),
        List.of(
            new ColumnValues.Floats(pt),
            new ColumnValues.Floats(eta),
            new ColumnValues.Floats(phi)));
  }

  /** A model of jets; with a size of 0 its network says what the columns' distributions say. */
  private static DensityModel model(Table jets, Precision precision, double size) {
    List<ModelDescription.Sample> samples = new ArrayList<>();
    for (int column = 0; column < SCHEMA.columns().size(); column++) {
      long[] symbols = new long[ROWS];
      Quantizer.of(precision, ValueType.FLOAT32).quantize(jets.values(column), 0, ROWS, symbols);
      samples.add(
          new ModelDescription.Sample(
              SCHEMA.columns().get(column).name(), ValueType.FLOAT32, precision, symbols));
    }
    return RandomModels.model(
        new Random(1), ModelDescription.of("test", false, samples, 8, 2), size);
  }

  /** Nothing needs a record of the training to decode, and whoever reads files must allow it. */
  @Test
  void aRecordOfTheTrainingChangesNoValue() throws IOException {
    Precision precision = Precision.parse("bits:7");
    Table jets = jets(1);
    DensityModel plain = model(jets, precision, 0.001);
    DensityModel told =
        plain.withTraining(
            new TrainingRecord(
                EnergyUnit.GEV, Collections.nCopies(3, new TrainingRecord.ColumnRecord(false, 1))));
    Compression plan = Compression.of(SCHEMA, Collections.nCopies(3, precision));
    List<DecodedBlock> reference =
        ReferenceDecoder.decode(compressed(jets, plan.with(ModelUse.embedded(told)))).blocks();
    List<DecodedBlock> without =
        ReferenceDecoder.decode(compressed(jets, plan.with(ModelUse.embedded(plain)))).blocks();
    for (int column = 0; column < 3; column++) {
      assertThat(reference.getFirst().values()[column])
          .isEqualTo(without.getFirst().values()[column]);
    }
  }

  /** The bits of the model are told, whether it codes a column in the end or not. */
  @Test
  void whatTheModelTakesIsKnownWhereItIsNotUsed() throws IOException {
    Precision precision = Precision.parse("bits:7");
    DensityModel model = model(jets(1), precision, 0.001);
    Compression plan =
        Compression.of(SCHEMA, Collections.nCopies(3, precision)).with(ModelUse.of(model));
    try (Compressor compressor = new Compressor(1)) {
      List<Long> known =
          compressor
              .compress(TableSource.of(jets(1)), plan, OutputStream.nullOutputStream(), _ -> {})
              .modelBytes();
      List<Long> unknown =
          compressor
              .compress(TableSource.of(jets(1000)), plan, OutputStream.nullOutputStream(), _ -> {})
              .modelBytes();
      // An escape takes 64 bits and more.
      assertThat(unknown.getFirst()).isGreaterThan(8 * ROWS).isGreaterThan(5 * known.getFirst());
      assertThat(unknown.subList(1, 3)).isEqualTo(known.subList(1, 3));
    }
  }

  private static byte[] compressed(Table jets, Compression plan) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(2)) {
      compressor.compress(TableSource.of(jets), plan, out, _ -> {});
    }
    return out.toByteArray();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "bits:7, 1000, 0.001, 1, 0, 0",
    "bits:7, 1, 30, 1, 1, 1",
    "rel:0.01:dither, 1000, 0.001, 1, 0, 0",
    "abs:0.01:dither, 1, 30, 1, 1, 1",
    "exact, 1, 30, 1, 1, 1",
    "bits:7, 1, 0.001, 0, 0, 0"
  })
  void columnsThatAModelDoesNotKnowAreLeftToStaticDistributions(
      String setting, double factor, double size, int pt, int eta, int phi) throws IOException {
    Precision precision = Precision.parse(setting);
    DensityModel model = model(jets(1), precision, size);
    Table jets = jets(factor);
    Compression plan = Compression.of(SCHEMA, Collections.nCopies(3, precision));
    byte[] withoutModel = compressed(jets, plan);
    byte[] file;
    try (Compressor compressor = new Compressor(1)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(
              compressor
                  .compress(TableSource.of(jets), plan.with(ModelUse.of(model)), out, _ -> {})
                  .segmentsWithoutModel())
          .containsExactly(pt, eta, phi);
      file = out.toByteArray();
    }
    assertThat(file.length).isLessThan(withoutModel.length + MOST_MORE);
    assertThat(file.length)
        .isLessThanOrEqualTo(
            compressed(jets, plan.with(ModelUse.of(model).withoutFallback())).length);
    try (Decompressor decompressor =
        new Decompressor(ByteSource.of(file), 2, ModelSource.of(model))) {
      assertThat(decompressor.segmentsWithoutModel()).containsExactly(pt, eta, phi);
      decompressor.verify();
      Table restored = decompressor.readAll();
      List<DecodedBlock> reference =
          ReferenceDecoder.decode(compressed(jets, plan.with(ModelUse.embedded(model)))).blocks();
      for (int column = 0; column < 3; column++) {
        assertThat(TableBits.of(restored.values(column)))
            .isEqualTo(reference.getFirst().values()[column]);
      }
    }
  }
}
