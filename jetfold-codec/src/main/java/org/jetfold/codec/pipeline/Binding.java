package org.jetfold.codec.pipeline;

import org.jetfold.codec.model.LearnedModel;

/** A model with the columns of a table that it codes. */
public sealed interface Binding permits ModelBinding, AutoencoderBinding {
  /** The model. */
  LearnedModel model();
}
