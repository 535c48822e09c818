/**
 * Commands for learned models: {@code train}, {@code scan}, {@code export}, {@code bench}; and the
 * training of {@code compress --learn}.
 */
@NullMarked
package org.jetfold.cli.train;

import org.jspecify.annotations.NullMarked;
