package org.jetfold.codec.autoencoder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/**
 * An autoencoder without its weights.
 *
 * @param producer the program and version that trained it
 * @param name its name: that of a preset, or empty
 * @param unit the unit of energies in the tables that it knows; null where it was not known
 * @param jets how many consecutive jets of an event form one input
 * @param activation of hidden units
 * @param latentActivated whether it is applied to the latents, too
 * @param variables the columns, in the order of the network's inputs
 * @param hidden widths of the encoder's hidden layers; the decoder has them in reverse
 * @param latents the number of latents
 * @param memory how many numbers both networks are told of the earlier rows of an event; 0 where
 *     each row stands for itself
 */
public record AutoencoderDescription(
    String producer,
    String name,
    @Nullable EnergyUnit unit,
    int jets,
    Activation activation,
    boolean latentActivated,
    List<AutoencoderVariable> variables,
    List<Integer> hidden,
    int latents,
    int memory) {
  /** The most columns. */
  public static final int MAX_VARIABLES = 1024;

  /** The most jets of one input. */
  public static final int MAX_JETS = 16;

  /** The most hidden layers. */
  public static final int MAX_LAYERS = 32;

  /** The most units of a layer. */
  public static final int MAX_UNITS = 1 << 13;

  /** The most weights of encoder and decoder together. */
  public static final int MAX_WEIGHTS = 1 << 24;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException where a limit is broken; the message says which
   */
  public AutoencoderDescription {
    variables = List.copyOf(variables);
    hidden = List.copyOf(hidden);
    Set<String> names = new HashSet<>();
    for (AutoencoderVariable variable : variables) {
      require(names.add(variable.name()), "two variables are called " + variable.name());
    }
    require(
        !variables.isEmpty() && variables.size() <= MAX_VARIABLES,
        "%d variables: 1 to %d are possible".formatted(variables.size(), MAX_VARIABLES));
    for (AutoencoderVariable variable : variables) {
      requireReference(variable, variables);
    }
    require(jets >= 1 && jets <= MAX_JETS, "%d jets together".formatted(jets));
    int inputs = jets * variables.size();
    require(
        latents >= 1 && latents <= inputs,
        "%d latents of %d inputs: there must be fewer latents than inputs"
            .formatted(latents, inputs));
    require(hidden.size() <= MAX_LAYERS, "%d hidden layers".formatted(hidden.size()));
    for (int width : hidden) {
      require(
          width >= 1 && width <= MAX_UNITS,
          "a layer of %d units: 1 to %d are possible".formatted(width, MAX_UNITS));
    }
    require(
        memory >= 0 && memory <= MAX_UNITS,
        "a memory of %d units: 0 to %d are possible".formatted(memory, MAX_UNITS));
    long ofMemory = 3L * memory * (inputs + latents + memory);
    require(2 * ofMemory <= MAX_WEIGHTS, "a memory of %d units is too large".formatted(memory));
    long weights = 0;
    int[] encoder = widths(inputs + memory, hidden, latents);
    for (int i = 1; i < encoder.length; i++) {
      weights += (long) encoder[i] * encoder[i - 1];
    }
    require(2 * weights <= MAX_WEIGHTS, "%d weights are too many".formatted(2 * weights));
  }

  /** One whose rows stand each for itself: without a memory. */
  public AutoencoderDescription(
      String producer,
      String name,
      @Nullable EnergyUnit unit,
      int jets,
      Activation activation,
      boolean latentActivated,
      List<AutoencoderVariable> variables,
      List<Integer> hidden,
      int latents) {
    this(producer, name, unit, jets, activation, latentActivated, variables, hidden, latents, 0);
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }

  /** What is told relative to a variable is told relative to one that is restored by itself. */
  private static void requireReference(
      AutoencoderVariable variable, List<AutoencoderVariable> variables) {
    int number = variable.normalization().reference();
    if (number < 0) {
      return;
    }
    boolean right = number < variables.size() && !variable.kept();
    if (right) {
      AutoencoderVariable reference = variables.get(number);
      right =
          !reference.kept()
              && reference.normalization() instanceof Normalization.Azimuth azimuth
              && azimuth.reference() < 0;
    }
    require(right, "%s is told relative to what is no such azimuth".formatted(variable.name()));
  }

  private static int[] widths(int inputs, List<Integer> hidden, int outputs) {
    int[] widths = new int[hidden.size() + 2];
    widths[0] = inputs;
    for (int i = 0; i < hidden.size(); i++) {
      widths[i + 1] = hidden.get(i);
    }
    widths[widths.length - 1] = outputs;
    return widths;
  }

  /** Whether a row's place in its event counts, so that there must be events. */
  public boolean needsEvents() {
    return jets > 1 || memory > 0;
  }

  /**
   * The rows that some jets form.
   *
   * @param offsets where in the jets each event starts, and last their number; not looked at where
   *     no events are needed
   * @param count the number of jets
   */
  public InputRows rows(int[] offsets, int count) {
    return needsEvents() ? InputRows.ofEvents(offsets, jets) : InputRows.single(count);
  }

  /** The variables of a row, which the decoder restores: those of jet after jet. */
  public int inputs() {
    return jets * variables.size();
  }

  /** The numbers of variables that are kept. */
  public List<Integer> kept() {
    List<Integer> kept = new ArrayList<>();
    for (int v = 0; v < variables.size(); v++) {
      if (variables.get(v).kept()) {
        kept.add(v);
      }
    }
    return kept;
  }

  /**
   * The widths of the encoder's layers, inputs and latents included; its inputs are the variables
   * and the memory.
   */
  public int[] encoderWidths() {
    return widths(inputs() + memory, hidden, latents);
  }

  /**
   * The widths of the decoder's layers; its inputs are the latents, what is kept, and the memory.
   */
  public int[] decoderWidths() {
    return widths(given() + memory, hidden.reversed(), inputs());
  }

  /**
   * The inputs and outputs of each layer that makes the memory: of the gates, and of the candidate;
   * none where there is no memory.
   */
  public List<int[]> memoryWidths() {
    int inputs = given() + memory;
    return memory == 0
        ? List.of()
        : List.of(new int[] {inputs, 2 * memory}, new int[] {inputs, memory});
  }

  /** How many numbers a file holds of a row: the latents, and what is kept. */
  public int given() {
    return latents + jets * kept().size();
  }
}
