package org.jetfold.study.bumphunt;

import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Events with their weights.
 *
 * @param weights one for each event; null where events count one each
 */
public record WeightedTable(Table table, double @Nullable [] weights) {}
