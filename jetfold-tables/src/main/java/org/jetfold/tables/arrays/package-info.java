/**
 * Named arrays of numbers, as NPZ and HDF5 files hold them: how numbers lie in bytes, which arrays
 * make a table, and which arrays a table becomes.
 */
@NullMarked
package org.jetfold.tables.arrays;

import org.jspecify.annotations.NullMarked;
