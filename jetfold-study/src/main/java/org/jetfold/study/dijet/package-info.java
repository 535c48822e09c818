/** The invariant mass of an event's two leading jets. */
@NullMarked
package org.jetfold.study.dijet;

import org.jspecify.annotations.NullMarked;
