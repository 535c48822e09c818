package org.jetfold.study.residual;

/**
 * What was found in one bin.
 *
 * @param value its magnitude is what limits are for
 * @param error one standard deviation of its statistical error
 */
public record BinValue(double value, double error) {}
