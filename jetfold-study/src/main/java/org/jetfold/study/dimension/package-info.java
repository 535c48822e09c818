/**
 * How many dimensions a data set really has: of how many numbers its columns are functions.
 *
 * <p>Start at {@link org.jetfold.study.dimension.IntrinsicDimension}.
 */
@NullMarked
package org.jetfold.study.dimension;

import org.jspecify.annotations.NullMarked;
