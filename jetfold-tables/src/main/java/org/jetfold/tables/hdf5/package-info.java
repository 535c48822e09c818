/** HDF5: read through jHDF, written as 1-D datasets with checksums. */
@NullMarked
package org.jetfold.tables.hdf5;

import org.jspecify.annotations.NullMarked;
