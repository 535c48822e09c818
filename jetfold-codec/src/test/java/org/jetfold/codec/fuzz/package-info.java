/**
 * Searches for bytes that a reader does not expect. In a build the saved inputs are replayed; a
 * real search of one target, for a minute:
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw -pl jetfold-codec test -Dtest=ReaderFuzzTest#verify -Dfuzz.hooks=true
 * </pre>
 *
 * <p>What it finds is saved under src/test/resources, and replayed from then on.
 */
package org.jetfold.codec.fuzz;
