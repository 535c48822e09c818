package org.jetfold.codec.density;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.EnergyUnitField;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was found when a model was trained. A decoder does not need it. Immutable.
 *
 * @param unit of energies in the tables of the training; null where it is not known
 * @param columns one for each column of the model, in its order
 */
public record TrainingRecord(@Nullable EnergyUnit unit, List<ColumnRecord> columns) {
  /** Copies the list. */
  public TrainingRecord {
    columns = List.copyOf(columns);
  }

  /**
   * What was found of a column.
   *
   * @param energy whether its values are energies, momenta or masses
   * @param bits per value of the test set, at least 0
   */
  public record ColumnRecord(boolean energy, float bits) {
    /** Checks the number of bits. */
    public ColumnRecord {
      if (!(bits >= 0 && bits < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "bits per value must be finite and at least 0, were " + bits);
      }
    }
  }

  /** The bits of all columns together, for each row of the test set. */
  public double bits() {
    return columns.stream().mapToDouble(ColumnRecord::bits).sum();
  }

  void write(ByteWriter out) {
    EnergyUnitField.write(unit, out);
    for (ColumnRecord column : columns) {
      out.u8(column.energy() ? 1 : 0);
      out.f32(column.bits());
    }
  }

  static TrainingRecord read(ByteReader in, int columns) {
    EnergyUnit unit = EnergyUnitField.read(in);
    List<ColumnRecord> records = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      int energy = in.u8();
      if (energy > 1) {
        throw in.malformed("a flag is %d, neither 0 nor 1".formatted(energy));
      }
      records.add(new ColumnRecord(energy == 1, in.f32()));
    }
    return new TrainingRecord(unit, records);
  }
}
