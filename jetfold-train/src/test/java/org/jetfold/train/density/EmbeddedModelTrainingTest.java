package org.jetfold.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
    LearnedModel model = result.model();
    assertThat(model).isNotNull();
    assertThat(result.reason()).isEmpty();
    assertThat(size(means, plan(means).with(ModelUse.embedded(model))))
        .isLessThan(size(means, plan(means)));
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
