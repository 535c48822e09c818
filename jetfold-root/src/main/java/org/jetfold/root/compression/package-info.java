/**
 * ROOT's compressed blocks: a nine-byte header each, then zlib, old zlib, LZMA, LZ4 or Zstandard.
 */
@NullMarked
package org.jetfold.root.compression;

import org.jspecify.annotations.NullMarked;
