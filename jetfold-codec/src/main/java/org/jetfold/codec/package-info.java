/** Compression and decompression of tables of physics measurements. Start here. */
@NullMarked
package org.jetfold.codec;

import org.jspecify.annotations.NullMarked;
