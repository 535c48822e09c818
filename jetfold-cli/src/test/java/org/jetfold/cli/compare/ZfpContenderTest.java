package org.jetfold.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** zfp, where the system has it. */
final class ZfpContenderTest {
  /** Bounds of each column by the largest tolerance that keeps them; zeros by none. */
  @Test
  void toleranceIsMatchedToBounds() {
    ZfpLibrary library = ZfpLibrary.find();
    Assumptions.assumeTrue(library != null, "the system has libzfp");
    Table table = jets(3000);
    List<Precision> asked = new ArrayList<>();
    for (Column column : table.schema().columns()) {
      asked.add(
          switch (column.name()) {
            case "pt" -> new Precision.Relative(0.004);
            case "eta" -> new Precision.Absolute(0.001);
            default -> new Precision.Exact();
          });
    }
    ZfpContender zfp = ZfpContender.matching(library, "as asked", table, asked);
    Contender.Coded coded = zfp.run(table, 0);
    boolean[] nearTheBound = new boolean[asked.size()];
    for (int column = 0; column < asked.size(); column++) {
      double[] before = Doubles.of(table, column);
      double[] after = Doubles.of(coded.restored(), column);
      for (int i = 0; i < before.length; i++) {
        double was = before[i];
        double error = Math.abs(after[i] - was);
        double bound =
            switch (asked.get(column)) {
              case Precision.Relative(double relative) -> relative * Math.abs(was);
              case Precision.Absolute(double absolute) -> absolute;
              default -> 0;
            };
        assertThat(error).isLessThanOrEqualTo(bound);
        nearTheBound[column] |= error > bound / 8;
      }
      assertThat(nearTheBound[column]).isEqualTo(asked.get(column).isLossy());
    }
    Table zeros =
        new Table(
            Schema.flat(List.of(new Column("x", ValueType.FLOAT32))),
            4,
            List.of(),
            List.of(new ColumnValues.Floats(new float[] {0, 1, 2.7f, 1e-30f})));
    ZfpContender none =
        ZfpContender.matching(library, "as asked", zeros, List.of(new Precision.Relative(1e-3)));
    assertThat(none.note()).contains("no tolerance keeps their setting");
    assertThat(none.tolerances()).containsExactly(0.0);
  }

  @Test
  void toleranceIsKept() {
    ZfpLibrary library = ZfpLibrary.find();
    Assumptions.assumeTrue(library != null, "the system has libzfp");
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.01 * i);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
      long size =
          library.roundTrip(
              memory,
              ZfpLibrary.Type.FLOAT32,
              values.length,
              1e-3,
              new ProcessorTime(0),
              new ProcessorTime(0));
      assertThat(size).isBetween(100L, 3000L);
      float[] restored = memory.toArray(ValueLayout.JAVA_FLOAT);
      double worst = 0;
      for (int i = 0; i < values.length; i++) {
        worst = Math.max(worst, Math.abs(restored[i] - values[i]));
      }
      assertThat(worst).isBetween(1e-7, 1e-3);
    }
  }

  private static Table jets(int rows) {
    SplittableRandom random = new SplittableRandom(5);
    float[] pt = new float[rows];
    float[] eta = new float[rows];
    float[] phi = new float[rows];
    for (int row = 0; row < rows; row++) {
      pt[row] = (float) (20 / random.nextDouble(0.01, 1));
      eta[row] = (float) random.nextGaussian();
      phi[row] = (float) random.nextDouble(-Math.PI, Math.PI);
    }
    return new Table(
        Schema.flat(
            List.of(
                new Column("pt", ValueType.FLOAT32),
                new Column("eta", ValueType.FLOAT32),
                new Column("phi", ValueType.FLOAT32))),
        rows,
        List.of(),
        List.of(
            new ColumnValues.Floats(pt),
            new ColumnValues.Floats(eta),
            new ColumnValues.Floats(phi)));
  }
}
