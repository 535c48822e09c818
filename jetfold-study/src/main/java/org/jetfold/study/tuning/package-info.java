/** Finds the cheapest precision of each column that meets a target of physics. */
@NullMarked
package org.jetfold.study.tuning;

import org.jspecify.annotations.NullMarked;
