package org.jetfold.train.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jetfold.codec.autoencoder.AutoencoderDescription;
import org.jetfold.codec.autoencoder.AutoencoderVariable;
import org.jetfold.codec.autoencoder.InputRows;
import org.jetfold.codec.autoencoder.Normalization;

/**
 * The inputs of an autoencoder for some jets.
 *
 * @param inputs row after row, each as many as the network has inputs; 0 where a value is missing
 * @param mask how much a value counts in the loss: the weight of its jet, 0 where it is missing
 * @param width the number of inputs
 * @param items what is chosen together: for each its first row, and last the number of rows. A row
 *     each, or, where the network remembers the rows of an event, an event each
 */
record NormalizedRows(float[] inputs, float[] mask, int width, int[] items) {
  static NormalizedRows of(AutoencoderDescription description, AutoencoderSample sample) {
    InputRows rows = description.rows(sample.offsets(), sample.jets());
    List<AutoencoderVariable> variables = description.variables();
    int width = description.inputs();
    float[] inputs = new float[rows.count() * width];
    float[] mask = new float[inputs.length];
    for (int row = 0; row < rows.count(); row++) {
      for (int jet = 0; jet < rows.size(row); jet++) {
        for (int v = 0; v < variables.size(); v++) {
          int at = row * width + jet * variables.size() + v;
          Normalization normalization = variables.get(v).normalization();
          int reference = normalization.reference();
          int from = rows.starts()[row] + jet;
          double other = reference < 0 ? 0 : sample.values()[reference][from];
          float y = (float) normalization.apply(sample.values()[v][from], other);
          inputs[at] = Float.isFinite(y) ? y : 0;
          mask[at] = Float.isFinite(y) ? (float) sample.jetWeight(from) : 0;
        }
      }
    }
    int[] each = new int[rows.count() + 1];
    Arrays.setAll(each, row -> row);
    // Events without jets begin where the next one does.
    int[] items =
        description.memory() == 0 ? each : Arrays.stream(rows.events()).distinct().toArray();
    return new NormalizedRows(inputs, mask, width, items);
  }

  /** The number of rows. */
  int count() {
    return inputs.length / width;
  }

  /** The number of rows of some items. */
  int rows(int[] chosen) {
    int rows = 0;
    for (int item : chosen) {
      rows += items[item + 1] - items[item];
    }
    return rows;
  }

  /**
   * The rows of some items, in the order of the network: the first of each, then the second of each
   * that has one, and so on. Items are in the same order each time, the longest first.
   */
  List<int[]> steps(int[] chosen) {
    int[] longestFirst =
        Arrays.stream(chosen)
            .boxed()
            .sorted(Comparator.comparingInt(item -> items[item] - items[item + 1]))
            .mapToInt(item -> item)
            .toArray();
    List<int[]> steps = new ArrayList<>();
    int left = longestFirst.length;
    for (int place = 0; left > 0; place++) {
      int[] rows = new int[left];
      int count = 0;
      while (count < left && items[longestFirst[count]] + place < items[longestFirst[count] + 1]) {
        rows[count] = items[longestFirst[count]] + place;
        count++;
      }
      if (count > 0) {
        steps.add(Arrays.copyOf(rows, count));
      }
      left = count;
    }
    return steps;
  }

  /** Whether no value counts. */
  boolean isEmpty() {
    for (float one : mask) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  /** The values of some rows, of {@code inputs} or {@code mask}. */
  float[] gather(float[] from, int[] rows) {
    float[] gathered = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from, rows[i] * width, gathered, i * width, width);
    }
    return gathered;
  }

  /**
   * The inputs of some rows that some variables of each jet have.
   *
   * @param variables their numbers
   * @param jets of a row
   */
  float[] gather(int[] rows, List<Integer> variables, int jets) {
    float[] gathered = new float[rows.length * jets * variables.size()];
    int at = 0;
    for (int row : rows) {
      for (int jet = 0; jet < jets; jet++) {
        for (int variable : variables) {
          gathered[at++] = inputs[row * width + jet * (width / jets) + variable];
        }
      }
    }
    return gathered;
  }

  /** The numbers of all items. */
  int[] all() {
    int[] all = new int[items.length - 1];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
