package org.jetfold.train.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * Jets for the training and validation of an autoencoder.
 *
 * @param variables in the order of the network's inputs, with their normalizations
 * @param weights of each variable in the loss
 * @param values for each variable a value for each jet
 * @param offsets where in the jets each event starts, and last the number of jets; without events
 *     each jet counts as one
 * @param hasEvents whether the table has events
 * @param jetWeights how much each jet counts, 1 in the mean; null for 1 each
 */
public record AutoencoderSample(
    List<AutoencoderVariable> variables,
    double[] weights,
    double[][] values,
    int[] offsets,
    boolean hasEvents,
    double @Nullable [] jetWeights) {
  /** Copies the list. */
  public AutoencoderSample {
    variables = List.copyOf(variables);
  }

  /** The names of the azimuths, and what they are told relative to, for people. */
  public List<String> azimuths() {
    return Azimuths.describe(
        variables.stream().map(AutoencoderVariable::name).toList(),
        variables.stream().map(AutoencoderVariable::normalization).toList());
  }

  /** The azimuths whose values are not all around, each with their range, for people. */
  public List<String> doubtfulAzimuths() {
    List<String> doubtful = new ArrayList<>();
    for (int v = 0; v < values.length; v++) {
      String name = variables.get(v).name();
      if (variables.get(v).normalization() instanceof Normalization.Azimuth) {
        Azimuths.otherRange(values[v])
            .ifPresent(range -> doubtful.add("%s (%s)".formatted(name, range)));
      }
    }
    return doubtful;
  }

  /** The number of jets. */
  public int jets() {
    return offsets[offsets.length - 1];
  }

  /** The same jets with other weights of the variables in the loss. */
  public AutoencoderSample withWeights(double[] others) {
    return new AutoencoderSample(variables, others, values, offsets, hasEvents, jetWeights);
  }

  /** Some events, by increasing numbers. */
  AutoencoderSample select(int[] events) {
    int[] chosen = new int[events.length + 1];
    for (int i = 0; i < events.length; i++) {
      chosen[i + 1] = chosen[i] + offsets[events[i] + 1] - offsets[events[i]];
    }
    double[][] selected = new double[values.length][];
    for (int v = 0; v < values.length; v++) {
      selected[v] = select(values[v], events, chosen);
    }
    double[] all = jetWeights;
    return new AutoencoderSample(
        variables,
        weights,
        selected,
        chosen,
        hasEvents,
        all == null ? null : select(all, events, chosen));
  }

  private double[] select(double[] all, int[] events, int[] chosen) {
    double[] selected = new double[chosen[events.length]];
    for (int i = 0; i < events.length; i++) {
      System.arraycopy(all, offsets[events[i]], selected, chosen[i], chosen[i + 1] - chosen[i]);
    }
    return selected;
  }

  /** How much a jet counts. */
  double jetWeight(int jet) {
    return jetWeights == null ? 1 : jetWeights[jet];
  }

  /** A hash of the values, events and weights of jets, but not of the normalizations. */
  public long fingerprint() {
    long hash = jets();
    for (int offset : offsets) {
      hash = mixed(hash, offset);
    }
    for (double[] variable : values) {
      for (double value : variable) {
        hash = mixed(hash, Double.doubleToRawLongBits(value));
      }
    }
    if (jetWeights != null) {
      for (double weight : jetWeights) {
        hash = mixed(hash, Double.doubleToRawLongBits(weight));
      }
    }
    return hash;
  }

  private static long mixed(long hash, long bits) {
    long mixed = (hash ^ bits) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }
}
