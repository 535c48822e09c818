package org.jetfold.codec.container;

import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/** The unit of energies in a model's file (docs/format.md sections 12.1 and 13.1). */
public final class EnergyUnitField {
  /** By its code; 0 stands for an unknown unit. */
  private static final List<@Nullable EnergyUnit> UNITS =
      Arrays.asList(null, EnergyUnit.MEV, EnergyUnit.GEV);

  private EnergyUnitField() {}

  /** Writes a unit; null for an unknown one. */
  public static void write(@Nullable EnergyUnit unit, ByteWriter out) {
    out.u8(UNITS.indexOf(unit));
  }

  /**
   * Reads a unit.
   *
   * @throws MalformedBytesException where its code is none
   */
  public static @Nullable EnergyUnit read(ByteReader in) {
    int code = in.u8();
    if (code >= UNITS.size()) {
      throw in.malformed("the unknown unit of energy %d".formatted(code));
    }
    return UNITS.get(code);
  }
}
