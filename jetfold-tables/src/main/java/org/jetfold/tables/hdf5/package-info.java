/** HDF5: read through jHDF, written as plain contiguous datasets. */
@NullMarked
package org.jetfold.tables.hdf5;

import org.jspecify.annotations.NullMarked;
