/** The .jetf file: header, blocks, footer. */
@NullMarked
package org.jetfold.codec.container;

import org.jspecify.annotations.NullMarked;
