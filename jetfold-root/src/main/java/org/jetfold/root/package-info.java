/** Reads ROOT files: start at {@link org.jetfold.root.RootFile}. */
@NullMarked
package org.jetfold.root;

import org.jspecify.annotations.NullMarked;
