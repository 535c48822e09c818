package org.jetfold.study.statistics;

/** Weights in consecutive bins; bin b covers edge(b) up to before edge(b+1). */
public interface Histogram {
  /** The number of bins. */
  int bins();

  /** The lower edge of a bin; for {@code bins()}, the upper edge of the last. */
  double edge(int bin);

  /** The sum of the weights in a bin. */
  double weight(int bin);

  /** The sum of the squared weights in a bin, the square of its statistical error. */
  double squaredWeight(int bin);
}
