/** Whole tables through the compressor, the decompressor and the reference decoder. */
package org.jetfold.codec.roundtrip;
