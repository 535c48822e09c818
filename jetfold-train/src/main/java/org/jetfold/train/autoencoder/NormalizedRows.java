package org.jetfold.train.autoencoder;

import java.util.Arrays;
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
 */
record NormalizedRows(float[] inputs, float[] mask, int width) {
  static NormalizedRows of(AutoencoderDescription description, AutoencoderSample sample) {
    int jets = description.jets();
    InputRows rows =
        jets == 1 ? InputRows.single(sample.jets()) : InputRows.ofEvents(sample.offsets(), jets);
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
    return new NormalizedRows(inputs, mask, width);
  }

  int count() {
    return inputs.length / width;
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

  /** The numbers of all rows. */
  int[] all() {
    int[] all = new int[count()];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
