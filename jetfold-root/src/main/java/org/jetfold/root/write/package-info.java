/** Writes RNTuples: start at {@link org.jetfold.root.write.NtupleWriter}. */
@NullMarked
package org.jetfold.root.write;

import org.jspecify.annotations.NullMarked;
