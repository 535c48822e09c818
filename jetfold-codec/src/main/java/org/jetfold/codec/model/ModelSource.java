package org.jetfold.codec.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Where models come from that a file names but does not hold. */
@FunctionalInterface
public interface ModelSource {
  /** Knows no model. */
  ModelSource NONE = hash -> Optional.empty();

  /** Knows these models. */
  static ModelSource of(LearnedModel... models) {
    return hash -> Arrays.stream(models).filter(model -> model.hash().equals(hash)).findFirst();
  }

  /**
   * Looks for a model.
   *
   * @param hash the SHA-256 of its bytes, in hexadecimal
   * @throws IOException where looking failed
   */
  Optional<LearnedModel> find(String hash) throws IOException;
}
