package org.jetfold.study.report;

import java.util.Arrays;

/**
 * The bins of a picture, each as one character: empty ones as a full stop, others as the logarithm
 * of their weight below that of the largest, in quarters of a power of two, '0' for the largest,
 * then '1' … '9', 'A' … 'Z', 'a' … 'z'. A page of hundreds of pictures stays small.
 *
 * @param largest the largest weight
 * @param text a character for each bin
 */
record LogLevels(double largest, String text) {
  /** Steps of a factor of two. */
  static final int STEPS = 4;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  static LogLevels of(double[] weights) {
    double largest = Arrays.stream(weights).max().orElse(0);
    StringBuilder text = new StringBuilder(weights.length);
    for (double weight : weights) {
      if (weight > 0) {
        long level = Math.round(STEPS * Math.log(largest / weight) / Math.log(2));
        text.append(DIGITS.charAt(Math.clamp(level, 0, DIGITS.length() - 1)));
      } else {
        text.append('.');
      }
    }
    return new LogLevels(largest, text.toString());
  }
}
