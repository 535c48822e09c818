/**
 * Models, made and looked at: {@code train}, {@code scan}, {@code export}, {@code bench}, and the
 * learning of {@code compress --learn}.
 */
@NullMarked
package org.jetfold.cli.train;

import org.jspecify.annotations.NullMarked;
