package org.jetfold.study.bumphunt;

import org.jetfold.study.StudyException;

/** Events have different weights, and a bump hunt is for events that count one each. */
public final class WeightedEventsException extends StudyException {
  private static final long serialVersionUID = 1L;

  WeightedEventsException(String column) {
    super(
        "the events have weights (%s), and Poisson statistics are for events that count one each"
            .formatted(column));
  }
}
