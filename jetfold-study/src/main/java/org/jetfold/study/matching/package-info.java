/** Which restored object belongs to which original. */
@NullMarked
package org.jetfold.study.matching;

import org.jspecify.annotations.NullMarked;
