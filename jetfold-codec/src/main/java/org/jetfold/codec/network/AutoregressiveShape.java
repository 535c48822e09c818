package org.jetfold.codec.network;

/**
 * How a masked autoregressive network is wired (MADE: Germain et al., ICML 2015).
 *
 * <p>Column j's mixture may depend on what is known before column j is decoded: features of the
 * row's place, the columns before j, and, of other rows, columns up to j. Inputs are ordered by
 * when they become known, and hidden units stand in as many groups as there are columns, so that
 * everything that step j may see is a prefix: of the inputs, and of each hidden layer.
 *
 * @param columns the number of columns, at least 1
 * @param placeInputs inputs that are known before the first column
 * @param contextInputs inputs per column that describe it in other rows
 * @param ownInputs inputs per column that describe it in this row
 * @param hidden units of each of the two hidden layers
 * @param components logistic distributions per mixture
 */
public record AutoregressiveShape(
    int columns, int placeInputs, int contextInputs, int ownInputs, int hidden, int components) {
  /** The most columns. */
  public static final int MAX_COLUMNS = 4096;

  /** The most units of a hidden layer. */
  public static final int MAX_HIDDEN = 1 << 14;

  /** The most components of a mixture. */
  public static final int MAX_COMPONENTS = 64;

  /** The most weights of a network, without biases. */
  public static final int MAX_WEIGHTS = 1 << 23;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException where one is broken
   */
  public AutoregressiveShape {
    require(columns, 1, MAX_COLUMNS, "columns");
    require(placeInputs, 0, MAX_COLUMNS, "place inputs");
    require(contextInputs, 0, 64, "context inputs");
    require(ownInputs, 0, 64, "own inputs");
    require(hidden, 0, MAX_HIDDEN, "hidden units");
    require(components, 1, MAX_COMPONENTS, "components");
  }

  private static void require(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "a network with %d %s: %d to %d are possible".formatted(value, what, least, most));
    }
  }

  /**
   * The number of weights, biases not counted.
   *
   * @throws IllegalArgumentException where it is more than {@link #MAX_WEIGHTS}
   */
  public int weights() {
    long weights = allWeights();
    if (weights > MAX_WEIGHTS) {
      throw new IllegalArgumentException(
          "a network with %d weights: at most %d are possible".formatted(weights, MAX_WEIGHTS));
    }
    return (int) weights;
  }

  /** Whether it has no more than {@link #MAX_WEIGHTS} weights. */
  public boolean isPossible() {
    return allWeights() <= MAX_WEIGHTS;
  }

  private long allWeights() {
    long weights = 0;
    for (int column = 0; column < columns; column++) {
      long seen = (long) inputs(column) + units(column);
      weights += (added(column) + outputs()) * seen;
    }
    return weights;
  }

  /** How many inputs step {@code column} sees. */
  public int inputs(int column) {
    return placeInputs + contextInputs * (column + 1) + ownInputs * column;
  }

  /** The first input that describes a column in other rows. */
  public int contextInput(int column) {
    return placeInputs + (contextInputs + ownInputs) * column;
  }

  /** The first input that describes a column in this row. */
  public int ownInput(int column) {
    return contextInput(column) + contextInputs;
  }

  /** How many units of each hidden layer step {@code column} sees; those before it see fewer. */
  public int units(int column) {
    return (int) ((long) hidden * (column + 1) / columns);
  }

  /** The first unit of each hidden layer that step {@code column} adds. */
  public int firstUnit(int column) {
    return (int) ((long) hidden * column / columns);
  }

  /** How many units of each hidden layer step {@code column} adds. */
  public int added(int column) {
    return units(column) - firstUnit(column);
  }

  /**
   * Outputs of a step: of each component, logarithm of the weight, centre, logarithm of the scale.
   */
  public int outputs() {
    return 3 * components;
  }

  /** The number of weights of the first hidden layer, without biases. */
  public int firstLayerWeights() {
    return sum(column -> (long) added(column) * inputs(column));
  }

  /** The number of weights of the second hidden layer, without biases. */
  public int secondLayerWeights() {
    return sum(column -> (long) added(column) * units(column));
  }

  /** The number of weights from the second hidden layer to the outputs, without biases. */
  public int outputWeights() {
    return sum(column -> (long) outputs() * units(column));
  }

  /** The number of weights from the inputs to the outputs. */
  public int skipWeights() {
    return sum(column -> (long) outputs() * inputs(column));
  }

  private interface WeightsOfStep {
    long of(int column);
  }

  private int sum(WeightsOfStep weights) {
    long sum = 0;
    for (int column = 0; column < columns; column++) {
      sum += weights.of(column);
    }
    return (int) sum;
  }
}
