package org.jetfold.tables.format;

/**
 * Equally spaced floats that all values of a column are among: {@code (first + i)·step} for i from
 * 0 to before 2^bits.
 *
 * @param step has at most 9 significant bits
 * @param first the number of the lowest step, from −2^15 to 2^15
 * @param bits from 1 to 16
 */
public record ValueGrid(double step, int first, int bits) {}
