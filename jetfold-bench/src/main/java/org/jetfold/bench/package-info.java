/** Benchmarks, and the comparison with other compressors. */
@NullMarked
package org.jetfold.bench;

import org.jspecify.annotations.NullMarked;
