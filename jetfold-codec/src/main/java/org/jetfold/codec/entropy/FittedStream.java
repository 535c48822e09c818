package org.jetfold.codec.entropy;

/** How a stream's symbols are best coded, ready to be written. */
public sealed interface FittedStream permits FittedDistribution, FittedContexts {
  /** About how many bits the stream takes, and what is told of its coding. */
  double bits();

  /** The coding as a reader will read it. */
  StreamCoding coding();
}
