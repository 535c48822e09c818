/** Which events of a table are read. */
@NullMarked
package org.jetfold.codec.selection;

import org.jspecify.annotations.NullMarked;
