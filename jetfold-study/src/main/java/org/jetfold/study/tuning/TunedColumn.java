package org.jetfold.study.tuning;

import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jspecify.annotations.Nullable;

/**
 * What was found for a column.
 *
 * @param name the column
 * @param precision the cheapest that meets the target
 * @param bytes what its values take on the events of the proof
 * @param values how many these are
 * @param limit the target that allows nothing coarser; empty where none is of this column, which
 *     then stays exact
 * @param finest the finest setting that loses anything, where the limit allows none; null otherwise
 */
public record TunedColumn(
    QualifiedColumn name,
    Precision precision,
    long bytes,
    long values,
    String limit,
    @Nullable Precision finest) {}
