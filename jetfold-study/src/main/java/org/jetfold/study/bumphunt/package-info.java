/**
 * Is a resonance in the dijet mass spectrum found as well after compression as before? BumpHunter
 * (G. Choudalakis, arXiv:1101.0390) on a smooth background.
 *
 * <p>Start at {@link org.jetfold.study.bumphunt.BumpHunt}.
 */
@NullMarked
package org.jetfold.study.bumphunt;

import org.jspecify.annotations.NullMarked;
