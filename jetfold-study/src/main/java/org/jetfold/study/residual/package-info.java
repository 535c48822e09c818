/** What compression does to each value, to the jets' response and to their spectra. */
@NullMarked
package org.jetfold.study.residual;

import org.jspecify.annotations.NullMarked;
