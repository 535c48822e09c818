/** Tables into files and back: {@code compress}, {@code decompress}. */
@NullMarked
package org.jetfold.cli.compress;

import org.jspecify.annotations.NullMarked;
