package org.jetfold.codec.autoencoder;

import java.util.List;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.EventOrder;
import org.jetfold.codec.density.ModelColumn;
import org.jetfold.codec.density.ModelDescription;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;

/**
 * The prior of an autoencoder's latents: a density model whose columns they are. It codes them in
 * files that store them with its precision. Immutable and safe to share.
 *
 * @param model a column for each latent, FLOAT32, all of one precision, without spikes and dither;
 *     with or without events, but nothing else that it knows
 */
public record LatentPrior(DensityModel model) {
  /**
   * Checks the model.
   *
   * @throws IllegalArgumentException where it is none of latents; the message says why
   */
  public LatentPrior {
    ModelDescription described = model.description();
    require(described.contexts().isEmpty(), "knows more than the places of rows in events");
    List<ModelColumn> columns = described.columns();
    for (ModelColumn column : columns) {
      require(column.type() == ValueType.FLOAT32, "has a column that is no FLOAT32");
      require(column.precision().equals(columns.getFirst().precision()), "has several precisions");
      require(
          column.scale().spikes().isEmpty() && !column.scale().dithered(),
          "has spikes, or is dithered");
    }
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException("the prior of the latents " + otherwise);
    }
  }

  /** The precision of latents that it codes. */
  public Precision precision() {
    return model.description().columns().getFirst().precision();
  }

  /** Whether the latents of an event's jets tell it something of each other. */
  public boolean events() {
    return model.description().events();
  }

  /** The number of latents. */
  int latents() {
    return model.description().columns().size();
  }

  /**
   * The order in which the latents of a block's rows are coded.
   *
   * @param offsets where the lists of rows start; not looked at where it knows no events
   */
  public EventOrder order(int[] offsets, int rows) {
    return events() ? EventOrder.of(offsets) : EventOrder.withoutEvents(rows);
  }
}
