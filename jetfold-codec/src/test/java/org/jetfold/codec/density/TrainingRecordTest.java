package org.jetfold.codec.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.container.ModelEnvelope;
import org.jetfold.codec.density.TrainingRecord.ColumnRecord;
import org.jetfold.codec.table.EnergyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** What a model's file says of its training. */
class TrainingRecordTest {
  private static final int COLUMNS = 3;

  /** Magic, version and check. */
  private static final int ENVELOPE = 14;

  private final DensityModel model = model();

  private static DensityModel model() {
    Random random = new Random(4);
    return RandomModels.model(random, RandomModels.symbols(random, COLUMNS, 200), true, 9, 2, 1);
  }

  @ParameterizedTest
  @NullSource
  @EnumSource
  void comesBack(EnergyUnit unit) {
    List<ColumnRecord> columns =
        List.of(
            new ColumnRecord(true, 7.25f),
            new ColumnRecord(false, 0),
            new ColumnRecord(false, 11.5f));
    TrainingRecord record = new TrainingRecord(unit, columns);
    DensityModel told = model.withTraining(record);
    DensityModel read = DensityModelFile.read(told.bytes());
    assertThat(read.training()).contains(record);
    assertThat(read.training().orElseThrow().bits()).isEqualTo(18.75);
    assertThat(read.bytes()).isEqualTo(told.bytes());
    assertThat(read.weights().multiples()).isDeepEqualTo(model.weights().multiples());
    // It is another file, so files that name one model do not take the other.
    assertThat(told.hash()).isNotEqualTo(model.hash());
  }

  @Test
  void mayBeMissing() {
    assertThat(DensityModelFile.read(model.bytes()).training()).isEmpty();
    assertThatThrownBy(() -> model.withTraining(new TrainingRecord(null, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** In files whose checksums are right. */
  @ParameterizedTest
  @CsvSource({"3, 0, 1", "0, 2, 1", "0, 0, -1", "0, 0, NaN", "0, 0, Infinity"})
  void valuesThatNoTrainingGivesAreRefused(int unit, int energy, float bits) {
    assertRefused(unit, energy, bits, COLUMNS);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4"})
  void oneIsThereForEachColumn(int columns) {
    assertRefused(0, 0, 1, columns);
  }

  private void assertRefused(int unit, int energy, float bits, int columns) {
    byte[] plain = model.bytes();
    ByteWriter body = new ByteWriter();
    body.raw(plain, ENVELOPE, plain.length - ENVELOPE);
    body.u8(unit);
    for (int column = 0; column < columns; column++) {
      body.u8(energy);
      body.f32(bits);
    }
    byte[] file = ModelEnvelope.seal(body);
    assertThatThrownBy(() -> DensityModelFile.read(file))
        .isInstanceOf(MalformedBytesException.class);
  }

  /** The envelope is the same with what is allowed. */
  @Test
  void whatIsRefusedIsTheRecord() {
    byte[] plain = model.bytes();
    List<ColumnRecord> columns =
        new ArrayList<>(Collections.nCopies(COLUMNS, new ColumnRecord(false, 1)));
    byte[] told = model.withTraining(new TrainingRecord(null, columns)).bytes();
    assertThat(Arrays.copyOfRange(told, ENVELOPE, plain.length))
        .isEqualTo(Arrays.copyOfRange(plain, ENVELOPE, plain.length));
    assertThat(told.length - plain.length).isEqualTo(1 + 5 * COLUMNS);
  }
}
