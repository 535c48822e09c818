package org.jetfold.codec.density;

import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;

/**
 * A column that a model codes.
 *
 * @param name the column's name
 * @param type its type, a float type
 * @param precision the setting whose symbols the model knows
 * @param distribution of its symbols, or, where it refers to a column, of their differences to that
 *     column's; columns are numbered in the model's order
 */
public record ModelColumn(
    String name, ValueType type, Precision precision, Distribution distribution) {}
