/** Options that several commands share, and the progress bar. */
@NullMarked
package org.jetfold.cli.option;

import org.jspecify.annotations.NullMarked;
