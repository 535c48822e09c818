/** What other compressors make of the same table: {@code compare}. */
@NullMarked
package org.jetfold.cli.compare;

import org.jspecify.annotations.NullMarked;
