package org.jetfold.cli.option;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The unit of a table's energies, momenta and masses. */
public final class UnitOption {
  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description =
          "The unit of energies, MeV or GeV, where the table does not state it. Default: estimated"
              + " from the median pt.")
  @Nullable String unit;

  /**
   * The unit; null where the user names none.
   *
   * @throws CommandFailure where it is none
   */
  public @Nullable EnergyUnit value() {
    EnergyUnit known = unit == null ? null : EnergyUnit.of(unit);
    if (unit != null && known == null) {
      throw CommandFailure.usage("--unit must be MeV or GeV, was %s".formatted(unit));
    }
    return known;
  }
}
