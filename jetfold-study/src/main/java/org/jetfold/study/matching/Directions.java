package org.jetfold.study.matching;

/**
 * The objects of some events, one event behind the other.
 *
 * @param eta pseudorapidities
 * @param phi azimuths in radians
 * @param pt transverse momenta in any unit; empty where no cut needs them
 */
public record Directions(double[] eta, double[] phi, double[] pt) {}
