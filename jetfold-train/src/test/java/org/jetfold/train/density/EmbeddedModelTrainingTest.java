package org.jetfold.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.train.ToyTables;
import org.junit.jupiter.api.Test;

/** A table's own model is kept only where the file is smaller with it. */
final class EmbeddedModelTrainingTest {
  private static final TrainingSettings SETTINGS =
      TrainingSettings.shared("test", 1, 1).withSteps(300);

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

  @Test
  void correlatedColumnsHaveAModelThatMakesTheFileSmaller() throws IOException {
    Table jets = ToyTables.jets(16_000, 1);
    EmbeddedModelTraining.Result result = train(jets);
    LearnedModel model = result.model();
    assertThat(model).isNotNull();
    assertThat(result.reason()).isEmpty();
    assertThat(size(jets, plan(jets).with(ModelUse.embedded(model))))
        .isLessThan(size(jets, plan(jets)));
  }

  @Test
  void thereIsNoModelThatWouldMakeTheFileLarger() throws IOException {
    EmbeddedModelTraining.Result result = train(ToyTables.jets(20, 1));
    assertThat(result.model()).isNull();
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
    assertThat(result.model()).isNull();
    assertThat(result.reason())
        .isEqualTo("no model can be trained (has no float columns, and a model codes no others)");
  }

  @Test
  void anOrderThatDoesNotSuitTheTableIsAnError() {
    assertThatThrownBy(() -> train(ToyTables.jets(50, 1), "mass"))
        .isInstanceOf(OrderException.class)
        .hasMessageContaining("mass");
  }
}
