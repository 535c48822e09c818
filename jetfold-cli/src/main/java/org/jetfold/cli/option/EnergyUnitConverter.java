package org.jetfold.cli.option;

import org.jetfold.codec.table.EnergyUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --unit}. */
public final class EnergyUnitConverter implements ITypeConverter<EnergyUnit> {
  /** A converter. */
  public EnergyUnitConverter() {}

  @Override
  public EnergyUnit convert(String text) {
    EnergyUnit unit = EnergyUnit.of(text);
    if (unit == null) {
      throw new TypeConversionException("must be MeV or GeV, was " + text);
    }
    return unit;
  }
}
