/** How the values of columns lie in streamed bytes, and the readers that take them out. */
@NullMarked
package org.jetfold.root.shape;

import org.jspecify.annotations.NullMarked;
