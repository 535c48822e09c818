package org.jetfold.codec.density;

import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.AutoregressiveNetwork.Activations;
import org.jetfold.codec.network.Kernel;

/**
 * Runs a model's network over rows whose cells are known, and finds the cells' intervals. Allocates
 * nothing. Not thread-safe.
 */
final class IntervalFinder {
  private final DensityModel model;
  private final AutoregressiveNetwork network;
  private final ContextInputs context;
  private final Activations activations;
  private final Tile tile = new Tile();
  private final int components;
  private final TileIntervals intervals = new TileIntervals();

  IntervalFinder(DensityModel model, AutoregressiveNetwork network, ContextInputs context) {
    this.model = model;
    this.network = network;
    this.context = context;
    activations = new Activations(model.shape());
    components = model.shape().components();
  }

  /**
   * Finds the intervals of all rows of an order.
   *
   * @param cells for each column, each row's cell
   * @param starts for each column, receives where the interval of the row at position p starts, at
   *     index {@code at} + p
   * @param ends the same, where it ends
   */
  void find(EventOrder order, char[][] cells, int[][] starts, int[][] ends, int at) {
    int count = order.count();
    // Waves do not matter here: all rows are known.
    for (int position = 0; position < count; position += Kernel.ROWS) {
      tile.take(order, position, count - position);
      context.place(order, tile, activations.inputs());
      for (int column = 0; column < cells.length; column++) {
        context.context(tile, column, cells[column], activations.inputs());
        network.step(column, activations, tile.count());
        intervals.find(
            network.kernel(),
            activations.mixtures(),
            components,
            model.alphabets().get(column),
            tile,
            cells[column]);
        for (int r = 0; r < tile.count(); r++) {
          starts[column][at + position + r] = intervals.start(r);
          ends[column][at + position + r] = intervals.end(r);
        }
        context.own(tile, column, cells[column], activations.inputs());
      }
    }
  }
}
