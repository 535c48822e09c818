/**
 * Searches for bytes that the readers of arrays do not expect. In a build the saved inputs are
 * replayed; a real search of one target, for a minute:
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw -pl jetfold-tables test -Dtest=ArrayFileFuzzTest#hdf5 -Dfuzz.hooks=true
 * </pre>
 *
 * <p>What it finds is saved under src/test/resources, and replayed from then on.
 */
package org.jetfold.tables.fuzz;
