/** Bins of one variable. */
@NullMarked
package org.jetfold.study.binning;

import org.jspecify.annotations.NullMarked;
