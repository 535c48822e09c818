/**
 * Searches for bytes that the reader does not expect. In a build the saved inputs are replayed; a
 * real search of one target, for a minute:
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw -pl jetfold-root test -Dtest=RootFileFuzzTest#changedNtuple -Dfuzz.hooks=true
 * </pre>
 *
 * <p>What it finds is saved under src/test/resources, and replayed from then on.
 */
package org.jetfold.root.fuzz;
