/** NumPy's files: NPY, one array, and NPZ, arrays in a zip. */
@NullMarked
package org.jetfold.tables.numpy;

import org.jspecify.annotations.NullMarked;
