package org.jetfold.codec.model;

import org.jetfold.codec.table.EnergyUnit;

/** Neither a table nor its user says the unit of its energies, and a model must know it. */
public final class UnknownUnitException extends ModelException {
  private static final long serialVersionUID = 1L;

  private final EnergyUnit trained;

  /** A model that was trained on energies in a unit. */
  public UnknownUnitException(EnergyUnit trained) {
    super(
        "nothing tells the unit of the energies, and the model was trained on " + trained.symbol());
    this.trained = trained;
  }

  /** The unit that the model was trained on. */
  public EnergyUnit trained() {
    return trained;
  }
}
