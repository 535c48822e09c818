/** Compressed files as tables. */
@NullMarked
package org.jetfold.tables.jetf;

import org.jspecify.annotations.NullMarked;
