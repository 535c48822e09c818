package org.jetfold.train;

import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/**
 * The unit of the energies of a training, and how it is known. Immutable.
 *
 * @param unit null where no column is an energy, or none has a value
 * @param reason in words; empty where there is no unit
 */
public record KnownUnit(@Nullable EnergyUnit unit, String reason) {
  /** No unit is known. */
  public static final KnownUnit NONE = new KnownUnit(null, "");
}
